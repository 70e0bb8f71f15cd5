"""The account: its standing, and whether the tracker accepts our requests."""

from datetime import timedelta

from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import GetStanding, Standing
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

from mam_search.workflow.standing_reader import StandingReader


class AccountStatusHandlers:
    """Answers `GetStanding` and `CheckIntegrations`. Every standing that is read is stored."""

    def __init__(self, standing_reader: StandingReader, address: str) -> None:
        self._standing_reader = standing_reader
        self._address = address

    async def get_standing(self, request: GetStanding) -> Standing:
        """The stored standing if it is recent enough, else a new one. Raises the `RemoteError` family."""
        age = timedelta(seconds=request.max_age_seconds)
        return await self._standing_reader.at_most(age, person_waits=request.person_waits)

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Probe the site, even while requests are paused: the cause may have been fixed."""
        state, detail = IntegrationState.OK, ""
        try:
            standing = await self._standing_reader.read(person_waits=True, probe=True)
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
