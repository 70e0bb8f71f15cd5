"""An indexer whose queries are counted for `/metrics`."""

from shared.chassis.counters import count
from shared.chassis.errors import RemoteError
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release

from downloader.adapters.postgres.metrics import QUERIES
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Indexer, Offers


class CountedIndexer:
    """An indexer that counts its queries by their outcome."""

    def __init__(self, indexer: Indexer) -> None:
        self._indexer = indexer
        self.name = indexer.name

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send query `number` for a book. Raises the `RemoteError` family."""
        try:
            offers = await self._indexer.search(wanted, number)
        except RemoteError as error:
            count(QUERIES, self.name.value, error.code.removeprefix("remote_"))
            raise
        count(QUERIES, self.name.value, "answered")
        return offers

    async def fetch(self, release: Release) -> Torrent:
        """Fetch the release's torrent file or magnet link. Raises the `RemoteError` family."""
        return await self._indexer.fetch(release)
