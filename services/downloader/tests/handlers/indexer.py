"""An indexer that returns what a test sets."""

from dataclasses import dataclass, field
from urllib.parse import quote

from downloader.adapters.torrents import from_bytes, from_magnet
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Offers
from sandbox.torrent import make_torrent
from sandbox.world import Offer
from shared.chassis.errors import RemoteError
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from .offers import OFFERS


@dataclass
class FakeIndexer:
    """Returns the releases that a test sets; raises `error` if it is set."""

    name: Indexer = Indexer.MAM
    releases: list[Release] = field(default_factory=list)
    error: RemoteError | None = None
    unavailable: str | None = None
    further: list[list[Release]] = field(default_factory=list)
    """What further queries find."""
    magnets: bool = False
    """Whether it has magnet links instead of torrent files."""
    searches: int = 0
    fetches: int = 0
    torrents: dict[str, Offer] = field(default_factory=lambda: {each.id: each for each in OFFERS})

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        self.searches += 1
        if self.error is not None:
            raise self.error
        found = [self.releases, *self.further][number]
        return Offers(list(found), self.unavailable, 1 + len(self.further))

    async def fetch(self, release: Release) -> Torrent:
        self.fetches += 1
        if self.error is not None:
            raise self.error
        torrent = make_torrent(self.torrents[release.id], "http://tracker/announce")
        if self.magnets:
            return from_magnet(self.name, f"magnet:?xt=urn:btih:{torrent.info_hash}&dn={quote(release.title)}")
        return from_bytes(self.name, torrent.metainfo)
