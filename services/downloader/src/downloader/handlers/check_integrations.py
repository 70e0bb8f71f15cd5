"""Checks whether the download client, Prowlarr and the disk can be used."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.system import CheckIntegrations, Integration, IntegrationKind, IntegrationState

SERVICE = "downloader"
_STATE: dict[type[RemoteError], IntegrationState] = {
    RemoteUnavailable: IntegrationState.AWAY,
    RemoteThrottled: IntegrationState.THROTTLED,
    RemoteRefusedUs: IntegrationState.REFUSED,
    RemoteAnsweredNonsense: IntegrationState.NONSENSE,
}


class Versioned(Protocol):
    async def version(self) -> str: ...


class Disk(Protocol):
    async def check(self) -> str: ...


class PathCheck(Protocol):
    async def problem(self, *, refresh: bool = False) -> str | None: ...


class CheckIntegrationsHandler:
    """Handles `CheckIntegrations`. `addresses` are shown for each integration, by its name."""

    def __init__(
        self,
        qbittorrent: Versioned,
        prowlarr: Versioned | None,
        disk: Disk,
        path_check: PathCheck,
        addresses: dict[str, str],
    ) -> None:
        self._qbittorrent = qbittorrent
        self._prowlarr = prowlarr
        self._disk = disk
        self._path_check = path_check
        self._addresses = addresses

    async def check(self, _request: CheckIntegrations) -> list[Integration]:
        """The state of each integration now. A failure is a state, never an error."""
        return [
            await self._check_version(
                "qbittorrent", self._qbittorrent.version, "see QBITTORRENT_URL, _USERNAME and _PASSWORD"
            ),
            await self._check_prowlarr(),
            await self._check_disk(),
        ]

    async def _check_prowlarr(self) -> Integration:
        if self._prowlarr is None:
            detail = "PROWLARR_URL is not set: only MyAnonamouse is searched"
            return Integration(
                name="prowlarr",
                kind=IntegrationKind.INDEXER,
                service=SERVICE,
                state=IntegrationState.NOT_CONFIGURED,
                required=False,
                detail=detail,
            )
        found = await self._check_version("prowlarr", self._prowlarr.version, "see PROWLARR_URL and PROWLARR_API_KEY")
        return found.model_copy(update={"required": False, "kind": IntegrationKind.INDEXER})

    async def _check_disk(self) -> Integration:
        try:
            state, detail = IntegrationState.OK, await self._disk.check()
            if (wrong := await self._path_check.problem(refresh=True)) is not None:
                state, detail = IntegrationState.REFUSED, wrong
        except OSError as error:
            state = IntegrationState.REFUSED
            detail = f"{error.filename}: {error.strerror}; see LIBRARY_PATH and DOWNLOAD_PATH"
        return Integration(
            name="disk",
            kind=IntegrationKind.DISK,
            service=SERVICE,
            state=state,
            detail=detail,
            address=self._addresses.get("disk"),
        )

    async def _check_version(self, name: str, version: Callable[[], Awaitable[str]], advice: str) -> Integration:
        address = self._addresses.get(name)
        try:
            found = await version()
        except RemoteError as error:
            state = _STATE[type(error)]
            return Integration(
                name=name,
                kind=IntegrationKind.DOWNLOAD_CLIENT,
                service=SERVICE,
                state=state,
                address=address,
                detail=f"{error.detail}; {advice}",
            )
        return Integration(
            name=name,
            kind=IntegrationKind.DOWNLOAD_CLIENT,
            service=SERVICE,
            state=IntegrationState.OK,
            address=address,
            version=found,
        )
