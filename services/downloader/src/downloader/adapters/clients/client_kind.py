"""A known download client: its name, its settings, and how to connect to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel
from shared.chassis.clock import Clock
from shared.chassis.setting_groups import Group
from sqlalchemy.ext.asyncio import AsyncEngine

from downloader.domain.download_client import DownloadClient
from downloader.domain.path_mapping import PathMapping


class ClientSettings(BaseModel):
    """The settings of a download client. `group` is the group in which they are shown and tested."""

    group: ClassVar[Group]


SettingsT = TypeVar("SettingsT", bound=ClientSettings)


@dataclass(frozen=True, slots=True)
class ClientDependencies:
    """What a client needs. `download_path` is our path of the download folder. `closing` runs at shutdown.

    `path_mappings` are other folders of the client that we see.
    """

    engine: AsyncEngine
    download_path: Path
    clock: Clock
    closing: list[Callable[[], Awaitable[None]]]
    path_mappings: tuple[PathMapping, ...] = ()


@dataclass(frozen=True, slots=True)
class ClientKind(Generic[SettingsT]):
    """One download client of the table in `registry.py`.

    `name` is its value of the setting `DOWNLOAD_CLIENT` and the name of the integration. The fields of `settings`
    become settings of the service; those without a default are required only if this client is chosen. `advice` names
    the settings to check if the client cannot be used.
    """

    name: str
    settings: type[SettingsT]
    address: Callable[[SettingsT], str]
    connect: Callable[[SettingsT, ClientDependencies], DownloadClient]
    advice: str

    def required_settings(self) -> set[str]:
        """The names of the settings without which the client cannot be used."""
        return {name for name, field in self.settings.model_fields.items() if field.is_required()}
