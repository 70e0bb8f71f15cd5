"""The adapter of Audiobookshelf: its REST API, with an API key."""

from library_scanner.adapters.audiobookshelf.client import Audiobookshelf

__all__ = ["Audiobookshelf"]
