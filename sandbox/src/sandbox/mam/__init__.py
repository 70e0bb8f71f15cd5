"""A stand-in for MyAnonamouse: search, torrent files and the member's data behind a session that rotates."""

from sandbox.mam.app import Mam, Rules, create

__all__ = ["Mam", "Rules", "create"]
