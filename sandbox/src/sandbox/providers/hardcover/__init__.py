"""A stand-in for the GraphQL API of Hardcover."""

from sandbox.providers.hardcover.app import create

__all__ = ["create"]
