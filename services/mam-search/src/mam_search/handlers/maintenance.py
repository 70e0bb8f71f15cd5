"""The service's statistics, timeline and cleanup."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from mam_search.domain.ports import Retention

SERVICE = "mam-search"


class MaintenanceHandlers:
    """`keep_searches` is how long searches and releases are kept after they were last seen."""

    def __init__(self, retention: Retention, keep_searches: timedelta, clock: Clock) -> None:
        self._retention = retention
        self._keep_searches = keep_searches
        self._clock = clock

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete old searches and releases. Standings are thinned to one a day after 90 days."""
        now = self._clock.now()
        deleted = await self._retention.clean_up(now, before=now - self._keep_searches, dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """The number of stored searches, releases, standings, pages and guides."""
        return Statistics(service=SERVICE, figures=await self._retention.figures())

    async def tell_timeline(self, _request: TellTimeline) -> Timeline:
        """Always empty. Searches are stored by text, not by book; the service that searched has the book's timeline."""
        return Timeline()
