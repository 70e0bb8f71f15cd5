"""A line of the table in `registry.py`: one known provider, or a family of providers that the settings name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from metadata.adapters.providers.request import ProviderClient
from metadata.domain.catalogue import Catalogue
from metadata.domain.providers import Access

SettingsT = TypeVar("SettingsT", bound=BaseModel)
ADDRESS = r"^https?://[^/\s]+"
"""The pattern of a provider's address in its settings."""


@dataclass(frozen=True, slots=True)
class ConfiguredProvider:
    """One provider as the settings describe it.

    `name` is its name in `PROVIDERS`, and `weight` its weight if `PROVIDERS` does not give one. `catalogue` makes the
    catalogue of a connection. A provider with `always_used` is used even if `PROVIDERS` does not list it.
    """

    name: str
    weight: float
    access: Access
    catalogue: Callable[[ProviderClient], Catalogue]
    always_used: bool = False


@dataclass(frozen=True, slots=True)
class ProviderKind(Generic[SettingsT]):
    """One known provider.

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
        return self.access(_settings_of(self.name, self.settings, settings))

    def catalogue_of(self, client: ProviderClient, settings: BaseModel) -> Catalogue:
        """The catalogue of a connection. Raises `TypeError` if the settings lack those of this provider."""
        return self.catalogue(client, _settings_of(self.name, self.settings, settings))

    def configured(self, settings: BaseModel) -> list[ConfiguredProvider]:
        """This provider. Raises `TypeError` as `access_by` does."""
        access, catalogue = self.access_by(settings), partial(self.catalogue_of, settings=settings)
        return [ConfiguredProvider(self.name, self.weight, access, catalogue)]


@dataclass(frozen=True, slots=True)
class ProviderFamily(Generic[SettingsT]):
    """Providers of one protocol, of which a person can use any number. `name` is the name of the protocol.

    The fields of `settings` become settings of the service. `members` reads the providers from them.
    """

    name: str
    settings: type[SettingsT]
    members: Callable[[SettingsT], Sequence[ConfiguredProvider]]

    def configured(self, settings: BaseModel) -> list[ConfiguredProvider]:
        """The providers that the settings name. Raises `TypeError` if they lack those of this family."""
        return list(self.members(_settings_of(self.name, self.settings, settings)))


AnyProviderKind = ProviderKind[Any] | ProviderFamily[Any]
"""A line of the table in `registry.py`."""


def by_name(providers: Iterable[ConfiguredProvider]) -> Mapping[str, ConfiguredProvider]:
    """The providers by their names. Raises `ValueError` if two have the same name."""
    found: dict[str, ConfiguredProvider] = {}
    for each in providers:
        if found.setdefault(each.name, each) is not each:
            raise ValueError(f"two providers have the name {each.name!r}; give one of them another name")
    return found


def _settings_of(name: str, wanted: type[SettingsT], settings: BaseModel) -> SettingsT:
    if not isinstance(settings, wanted):
        raise TypeError(f"the settings of the service do not contain those of {name}")
    return settings
