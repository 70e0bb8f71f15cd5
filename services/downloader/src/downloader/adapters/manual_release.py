"""Releases that a person entered as a magnet link. They are neither searched nor fetched."""

from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from downloader.adapters.torrents import from_magnet
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Offers

SYSTEM = "the magnet link"


class ManualReleases:
    """The indexer of magnet links."""

    name = Indexer.MANUAL

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """No releases."""
        return Offers([])

    async def fetch(self, release: Release) -> Torrent:
        """The magnet link as a torrent. Raises `RemoteAnsweredNonsense` if it has no info hash."""
        return from_magnet(SYSTEM, release.download_reference)
