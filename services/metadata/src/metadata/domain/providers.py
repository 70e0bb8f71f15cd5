"""The known providers, and the setting `PROVIDERS`."""

from dataclasses import dataclass, field

from metadata.domain.ports import MetadataProvider

KNOWN_PROVIDERS = ("audible", "hardcover")


@dataclass(frozen=True, slots=True)
class Weight:
    """A provider's name and its weight, greater than 0 and at most 10."""

    provider: str
    weight: float


def read_weights(text: str) -> list[Weight]:
    """Parse "audible:1.0,hardcover:0.9". Raises `ValueError` that names the invalid part."""
    found: list[Weight] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = (each.strip() for each in part.partition(":"))
        if name not in KNOWN_PROVIDERS:
            raise ValueError(f"provider {name!r} is unknown")
        if any(each.provider == name for each in found):
            raise ValueError(f"provider {name!r} is listed twice")
        found.append(Weight(name, _weight(number or "1", part)))
    if not found:
        raise ValueError("no provider is listed")
    return found


def _weight(number: str, part: str) -> float:
    try:
        weight = float(number)
    except ValueError as error:
        raise ValueError(f"the weight in {part!r} is not a number") from error
    if not 0 < weight <= 10:
        raise ValueError(f"the weight in {part!r} is not between 0 and 10")
    return weight


@dataclass(frozen=True, slots=True)
class Access:
    """How to connect to a provider. `lacks` says which required setting is missing. `per_minute` and `per_day` are the
    provider's documented request limits."""

    address: str
    seconds_between: float
    token: str = field(default="", repr=False)
    lacks: str | None = None
    required: bool = True
    per_minute: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class EnabledProvider:
    """A provider in use, its weight, and its name as the source of entries and corrections."""

    provider: MetadataProvider
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Registry:
    """The providers in use, in order; all providers of the settings; and how to connect to each known one."""

    enabled: list[EnabledProvider]
    named: list[Weight]
    access: dict[str, Access]

    def weight_of(self, source: str) -> float:
        """The weight of the provider with this source name; 0 if there is none."""
        return next((each.weight for each in self.enabled if each.source == source), 0.0)
