"""Checks the connection to Audiobookshelf."""

from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from library_scanner.domain.ports import AudiobookLibrary
from library_scanner.workflow.audiobookshelf_check import ADVICE, AudiobookshelfCheck, check_audiobookshelf


class CheckIntegrationsHandler:
    """Reports the current state of Audiobookshelf. `address` is shown to users, so it must not contain credentials."""

    def __init__(self, library: AudiobookLibrary, address: str) -> None:
        self._library = library
        self._address = address

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """Return the state of Audiobookshelf; a failure is a state, not an exception."""
        found = await check_audiobookshelf(self._library)
        state, detail = _state_of(found)
        return [
            Integration(
                kind=IntegrationKind.LIBRARY,
                name="audiobookshelf",
                service="library-scanner",
                state=state,
                address=self._address,
                version=found.access.version if found.access and not found.libraries_failure else None,
                detail=detail,
                translatable=translatables(detail=detail),
            )
        ]


def _state_of(found: AudiobookshelfCheck) -> tuple[IntegrationState, str]:
    failure = found.failure or found.libraries_failure
    if failure is not None or found.access is None:
        state = IntegrationState.of_failure(failure.code if failure else "")
        observed = failure.detail if failure else ""
        words = f"{observed}. {ADVICE[state]}"
        return state, translatable("systems.failed", words, observed=observed, advice=ADVICE[state])
    user, names = found.access.user, found.library_names
    if found.forbidden:
        return IntegrationState.REFUSED, translatable(
            "systems.forbidden",
            f"{user} is not allowed to {found.forbidden}: use the API key of an administrator. "
            f"Visible libraries: {names}",
            user=user,
            actions=found.missing_rights,
            names=names,
        )
    words = f"signed in as {user}; libraries of books: {names}"
    return IntegrationState.OK, translatable("systems.signed_in", words, user=user, names=names)
