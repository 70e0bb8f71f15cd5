"""A stand-in for MyAnonamouse: search, torrent files and the member's data behind a session that rotates."""

from sandbox.mam.app import Mam, create

__all__ = ["Mam", "create"]
