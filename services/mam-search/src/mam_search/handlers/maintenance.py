"""The service's figures, and the nightly tidying of what it only remembered."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics, TellTimeline, Timeline

from mam_search.domain.ports import Housekeeping

SERVICE = "mam-search"


class Accounting:
    """`keep_searches` is how long answers of the tracker are remembered after they were last seen."""

    def __init__(self, housekeeping: Housekeeping, keep_searches: timedelta, clock: Clock) -> None:
        self._housekeeping = housekeeping
        self._keep_searches = keep_searches
        self._clock = clock

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """The account's standing is history and stays."""
        now = self._clock.now()
        deleted = await self._housekeeping.clean_up(now, before=now - self._keep_searches, dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        return Statistics(service=SERVICE, figures=await self._housekeeping.figures())

    async def tell_timeline(self, _request: TellTimeline) -> Timeline:
        """It knows texts that were searched for, not the books they were searched for: those who asked tell."""
        return Timeline()
