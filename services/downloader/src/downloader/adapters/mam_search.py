"""MyAnonamouse through the service that has the session."""

from typing import TypeVar

from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteRefusedUs, RemoteUnavailable, ServiceAway
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam import FetchMamTorrent, GetStanding, Release, SearchMam, Standing
from shared.contracts.message import Request
from shared.contracts.values import Indexer

from downloader.adapters.torrents import from_bytes
from downloader.domain.ports import Offers, Torrent

SYSTEM = "MyAnonamouse"
AnswerT = TypeVar("AnswerT")


class MamSearch:
    """An indexer, and the account's standing."""

    name = Indexer.MAM

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    async def search(self, wanted: MissingBook) -> Offers:
        return Offers(
            await self._ask(
                SearchMam(title=wanted.title[:500], authors=wanted.authors[:20], isbn=wanted.isbn, series=wanted.series)
            )
        )

    async def fetch(self, release: Release) -> Torrent:
        file = await self._ask(FetchMamTorrent(release_id=release.id))
        return from_bytes(SYSTEM, file.content)

    async def standing(self) -> Standing:
        return await self._ask(GetStanding())

    async def _ask(self, request: Request[AnswerT]) -> AnswerT:
        try:
            return await self._bus.ask(request)
        except ServiceAway as away:
            raise RemoteUnavailable(SYSTEM, away.detail) from away
        except Refused as refused:
            raise RemoteRefusedUs(SYSTEM, refused.detail) from refused
