"""Builds the providers of the setting `PROVIDERS`, in its order."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote

from metadata.adapters.postgres.answer_cache import PostgresAnswerCache
from metadata.adapters.postgres.rate_limiter import ProviderRateLimiter, RateLimitRules
from metadata.adapters.providers.audible import access as audible
from metadata.adapters.providers.audible.client import Audible
from metadata.adapters.providers.caching_provider import CachingProvider
from metadata.adapters.providers.hardcover import access as hardcover
from metadata.adapters.providers.hardcover.client import Hardcover
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.ports import Catalogue
from metadata.domain.providers import Access, EnabledProvider, Registry
from metadata.settings import MetadataSettings


@dataclass(frozen=True, slots=True)
class ProviderDependencies:
    """What the providers need. `transports` replaces the network, by provider name."""

    transaction: Transactions[Transaction]
    clock: Clock
    transports: dict[str, httpx.AsyncBaseTransport]


@dataclass(frozen=True, slots=True)
class ProviderKind:
    """A known provider: its name in `PROVIDERS`, its connection settings, and its catalogue."""

    name: str
    access: Callable[[MetadataSettings], Access]
    catalogue: Callable[[ProviderClient], Catalogue]


PROVIDERS = (
    ProviderKind("audible", audible.access, Audible),
    ProviderKind("hardcover", hardcover.access, Hardcover),
)
"""Every known provider. The names are those of `KNOWN_PROVIDERS`, which the settings accept."""


def registry(settings: MetadataSettings, dependencies: ProviderDependencies) -> tuple[Registry, list[Remote]]:
    """The providers, and the connections to close at shutdown."""
    cache = PostgresAnswerCache(dependencies.transaction, dependencies.clock)
    enabled: list[EnabledProvider] = []
    remotes: list[Remote] = []
    kinds = {each.name: each for each in PROVIDERS}
    accesses = {each.name: each.access(settings) for each in PROVIDERS}
    for each in settings.weights():
        reached = accesses[each.provider]
        if reached.lacks:
            continue
        remote = Remote(
            each.provider,
            reached.address,
            headers={"Authorization": f"Bearer {reached.token}"} if reached.token else {},
            transport=dependencies.transports.get(each.provider),
        )
        remotes.append(remote)
        rules = RateLimitRules(each.provider, reached.seconds_between, reached.address, reached.token)
        client = ProviderClient(remote, ProviderRateLimiter(dependencies.transaction, rules, dependencies.clock))
        catalogue = kinds[each.provider].catalogue(client)
        provider = CachingProvider(catalogue, reached.address, cache)
        enabled.append(EnabledProvider(provider, each.weight, catalogue.name.upper()))
    return Registry(enabled, settings.weights(), accesses), remotes
