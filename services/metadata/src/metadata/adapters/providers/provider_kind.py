"""A known provider: its name, its settings, how to connect to it, and its catalogue."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from metadata.adapters.providers.request import ProviderClient
from metadata.domain.catalogue import Catalogue
from metadata.domain.providers import Access

SettingsT = TypeVar("SettingsT", bound=BaseModel)
ADDRESS = r"^https?://[^/\s]+"
"""The pattern of a provider's address in its settings."""


@dataclass(frozen=True, slots=True)
class ProviderKind(Generic[SettingsT]):
    """One provider of the table in `registry.py`.

    `name` is its name in `PROVIDERS`, and `weight` its weight there by default. The fields of `settings` become
    settings of the service. `access` reads them, and `catalogue` makes the catalogue of a connection. A provider that
    is not `listed_by_default` is used only if a person adds it to `PROVIDERS`.
    """

    name: str
    weight: float
    settings: type[SettingsT]
    access: Callable[[SettingsT], Access]
    catalogue: Callable[[ProviderClient, SettingsT], Catalogue]
    listed_by_default: bool = True

    def access_by(self, settings: BaseModel) -> Access:
        """How to connect, by the settings of the service. Raises `TypeError` if they lack those of this provider."""
        return self.access(self._own(settings))

    def catalogue_of(self, client: ProviderClient, settings: BaseModel) -> Catalogue:
        """The catalogue of a connection. Raises `TypeError` if the settings lack those of this provider."""
        return self.catalogue(client, self._own(settings))

    def _own(self, settings: BaseModel) -> SettingsT:
        if not isinstance(settings, self.settings):
            raise TypeError(f"the settings of the service do not contain those of {self.name}")
        return settings
