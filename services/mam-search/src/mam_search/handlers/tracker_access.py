"""The access to the tracker: when the next request is allowed, our address, and the pause by a person."""

from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import GetTrackerAccess, PauseTracker, ResumeTracker, TrackerAccess
from shared.contracts.translatable import translatables

from mam_search.domain.ports import AccessControl
from mam_search.workflow.egress_reader import EgressReader


class TrackerAccessHandlers:
    """Shows, pauses and resumes the access."""

    def __init__(self, control: AccessControl, egress_reader: EgressReader) -> None:
        self._control = control
        self._egress_reader = egress_reader

    async def get(self, _request: GetTrackerAccess) -> TrackerAccess:
        """The state of the rate limiter and of the sessions, and our address or the reason why it is unknown."""
        try:
            seen = {"egress": await self._egress_reader.read()}
        except RemoteError as error:
            access = await self._control.access()
            parts = access.translatable | translatables(egress_problem=error.detail)
            return access.model_copy(update={"egress_problem": error.detail, "translatable": parts})
        return (await self._control.access()).model_copy(update=seen)

    async def pause(self, request: PauseTracker) -> TrackerAccess:
        """Pause all requests. Stored answers are still given, and other requests are refused with the reason."""
        await self._control.pause(request.by)
        return await self._control.access()

    async def resume(self, _request: ResumeTracker) -> TrackerAccess:
        """Resume all requests, and try refused sessions again."""
        await self._control.resume()
        return await self._control.access()
