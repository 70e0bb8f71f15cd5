"""Searches the tracker, unless the stored answer is recent enough."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.search import FoundPage, MamSearch

from mam_search.domain.ports import Tracker
from mam_search.domain.search_ports import SearchCache


@dataclass(frozen=True, slots=True)
class _CachedAnswer:
    """The stored answer of one search. It may have been stored at `no_older_than` or later."""

    cache: SearchCache
    clock: Clock
    search: MamSearch
    no_older_than: datetime

    async def recent(self) -> FoundPage | None:
        return await self.cache.recent(self.search, self.no_older_than)

    async def store(self, page: FoundPage) -> None:
        await self.cache.store(self.search, page, self.clock.now())


class CachedSearch:
    """All searches of this service. The same search that several callers or replicas want at once is sent once."""

    def __init__(self, tracker: Tracker, cache: SearchCache, clock: Clock) -> None:
        self._tracker = tracker
        self._cache = cache
        self._clock = clock

    async def find(self, search: MamSearch, *, max_age_seconds: int, person_waits: bool = False) -> FoundPage:
        """One page of releases, at most `max_age_seconds` old. Raises the `RemoteError` family.

        A failure is not stored.
        """
        oldest = self._clock.now() - timedelta(seconds=max_age_seconds)
        answer = _CachedAnswer(self._cache, self._clock, search, oldest)
        stored = await answer.recent()
        if stored is not None:
            return stored
        return await self._tracker.search(search, answers=answer, person_waits=person_waits)
