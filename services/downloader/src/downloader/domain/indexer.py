"""The interface of an indexer."""

from dataclasses import dataclass
from typing import Protocol

from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer as IndexerName

from downloader.domain.download_client import Torrent


@dataclass(frozen=True, slots=True)
class Offers:
    """The releases that one query found.

    `unavailable` says which indexers could not be searched; `queries` is the number of queries for the book.
    """

    releases: list[Release]
    unavailable: str | None = None
    queries: int = 1


@dataclass(frozen=True, slots=True)
class IndexerHealth:
    """The indexers behind one system: the names of those that are searched, and the others.

    `problems` names each that is left out, why, and what to do. `any_failed` is False if all of them are left out on
    purpose.
    """

    searched: list[str]
    problems: str = ""
    any_failed: bool = False


class Indexer(Protocol):
    """A source of releases. Its methods raise the `RemoteError` family and nothing else."""

    name: IndexerName

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send query `number` for a book. Query 0 is the narrowest; each next one is for when none was acceptable."""

    async def fetch(self, release: Release) -> Torrent:
        """Fetch the release's torrent file or magnet link."""
