"""A stand-in for Prowlarr: search over several indexers, and downloads through its own links."""

from sandbox.prowlarr.app import create

__all__ = ["create"]
