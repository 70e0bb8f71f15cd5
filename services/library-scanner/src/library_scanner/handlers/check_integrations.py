"""Checks the connection to Audiobookshelf."""

from shared.chassis.errors import RemoteError
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

from library_scanner.domain.item import AbsLibrary, ApiAccess
from library_scanner.domain.ports import AudiobookLibrary

_ADVICE: dict[IntegrationState, str] = {
    IntegrationState.AWAY: "Check that Audiobookshelf is running and that ABS_URL is correct.",
    IntegrationState.THROTTLED: "Audiobookshelf limits our requests; they are retried later.",
    IntegrationState.REFUSED: "Create an API key for an administrator and set ABS_TOKEN.",
    IntegrationState.NONSENSE: "Check that ABS_URL is the address of Audiobookshelf itself, including its base path.",
}


class CheckIntegrationsHandler:
    """Reports the current state of Audiobookshelf. `address` is shown to users, so it must not contain credentials."""

    def __init__(self, library: AudiobookLibrary, address: str) -> None:
        self._library = library
        self._address = address

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Return the state of Audiobookshelf; a failure is a state, not an exception."""
        try:
            access = await self._library.access()
            libraries = await self._library.libraries()
        except RemoteError as error:
            state = IntegrationState.of_failure(error.code)
            return [self._integration(state, f"{error.detail}. {_ADVICE[state]}", None)]
        return [_with_permissions(self._integration(IntegrationState.OK, "", access.version), access, libraries)]

    def _integration(self, state: IntegrationState, detail: str, version: str | None) -> Integration:
        return Integration(
            kind=IntegrationKind.LIBRARY,
            name="audiobookshelf",
            service="library-scanner",
            state=state,
            address=self._address,
            version=version,
            detail=detail,
        )


def _with_permissions(integration: Integration, access: ApiAccess, libraries: list[AbsLibrary]) -> Integration:
    missing = [
        action
        for allowed, action in ((access.may_scan, "start a library scan"), (access.may_update, "change metadata"))
        if not allowed
    ]
    names = ", ".join(library.name for library in libraries)
    if missing:
        detail = (
            f"{access.user} is not allowed to {' or '.join(missing)}: use the API key of an administrator. "
            f"Visible libraries: {names}"
        )
        return integration.model_copy(update={"state": IntegrationState.REFUSED, "detail": detail})
    return integration.model_copy(update={"detail": f"signed in as {access.user}; libraries of books: {names}"})
