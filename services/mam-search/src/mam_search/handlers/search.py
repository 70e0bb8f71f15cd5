"""Searches the tracker for a book, one query at a time."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.releases import MamAnswer, QueryMam, Release

from mam_search.domain.ports import SearchCache, Tracker
from mam_search.domain.query import queries


class QueryMamHandler:
    """Sends the requested query, unless its stored result is recent enough."""

    def __init__(self, tracker: Tracker, cache: SearchCache, clock: Clock) -> None:
        self._tracker = tracker
        self._cache = cache
        self._clock = clock

    async def query(self, request: QueryMam) -> MamAnswer:
        """The releases of query `number`, and how many queries the book has. Raises the `RemoteError` family."""
        texts = queries(request.titles, request.authors, request.series)
        if request.number >= len(texts):
            return MamAnswer(releases=[], queries=len(texts))
        found = await self._search(texts[request.number], request)
        return MamAnswer(releases=found, queries=len(texts))

    async def _search(self, text: str, request: QueryMam) -> list[Release]:
        oldest = self._clock.now() - timedelta(seconds=request.max_age_seconds)
        stored = await self._cache.recent(text.lower(), oldest)
        if stored is not None:
            return stored
        found = await self._tracker.search(text, person_waits=request.person_waits)
        await self._cache.store(text.lower(), found, self._clock.now())
        return found
