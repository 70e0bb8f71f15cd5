"""The providers in use, and the setting `PROVIDERS`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.contracts.metadata.providers import RefreshCost

from metadata.domain.ports import MetadataProvider

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Weight:
    """A provider's name and its weight, greater than 0 and at most 10."""

    provider: str
    weight: float


def read_weights(text: str, known: Mapping[str, float]) -> list[Weight]:
    """Parse "audible:1.0,hardcover:0.9". `known` has the weight of each provider that is listed without one.

    Raises `ValueError` that names the invalid part.
    """
    found: list[Weight] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, _, number = (each.strip() for each in part.partition(":"))
        if name not in known:
            raise ValueError(f"provider {name!r} is unknown")
        if any(each.provider == name for each in found):
            raise ValueError(f"provider {name!r} is listed twice")
        found.append(Weight(name, _weight(number, part) if number else known[name]))
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
class Budget:
    """The requests that may be sent to a provider, over all replicas.

    `seconds_between` requests on average; `burst` of them may follow each other at once after a pause. After `per_day`
    requests, none is sent for the rest of the day. `per_minute` is the limit that the provider documents. It is shown
    and not enforced, because `seconds_between` spaces the requests.
    """

    seconds_between: float
    burst: int = 1
    per_minute: int | None = None
    per_day: int | None = None


def refresh_cost(budget: Budget, books: int) -> RefreshCost:
    """What a refresh of this number of books takes at a provider with this budget."""
    by_pace = books * budget.seconds_between / SECONDS_A_DAY
    by_limit = books / budget.per_day if budget.per_day else 0.0
    return RefreshCost(books=books, requests=books, days=round(max(by_pace, by_limit), 2))


@dataclass(frozen=True, slots=True)
class Access:
    """How to connect to a provider.

    `headers` are sent with every request. A change of `address` or `secret` ends a pause. `lacks` says which required
    setting is missing, and `key_setting` which one has the secret. If the installation works without the provider,
    `required` is False.
    """

    address: str
    budget: Budget
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str = field(default="", repr=False)
    key_setting: str = ""
    lacks: str | None = None
    required: bool = True


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
