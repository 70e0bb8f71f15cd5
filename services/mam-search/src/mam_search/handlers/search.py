"""Searches the tracker for a book, one query at a time."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.releases import MamAnswer, QueryMam, Release

from mam_search.domain.ports import SearchCache, Tracker
from mam_search.domain.query import queries


class Searching:
    """Sends the query that is asked for; answers are remembered for a while."""

    def __init__(self, tracker: Tracker, cache: SearchCache, clock: Clock) -> None:
        self._tracker = tracker
        self._cache = cache
        self._clock = clock

    async def query(self, request: QueryMam) -> MamAnswer:
        texts = queries(request.titles, request.authors, request.series)
        if request.number >= len(texts):
            return MamAnswer(releases=[], queries=len(texts))
        found = await self._ask(texts[request.number], request.max_age_seconds)
        return MamAnswer(releases=found, queries=len(texts))

    async def _ask(self, text: str, max_age_seconds: int) -> list[Release]:
        oldest = self._clock.now() - timedelta(seconds=max_age_seconds)
        remembered = await self._cache.recent(text.lower(), oldest)
        if remembered is not None:
            return remembered
        found = await self._tracker.search(text)
        await self._cache.remember(text.lower(), found, self._clock.now())
        return found
