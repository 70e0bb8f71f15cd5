"""A stand-in for MyAnonamouse: search, torrent files and account data, with a rotating session cookie."""

from sandbox.mam.app import Mam, Rules, create

__all__ = ["Mam", "Rules", "create"]
