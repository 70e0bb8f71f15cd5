"""Connects to the providers of the setting `PROVIDERS`, in its order."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import httpx
from shared.chassis.clock import Clock
from shared.chassis.database import Database, Transaction
from shared.chassis.http import Remote
from shared.chassis.rate_limiter import RateLimiter

from metadata.adapters.postgres.answer_cache import PostgresAnswerCache
from metadata.adapters.postgres.tables import RATE_LIMITS
from metadata.adapters.providers.caching_provider import CachingProvider
from metadata.adapters.providers.rate_limits import provider_rules
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import Access, EnabledProvider, Registry
from metadata.settings import MetadataSettings


@dataclass(frozen=True, slots=True)
class ProviderDependencies:
    """What the providers need. `transports` replaces the network, by provider name."""

    database: Database
    clock: Clock
    transports: dict[str, httpx.AsyncBaseTransport]


@dataclass(frozen=True, slots=True)
class Connected:
    """The providers, the connections to close at shutdown, and the client of each connected provider by its name."""

    registry: Registry
    connections: list[Remote | RateLimiter]
    clients: dict[str, ProviderClient]


def connect_providers(
    settings: MetadataSettings, dependencies: ProviderDependencies, also: Collection[str] = ()
) -> Connected:
    """Connect to every provider of `PROVIDERS` that lacks nothing, and to those of `also` for their clients only."""
    cache = PostgresAnswerCache(
        dependencies.database.transactions(Transaction),
        dependencies.clock,
        timedelta(hours=settings.provider_not_found_hours),
    )
    enabled: list[EnabledProvider] = []
    connections: list[Remote | RateLimiter] = []
    clients: dict[str, ProviderClient] = {}
    configured = settings.configured()
    weights = settings.weights()
    used = (*(each.provider for each in weights), *(name for name in also if name in configured))
    for name in dict.fromkeys(used):
        access = configured[name].access
        if access.lacks:
            continue
        rules = provider_rules(name, access)
        rate_limiter = RateLimiter(dependencies.database, RATE_LIMITS, rules, dependencies.clock)
        connections.append(rate_limiter)
        open_remote = partial(_open_remote, name, access, dependencies.transports.get(name), connections)
        clients[name] = ProviderClient(open_remote, access.address, rate_limiter, access.key_setting)
    for each in weights:
        if each.provider not in clients:
            continue
        access = configured[each.provider].access
        catalogue = configured[each.provider].catalogue(clients[each.provider])
        enabled.append(
            EnabledProvider(CachingProvider(catalogue, access.address, cache), each.weight, catalogue.name.upper())
        )
    access_by_name = {name: each.access for name, each in configured.items()}
    return Connected(Registry(enabled, weights, access_by_name), connections, clients)


def _open_remote(
    name: str,
    access: Access,
    transport: httpx.AsyncBaseTransport | None,
    connections: list[Remote | RateLimiter],
    address: str,
) -> Remote:
    """A client of one address of a provider, which is added to the connections to close."""
    remote = Remote(name, address, headers=dict(access.headers), transport=transport)
    connections.append(remote)
    return remote
