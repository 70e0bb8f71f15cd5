"""Connects to the providers of the setting `PROVIDERS`, in its order."""

from dataclasses import dataclass

import httpx
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote

from metadata.adapters.postgres.answer_cache import PostgresAnswerCache
from metadata.adapters.postgres.rate_limiter import ProviderRateLimiter, RateLimitRules
from metadata.adapters.providers.caching_provider import CachingProvider
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import EnabledProvider, Registry
from metadata.settings import MetadataSettings


@dataclass(frozen=True, slots=True)
class ProviderDependencies:
    """What the providers need. `transports` replaces the network, by provider name."""

    transaction: Transactions[Transaction]
    clock: Clock
    transports: dict[str, httpx.AsyncBaseTransport]


def connect_providers(settings: MetadataSettings, dependencies: ProviderDependencies) -> tuple[Registry, list[Remote]]:
    """The providers, and the connections to close at shutdown."""
    cache = PostgresAnswerCache(dependencies.transaction, dependencies.clock)
    enabled: list[EnabledProvider] = []
    remotes: list[Remote] = []
    kinds = {each.name: each for each in settings.kinds}
    access_by_name = {name: kind.access_by(settings) for name, kind in kinds.items()}
    for each in settings.weights():
        name, access = each.provider, access_by_name[each.provider]
        if access.lacks:
            continue
        remote = Remote(name, access.address, headers=dict(access.headers), transport=dependencies.transports.get(name))
        remotes.append(remote)
        rules = RateLimitRules(name, access.budget, access.address, access.secret)
        client = ProviderClient(remote, ProviderRateLimiter(dependencies.transaction, rules, dependencies.clock))
        catalogue = kinds[name].catalogue(client)
        enabled.append(
            EnabledProvider(CachingProvider(catalogue, access.address, cache), each.weight, catalogue.name.upper())
        )
    return Registry(enabled, settings.weights(), access_by_name), remotes
