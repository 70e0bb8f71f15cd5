"""Which providers there are, and what the setting PROVIDERS says of them."""

from dataclasses import dataclass, field

from metadata.domain.ports import MetadataProvider

KNOWN = ("audible", "hardcover")


@dataclass(frozen=True, slots=True)
class Weight:
    """A provider's name and how much its word counts, from 0 to 10."""

    provider: str
    weight: float


def read_weights(text: str) -> list[Weight]:
    """Read "audible:1.0,hardcover:0.9". Raises ValueError naming the part that cannot be read."""
    found: list[Weight] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = (each.strip() for each in part.partition(":"))
        if name not in KNOWN:
            raise ValueError(f"provider {name!r} is unknown")
        if any(each.provider == name for each in found):
            raise ValueError(f"provider {name!r} is named twice")
        found.append(Weight(name, _weight(number or "1", part)))
    if not found:
        raise ValueError("no provider is named")
    return found


def _weight(number: str, part: str) -> float:
    try:
        weight = float(number)
    except ValueError as error:
        raise ValueError(f"the weight in {part!r} is no number") from error
    if not 0 < weight <= 10:
        raise ValueError(f"the weight in {part!r} is not between 0 and 10")
    return weight


@dataclass(frozen=True, slots=True)
class Access:
    """How a provider is reached. `lacks` says in words which setting is missing for it to be asked at all,
    `per_minute` and `per_day` how many requests the provider allows where it says so."""

    address: str
    seconds_between: float
    token: str = field(default="", repr=False)
    lacks: str | None = None
    required: bool = True
    per_minute: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class EnabledProvider:
    """A provider that is asked, its weight, and the source's name in entries and corrections."""

    provider: MetadataProvider
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Registry:
    """The providers asked, in their order; every one that the settings name; and how each known one is reached."""

    enabled: list[EnabledProvider]
    named: list[Weight]
    access: dict[str, Access]

    def weight_of(self, source: str) -> float:
        """The weight of the provider with this source's name, 0 for others."""
        return next((each.weight for each in self.enabled if each.source == source), 0.0)
