"""A stand-in for MyAnonamouse: search, torrent files, account data and pages, with rotating session cookies."""

from sandbox.mam.app import Mam, Rules, create
from sandbox.mam.pages import Member

__all__ = ["Mam", "Member", "Rules", "create"]
