"""Tries Audiobookshelf with the API key given."""

from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.system import CheckIntegrations, Integration, IntegrationState

from library_scanner.domain.item import LibraryShown, Standing
from library_scanner.domain.ports import AudiobookLibrary

_STATES: dict[type[RemoteError], tuple[IntegrationState, str]] = {
    RemoteUnavailable: (IntegrationState.AWAY, "Is it running, and is ABS_URL right?"),
    RemoteThrottled: (IntegrationState.THROTTLED, "It is asked too often; wait."),
    RemoteRefusedUs: (IntegrationState.REFUSED, "Make an API key of an administrator and set ABS_TOKEN."),
    RemoteAnsweredNonsense: (
        IntegrationState.NONSENSE,
        "Is ABS_URL the address of Audiobookshelf itself, with its base path?",
    ),
}


class Checking:
    """Says how Audiobookshelf is found right now. `address` is shown, so it has no credentials."""

    def __init__(self, library: AudiobookLibrary, address: str) -> None:
        self._library = library
        self._address = address

    async def check(self, _asked: CheckIntegrations) -> list[Integration]:
        try:
            standing = await self._library.standing()
            libraries = await self._library.libraries()
        except RemoteError as error:
            state, advice = _STATES[type(error)]
            return [self._found(state, f"{error.detail}. {advice}", None)]
        return [_judged(self._found(IntegrationState.OK, "", standing.version), standing, libraries)]

    def _found(self, state: IntegrationState, detail: str, version: str | None) -> Integration:
        return Integration(
            name="audiobookshelf",
            service="library-scanner",
            state=state,
            address=self._address,
            version=version,
            detail=detail,
        )


def _judged(found: Integration, standing: Standing, libraries: list[LibraryShown]) -> Integration:
    lacking = [
        words
        for allowed, words in ((standing.may_scan, "start a library scan"), (standing.may_update, "change metadata"))
        if not allowed
    ]
    names = ", ".join(shown.name for shown in libraries)
    if lacking:
        detail = f"{standing.user} may not {' or '.join(lacking)}: use an API key of an administrator. Sees: {names}"
        return found.model_copy(update={"state": IntegrationState.REFUSED, "detail": detail})
    return found.model_copy(update={"detail": f"signed in as {standing.user}; libraries of books: {names}"})
