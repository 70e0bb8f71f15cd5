"""MyAnonamouse through the mam-search service, which has the session."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import TypeVar
from uuid import UUID

from shared.books.releases.search_words import distinct_titles
from shared.books.text.identifiers import isbn13
from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteRefusedUs, RemoteUnavailable, ServiceUnavailable
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import MAX_RELEASES, AssessGrabs, GrabAssessment, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam, Release
from shared.contracts.mam.seeding import ListSeedingDuties, SeedingDuty
from shared.contracts.mam.torrent_pages import GetTorrentPage, TorrentPage
from shared.contracts.message import Request
from shared.contracts.values import Indexer

from downloader.adapters.torrents import from_bytes
from downloader.domain.account_grab import offered
from downloader.domain.download_client import Torrent
from downloader.domain.indexer import Offers

SYSTEM = "MyAnonamouse"
AnswerT = TypeVar("AnswerT")

RETRY_SECONDS = 20.0
RETRY_INTERVAL_SECONDS = 1.0
LONGEST_TEXT, MAX_AUTHORS = 500, 20
"""The limits of `QueryMam`."""
_DUTIES_PAGE = 200
ABSENT_SECONDS = 120.0
"""How long an unavailable service is then not waited for again: it may be one that nobody runs."""


class MamSearch:
    """An indexer, and the account. Its methods raise the `RemoteError` family.

    If a person waits, the requests go before those of a schedule, and an unavailable service is not waited for.
    Otherwise it is retried for 20 seconds.
    """

    name = Indexer.MAM

    def __init__(self, bus: Bus, *, person_waits: bool) -> None:
        self._bus = bus
        self._person_waits = person_waits
        self._retry_seconds = 0.0 if person_waits else RETRY_SECONDS
        self._absent_at = -ABSENT_SECONDS

    async def search(self, wanted: MissingBook, number: int = 0) -> Offers:
        """Send query `number` for a book."""
        titles = [title[:LONGEST_TEXT] for title in distinct_titles((wanted.title, *wanted.other_titles))]
        authors = [name[:LONGEST_TEXT] for name in (*wanted.authors, *wanted.other_authors)][:MAX_AUTHORS]
        series = wanted.series[:LONGEST_TEXT] if wanted.series else None
        answer = await self._request(
            QueryMam(
                titles=titles,
                authors=authors,
                series=series,
                isbn=isbn13(wanted.isbn),
                number=number,
                person_waits=self._person_waits,
            )
        )
        return Offers(answer.releases, queries=answer.queries)

    async def fetch(self, release: Release) -> Torrent:
        """Fetch the release's torrent file."""
        file = await self._request(FetchMamTorrent(release_id=release.id, person_waits=self._person_waits))
        return from_bytes(SYSTEM, file.content)

    async def page(self, release: Release) -> TorrentPage:
        """What the page of a release shows."""
        return await self._request(GetTorrentPage(release_id=release.id, person_waits=self._person_waits))

    async def assess(
        self, releases: Sequence[Release], planned: Sequence[Release], *, by_person: bool
    ) -> list[GrabAssessment]:
        """Whether each release may be grabbed now, in order, if the planned ones are grabbed too."""
        request = AssessGrabs(
            releases=[offered(release) for release in releases[:MAX_RELEASES]],
            planned=[offered(release) for release in planned[:MAX_RELEASES]],
            by_person=by_person,
            person_waits=self._person_waits,
        )
        return await self._request(request)

    async def reserve(self, grab_id: UUID, release: Release, *, by_person: bool, at: datetime) -> GrabAssessment:
        """Reserve the slot and the bytes of a grab, if it is allowed now. Repeating it has no further effect."""
        return await self._request(
            ReserveGrab(
                grab_id=grab_id,
                release=offered(release),
                by_person=by_person,
                requested_at=at,
                person_waits=self._person_waits,
            )
        )

    async def seeding_duties(self) -> list[SeedingDuty]:
        """The torrents that still have to seed by the site's own list, which is read once a day."""
        duties: list[SeedingDuty] = []
        while True:
            page = await self._request(ListSeedingDuties(limit=_DUTIES_PAGE, offset=len(duties)))
            duties += page.items
            if not page.items or len(duties) >= page.total:
                return duties

    async def _request(self, request: Request[AnswerT]) -> AnswerT:
        """Send a request, and retry while the service is unavailable: it may be restarting."""
        began, attempts = monotonic(), 0
        known_absent = began - self._absent_at < ABSENT_SECONDS
        while True:
            attempts += 1
            try:
                answer = await self._bus.ask(request)
            except ServiceUnavailable as unavailable:
                waited_enough = monotonic() - began > self._retry_seconds and attempts > 1
                if known_absent or waited_enough:
                    self._absent_at = monotonic()
                    raise RemoteUnavailable(SYSTEM, unavailable.detail) from unavailable
                await asyncio.sleep(RETRY_INTERVAL_SECONDS)
            except Refused as refused:
                raise RemoteRefusedUs(SYSTEM, refused.detail) from refused
            else:
                self._absent_at = -ABSENT_SECONDS
                return answer
