"""A stand-in for Hardcover's GraphQL interface."""

from sandbox.providers.hardcover.app import create

__all__ = ["create"]
