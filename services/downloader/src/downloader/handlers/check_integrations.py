"""Checks whether the download client, the indexers and the disk can be used."""

from collections.abc import Sequence
from typing import Protocol

from shared.chassis.errors import RemoteError
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState
from shared.contracts.translatable import translatables
from shared.translatable import translatable, translatable_of

from downloader.domain.integration_check import IntegrationCheck

SERVICE = "downloader"
_DISK_ADVICE = "it must exist and be writable for PUID and PGID; see LIBRARY_PATH and DOWNLOAD_PATH"


class Disk(Protocol):
    """The check of the folders."""

    async def check(self) -> str:
        """Check both folders and return a text for a person. Raises `OSError` if one cannot be used."""
        ...


class PathCheck(Protocol):
    """The check that LIBRARY_PATH is the library of Audiobookshelf."""

    async def problem(self, *, refresh: bool = False) -> str | None:
        """What is wrong and what to do, or None. `refresh` ignores a stored result. Raises `OSError`."""
        ...


class MappingCheck(Protocol):
    """The check of the folders that the download client and Gapless share."""

    async def problems(self) -> list[str]:
        """What is wrong with each mapping, and what to do."""
        ...


class CheckIntegrationsHandler:
    """Handles `CheckIntegrations`: the outside systems with a check, and the disk."""

    def __init__(
        self,
        checks: Sequence[IntegrationCheck],
        disk: Disk,
        path_check: PathCheck,
        mapping_check: MappingCheck,
        library_path: str,
    ) -> None:
        self._checks = checks
        self._disk = disk
        self._path_check = path_check
        self._mapping_check = mapping_check
        self._library_path = library_path

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """The state of each integration now. A failure is a state, never an error."""
        return [*[await _state_of(each) for each in self._checks], await self._check_disk()]

    async def _check_disk(self) -> Integration:
        try:
            state, detail = IntegrationState.OK, await self._disk.check()
            wrong = await self._path_check.problem(refresh=True)
            problems = [*([wrong] if wrong is not None else []), *await self._mapping_check.problems()]
            if problems:
                state = IntegrationState.REFUSED
                detail = translatable("systems.parts", "; ".join(problems), parts=problems)
        except OSError as error:
            state = IntegrationState.REFUSED
            words = f"{error.filename}: {error.strerror}; {_DISK_ADVICE}"
            detail = translatable("systems.folder_unusable", words, path=error.filename, why=translatable_of(error))
        return Integration(
            name="disk",
            kind=IntegrationKind.DISK,
            service=SERVICE,
            state=state,
            detail=detail,
            translatable=translatables(detail=detail),
            address=self._library_path,
        )


async def _state_of(check: IntegrationCheck) -> Integration:
    state, version, detail = IntegrationState.NOT_CONFIGURED, None, check.advice
    if check.version is not None:
        try:
            version, (state, detail) = await check.version(), await _health_of(check)
        except RemoteError as error:
            state, words = IntegrationState.of_failure(error.code), f"{error.detail}; {check.advice}"
            detail = translatable("systems.failed", words, observed=error.detail, advice=check.advice)
    return Integration(
        name=check.name,
        kind=check.kind,
        service=SERVICE,
        state=state,
        required=check.required,
        address=check.address,
        version=version,
        detail=detail,
        translatable=translatables(detail=detail),
    )


async def _health_of(check: IntegrationCheck) -> tuple[IntegrationState, str]:
    """The state by the indexers behind the system. While only some of them fail, it is limited, not unavailable."""
    if check.health is None:
        return IntegrationState.OK, ""
    health = await check.health()
    detail = health.problems
    if health.searched and health.problems:
        detail = translatable("systems.left_out", f"left out: {health.problems}", problems=health.problems)
    if not health.any_failed:
        return IntegrationState.OK, detail
    return IntegrationState.THROTTLED if health.searched else IntegrationState.AWAY, detail
