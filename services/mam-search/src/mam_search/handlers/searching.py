"""Searches the tracker for a book."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam import Release, SearchMam

from mam_search.domain.ports import SearchCache, Tracker
from mam_search.domain.query import queries


class Searching:
    """Asks ever wider questions until something is found; answers are remembered for a while."""

    def __init__(self, tracker: Tracker, cache: SearchCache, clock: Clock) -> None:
        self._tracker = tracker
        self._cache = cache
        self._clock = clock

    async def search(self, request: SearchMam) -> list[Release]:
        found: list[Release] = []
        for text in queries(request.title, request.authors, request.series):
            found = await self._ask(text, request.max_age_seconds)
            if found:
                break
        return found

    async def _ask(self, text: str, max_age_seconds: int) -> list[Release]:
        oldest = self._clock.now() - timedelta(seconds=max_age_seconds)
        remembered = await self._cache.recent(text.lower(), oldest)
        if remembered is not None:
            return remembered
        found = await self._tracker.search(text)
        await self._cache.remember(text.lower(), found, self._clock.now())
        return found
