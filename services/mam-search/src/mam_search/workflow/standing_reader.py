"""Reads the standing of the account, and stores every standing that was read."""

import asyncio
from datetime import timedelta

from shared.chassis.clock import Clock
from shared.contracts.mam.account import Standing
from shared.translatable import translatable

from mam_search.domain.account_ports import Standings
from mam_search.domain.grab_rule import GrabLimits
from mam_search.domain.ports import Tracker
from mam_search.domain.warnings import session_warning, standing_warnings


class StandingReader:
    """The standing at most as old as the caller needs."""

    def __init__(self, tracker: Tracker, standings: Standings, limits: GrabLimits, clock: Clock) -> None:
        self._tracker = tracker
        self._standings = standings
        self._limits = limits
        self._clock = clock
        self._lock = asyncio.Lock()

    async def at_most(self, age: timedelta, *, person_waits: bool = False, probe: bool = False) -> Standing:
        """The stored standing if it is recent enough, else a new one. Raises the `RemoteError` family.

        With `probe`, it is read even while requests are paused. Callers that come while the standing is read wait for
        that one.
        """
        async with self._lock:
            stored = await self._standings.latest(self._clock.now() - age)
            return stored if stored is not None else await self.read(person_waits=person_waits, probe=probe)

    async def read(self, *, person_waits: bool = False, probe: bool = False) -> Standing:
        """Read the standing now, and store and announce it. Raises the `RemoteError` family."""
        standing = await self._tracker.standing(self._clock.now(), person_waits=person_waits, probe=probe)
        works = session_warning(standing.read_at, standing.read_at)
        await self._standings.add(standing, [*standing_warnings(standing, self._limits), works])
        return standing


def in_words(standing: Standing) -> str:
    """Who the account belongs to, and how many of its slots are used."""
    limit = f"{standing.unsatisfied} of {standing.unsatisfied_limit} unsatisfied"
    return translatable(
        "systems.standing",
        f"{standing.username}, {standing.classname}, {limit}",
        user=standing.username,
        class_name=standing.classname,
        unsatisfied=standing.unsatisfied,
        limit=standing.unsatisfied_limit,
    )
