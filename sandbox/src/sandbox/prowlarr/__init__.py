"""A stand-in for Prowlarr: searches several indexers and serves downloads through its own links."""

from sandbox.prowlarr.app import create

__all__ = ["create"]
