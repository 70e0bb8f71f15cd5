"""The stand-in of one metadata provider."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.outcomes import Controlled
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class ProviderStandIn:
    """One provider of the table in `registry.py`.

    `name` is also the name of its catalogue in `providers` of a world. `port` is its fixed port. Gapless uses it with
    the setting `address_setting` and with `settings`. `lists` is the format of the records that it shows.
    `all_abilities` are the settings that switch on what the provider is not asked for by default.
    """

    name: str
    port: int
    create: Callable[[World], Controlled]
    address_setting: str
    settings: Mapping[str, str] = field(default_factory=dict)
    lists: Literal["audio", "print"] = "audio"
    all_abilities: Mapping[str, str] = field(default_factory=dict)
