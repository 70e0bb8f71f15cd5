"""A stand-in for the unofficial catalogue API of Audible."""

from sandbox.providers.audible.app import create

__all__ = ["create"]
