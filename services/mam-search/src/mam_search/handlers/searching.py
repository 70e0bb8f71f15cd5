"""Searches the tracker for a book."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam import Release, SearchMam

from mam_search.domain.ports import SearchCache, Tracker
from mam_search.domain.query import queries


class Searching:
    """Asks narrow questions until something is found, then all the wide ones; answers are remembered for a while."""

    def __init__(self, tracker: Tracker, cache: SearchCache, clock: Clock) -> None:
        self._tracker = tracker
        self._cache = cache
        self._clock = clock

    async def search(self, request: SearchMam) -> list[Release]:
        asked = queries(request.title, request.authors, request.series)
        for text in asked.narrow:
            found = await self._ask(text, request.max_age_seconds)
            if found:
                return found
        every = [one for text in asked.wide for one in await self._ask(text, request.max_age_seconds)]
        return list({one.id: one for one in every}.values())

    async def _ask(self, text: str, max_age_seconds: int) -> list[Release]:
        oldest = self._clock.now() - timedelta(seconds=max_age_seconds)
        remembered = await self._cache.recent(text.lower(), oldest)
        if remembered is not None:
            return remembered
        found = await self._tracker.search(text)
        await self._cache.remember(text.lower(), found, self._clock.now())
        return found
