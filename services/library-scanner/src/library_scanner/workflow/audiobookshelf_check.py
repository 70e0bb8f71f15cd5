"""Checks the connection to Audiobookshelf: for the state of the integrations, and for settings to be stored."""

from dataclasses import dataclass

from shared.chassis.errors import RemoteError
from shared.contracts.system import IntegrationState
from shared.translatable import translatable

from library_scanner.domain.item import AbsLibrary, ApiAccess
from library_scanner.domain.ports import AudiobookLibrary

ADVICE: dict[IntegrationState, str] = {
    IntegrationState.AWAY: translatable(
        "advice.audiobookshelf_away",
        "Check that Audiobookshelf is running and that ABS_URL is correct.",
    ),
    IntegrationState.THROTTLED: translatable(
        "advice.audiobookshelf_throttled",
        "Audiobookshelf limits our requests; they are retried later.",
    ),
    IntegrationState.REFUSED: translatable(
        "advice.audiobookshelf_refused",
        "Create an API key for an administrator and set ABS_TOKEN.",
    ),
    IntegrationState.NONSENSE: translatable(
        "advice.audiobookshelf_nonsense",
        "Check that ABS_URL is the address of Audiobookshelf itself, including its base path.",
    ),
}


@dataclass(frozen=True, slots=True)
class AudiobookshelfCheck:
    """What was found. `failure` is how the connection failed, `libraries_failure` how the list of libraries failed."""

    access: ApiAccess | None = None
    libraries: tuple[AbsLibrary, ...] = ()
    failure: RemoteError | None = None
    libraries_failure: RemoteError | None = None

    @property
    def library_names(self) -> str:
        """The names of the libraries that are used."""
        return ", ".join(library.name for library in self.libraries)

    @property
    def forbidden(self) -> str:
        """What the user of the API key is not allowed to do, in words; empty if nothing."""
        return " or ".join(self.missing_rights)

    @property
    def missing_rights(self) -> list[str]:
        """What the user of the API key is not allowed to do."""
        if self.access is None:
            return []
        rights = (
            (self.access.may_scan, translatable("systems.right_scan", "start a library scan")),
            (self.access.may_update, translatable("systems.right_update", "change metadata")),
        )
        return [action for allowed, action in rights if not allowed]


async def check_audiobookshelf(library: AudiobookLibrary) -> AudiobookshelfCheck:
    """Read the permissions of the API key and the libraries. A failure is a result, not an exception."""
    try:
        access = await library.access()
    except RemoteError as failure:
        return AudiobookshelfCheck(failure=failure)
    try:
        return AudiobookshelfCheck(access, tuple(await library.libraries()))
    except RemoteError as failure:
        return AudiobookshelfCheck(access, libraries_failure=failure)
