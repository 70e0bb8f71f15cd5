"""MyAnonamouse through the service that has the session."""

import asyncio
from time import monotonic
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

PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 1.0
ABSENT_SECONDS = 120.0
"""A service that was waited for in vain is not waited for again so soon: perhaps it is not meant to run."""


class MamSearch:
    """An indexer, and the account's standing.

    A service that is away is waited for so many seconds: a download can wait, a person hardly.
    """

    name = Indexer.MAM

    def __init__(self, bus: Bus, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._bus = bus
        self._patience_seconds = patience_seconds
        self._absent_at = -ABSENT_SECONDS

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
        """Ask; a service of ours that is silent is waited for, as it may only be starting again."""
        began, attempts = monotonic(), 0
        known_absent = began - self._absent_at < ABSENT_SECONDS
        while True:
            attempts += 1
            try:
                answer = await self._bus.ask(request)
            except ServiceAway as away:
                waited_enough = monotonic() - began > self._patience_seconds and attempts > 1
                if known_absent or waited_enough:
                    self._absent_at = monotonic()
                    raise RemoteUnavailable(SYSTEM, away.detail) from away
                await asyncio.sleep(PAUSE_SECONDS)
            except Refused as refused:
                raise RemoteRefusedUs(SYSTEM, refused.detail) from refused
            else:
                self._absent_at = -ABSENT_SECONDS
                return answer
