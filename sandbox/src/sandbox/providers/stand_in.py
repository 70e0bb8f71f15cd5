"""The stand-in of one metadata provider."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.outcomes import Controlled
from sandbox.world import World

Listed = Literal["audio", "print"]


@dataclass(frozen=True, slots=True)
class ProviderStandIn:
    """One provider of the table in `registry.py`.

    `port` is its fixed port. Gapless uses it with `settings` and with the setting `address_setting`, whose value
    `address_text` makes of the world and the address. Its catalogue in `providers` of a world has its name, and shows
    records of the format `lists`. A stand-in for several providers has `catalogues` instead, each with its format.
    `all_abilities` are the settings that switch on what the provider is not asked for by default.
    """

    name: str
    port: int
    create: Callable[[World], Controlled]
    address_setting: str
    settings: Mapping[str, str] = field(default_factory=dict)
    lists: Listed = "audio"
    all_abilities: Mapping[str, str] = field(default_factory=dict)
    catalogues: Mapping[str, Listed] = field(default_factory=dict)
    address_text: Callable[[World, str], str] = lambda _world, address: address

    def served(self) -> Mapping[str, Listed]:
        """Its catalogues in `providers` of a world, each with the format of the records that it shows."""
        return self.catalogues or {self.name: self.lists}
