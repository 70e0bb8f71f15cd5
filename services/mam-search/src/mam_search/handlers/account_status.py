"""The account: its standing, and whether the tracker takes us."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.mam.account import GetStanding, Standing
from shared.contracts.system import CheckIntegrations, Integration, IntegrationState

from mam_search.domain.ports import Snapshots, Tracker

STATES: dict[type[RemoteError], IntegrationState] = {
    RemoteUnavailable: IntegrationState.AWAY,
    RemoteThrottled: IntegrationState.THROTTLED,
    RemoteRefusedUs: IntegrationState.REFUSED,
    RemoteAnsweredNonsense: IntegrationState.NONSENSE,
}


class Caring:
    """Reads the standing and keeps it as history."""

    def __init__(self, tracker: Tracker, snapshots: Snapshots, clock: Clock, address: str) -> None:
        self._tracker = tracker
        self._snapshots = snapshots
        self._clock = clock
        self._address = address

    async def get_standing(self, request: GetStanding) -> Standing:
        now = self._clock.now()
        kept = await self._snapshots.latest(now - timedelta(seconds=request.max_age_seconds))
        return kept if kept is not None else await self._ask()

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Ask the site itself, also when it refused us a moment ago: perhaps a person has put it right."""
        state, detail = IntegrationState.OK, ""
        try:
            standing = await self._ask(knock=True)
            limit = f"{standing.unsatisfied} of {standing.unsatisfied_limit} unsatisfied"
            detail = f"{standing.username}, {standing.classname}, {limit}"
        except RemoteError as error:
            state, detail = STATES.get(type(error), IntegrationState.AWAY), error.detail
        return [
            Integration(name="myanonamouse", service="mam-search", state=state, address=self._address, detail=detail)
        ]

    async def _ask(self, *, knock: bool = False) -> Standing:
        standing = await self._tracker.standing(self._clock.now(), knock=knock)
        await self._snapshots.keep(standing)
        return standing
