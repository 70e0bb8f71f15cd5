"""The account: its standing, and whether the tracker accepts our requests."""

from datetime import timedelta

from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import GetStanding, Standing
from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.system import Integration, IntegrationKind, IntegrationState
from shared.contracts.translatable import translatables

from mam_search.domain.ports import AccessControl
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.session_remedies import with_remedy
from mam_search.workflow.standing_reader import StandingReader, in_words

CHECKED_EVERY = timedelta(minutes=1)
"""How often checks of a working session read the standing."""
_STATES = {
    SessionState.OK: IntegrationState.OK,
    SessionState.UNTRIED: IntegrationState.OK,
    SessionState.NOT_CONFIGURED: IntegrationState.NOT_CONFIGURED,
    SessionState.PAUSED: IntegrationState.PAUSED,
    SessionState.THROTTLED: IntegrationState.THROTTLED,
    SessionState.AWAY: IntegrationState.AWAY,
}
"""The state of the site by that of a session. In any other state it refuses the session."""


class AccountStatusHandlers:
    """Answers `GetStanding`, and checks the connection to the site. Every standing that is read is stored."""

    def __init__(self, standing_reader: StandingReader, control: AccessControl, address: str) -> None:
        self._standing_reader = standing_reader
        self._control = control
        self._address = address

    async def get_standing(self, request: GetStanding) -> Standing:
        """The stored standing if it is recent enough, else a new one. Raises the `RemoteError` family."""
        age = timedelta(seconds=request.max_age_seconds)
        return await self._standing_reader.at_most(age, person_waits=request.person_waits)

    async def check(self) -> list[Integration]:
        """Probe the site, even after a refusal: the cause may have been fixed. Report the stored state of pages.

        If the session works and the standing was read within the last minute, no request is sent.
        """
        sessions = {each.kind: each for each in (await self._control.access()).sessions}
        state = sessions[SessionKind.API].state
        age = CHECKED_EVERY if state is SessionState.OK else timedelta()
        paused = state is SessionState.PAUSED
        json = self._of_session(sessions[SessionKind.API]) if paused else await self._probed(age)
        return [json, self._of_session(sessions[SessionKind.BROWSER])]

    async def _probed(self, age: timedelta) -> Integration:
        try:
            standing = await self._standing_reader.at_most(age, person_waits=True, probe=True)
        except SessionRefused as refused:
            return self._integration(IntegrationState.REFUSED, refused.detail, reason=refused.state)
        except RemoteError as error:
            return self._integration(IntegrationState.of_failure(error.code), error.detail)
        return self._integration(IntegrationState.OK, in_words(standing))

    def _of_session(self, session: TrackerSession) -> Integration:
        state = _STATES.get(session.state, IntegrationState.REFUSED)
        reason = session.state if state is IntegrationState.REFUSED else ""
        return self._integration(state, with_remedy(session), session.kind, reason=reason)

    def _integration(
        self, state: IntegrationState, detail: str, kind: SessionKind = SessionKind.API, *, reason: str = ""
    ) -> Integration:
        return Integration(
            name="myanonamouse" if kind is SessionKind.API else "myanonamouse pages",
            kind=IntegrationKind.INDEXER,
            service="mam-search",
            state=state,
            required=kind is SessionKind.API,
            address=self._address,
            reason=reason,
            detail=detail,
            translatable=translatables(detail=detail),
        )
