"""The account: its standing, and whether the tracker accepts our requests."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import GetStanding, Standing
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

from mam_search.domain.ports import Standings, Tracker


class AccountStatusHandlers:
    """Answers `GetStanding` and `CheckIntegrations`. Every standing that is read is stored."""

    def __init__(self, tracker: Tracker, standings: Standings, clock: Clock, address: str) -> None:
        self._tracker = tracker
        self._standings = standings
        self._clock = clock
        self._address = address

    async def get_standing(self, request: GetStanding) -> Standing:
        """The stored standing if it is recent enough, else a new one. Raises the `RemoteError` family."""
        now = self._clock.now()
        stored = await self._standings.latest(now - timedelta(seconds=request.max_age_seconds))
        return stored if stored is not None else await self._read(person_waits=request.person_waits)

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Probe the site, even while requests are paused: the cause may have been fixed."""
        state, detail = IntegrationState.OK, ""
        try:
            standing = await self._read(person_waits=True, probe=True)
            limit = f"{standing.unsatisfied} of {standing.unsatisfied_limit} unsatisfied"
            detail = f"{standing.username}, {standing.classname}, {limit}"
        except RemoteError as error:
            state, detail = IntegrationState.of_failure(error.code), error.detail
        return [
            Integration(
                name="myanonamouse",
                kind=IntegrationKind.INDEXER,
                service="mam-search",
                state=state,
                address=self._address,
                detail=detail,
            )
        ]

    async def _read(self, *, person_waits: bool, probe: bool = False) -> Standing:
        standing = await self._tracker.standing(self._clock.now(), person_waits=person_waits, probe=probe)
        await self._standings.add(standing)
        return standing
