"""A known indexer: its name, its settings, and how to connect to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from downloader.domain.indexer import Indexer, IndexerHealth

SettingsT = TypeVar("SettingsT", bound=BaseModel)


class NoSettings(BaseModel):
    """For an indexer whose settings are those of another service."""


@dataclass(frozen=True, slots=True)
class IndexerDependencies:
    """What an indexer needs. `mam` is the service that has the session. `closing` runs at shutdown."""

    mam: Indexer
    closing: list[Callable[[], Awaitable[None]]]


@dataclass(frozen=True, slots=True)
class ConnectedIndexer:
    """An indexer in use. `version` reads the version of its server; None if another service checks the integration.

    `health` says which indexers behind it are searched, if there are any.
    """

    indexer: Indexer
    address: str = ""
    version: Callable[[], Awaitable[str]] | None = None
    health: Callable[[], Awaitable[IndexerHealth]] | None = None


@dataclass(frozen=True, slots=True)
class IndexerKind(Generic[SettingsT]):
    """One indexer of the table in `registry.py`.

    `name` is the name of the integration. The fields of `settings` become settings of the service. `connect` returns
    None if the indexer is not configured. `advice` names the settings to check if it cannot be used, and
    `not_configured` says which setting is missing and what that means.
    """

    name: str
    settings: type[SettingsT]
    connect: Callable[[SettingsT, IndexerDependencies], ConnectedIndexer | None]
    advice: str = ""
    not_configured: str = ""

    @property
    def is_configured_here(self) -> bool:
        """Whether it has settings of its own. Their group has the name of the indexer."""
        return bool(self.settings.model_fields)
