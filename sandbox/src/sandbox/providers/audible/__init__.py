"""A stand-in for Audible's unofficial catalogue."""

from sandbox.providers.audible.app import create

__all__ = ["create"]
