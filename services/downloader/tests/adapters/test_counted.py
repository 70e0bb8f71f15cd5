"""An indexer whose queries are counted."""

from collections.abc import Callable

import pytest
from downloader.adapters.indexers.counted import CountedIndexer
from downloader.adapters.postgres.metrics import QUERIES
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Offers
from shared.chassis.errors import RemoteThrottled
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer
from shared.testing.counters import Counted


class Moody:
    """An indexer that asks for a pause after its first answer."""

    name = Indexer.PROWLARR
    answered = False

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        if self.answered:
            raise RemoteThrottled("Prowlarr", "too many requests")
        self.answered = True
        return Offers([])

    async def fetch(self, release: Release) -> Torrent:
        raise NotImplementedError


async def test_each_query_is_counted_by_its_outcome(a_missing_book: Callable[[], MissingBook]) -> None:
    counted, indexer = Counted(), CountedIndexer(Moody())
    await indexer.search(a_missing_book())
    with pytest.raises(RemoteThrottled):
        await indexer.search(a_missing_book())
    assert counted.of(QUERIES) == {("PROWLARR", "answered"): 1.0, ("PROWLARR", "throttled"): 1.0}
