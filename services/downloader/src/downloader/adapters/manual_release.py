"""Releases that a person gave as a magnet link: nothing to search, and nothing to fetch."""

from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from downloader.adapters.torrents import from_magnet
from downloader.domain.ports import Offers, Torrent

SYSTEM = "the magnet link"


class GivenByHand:
    name = Indexer.MANUAL

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        return Offers([])

    async def fetch(self, release: Release) -> Torrent:
        return from_magnet(SYSTEM, release.download_reference)
