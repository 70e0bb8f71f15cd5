"""Builds the providers of the setting `PROVIDERS`, in its order."""

from dataclasses import dataclass

import httpx
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote

from metadata.adapters.postgres.answer_cache import PostgresAnswerCache
from metadata.adapters.postgres.rate_limiter import ProviderRateLimiter, RateLimitRules
from metadata.adapters.providers.audible.client import Audible
from metadata.adapters.providers.caching_provider import CachingProvider
from metadata.adapters.providers.hardcover.client import Hardcover
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import Access, EnabledProvider, Registry
from metadata.settings import MetadataSettings

HARDCOVER_PER_MINUTE, HARDCOVER_PER_DAY = 60, 5_000
"""Hardcover's request limits for one token, from its API documentation."""


@dataclass(frozen=True, slots=True)
class ProviderDependencies:
    """What the providers need. `transports` replaces the network, by provider name."""

    transaction: Transactions[Transaction]
    clock: Clock
    transports: dict[str, httpx.AsyncBaseTransport]


def access(settings: MetadataSettings) -> dict[str, Access]:
    """The connection settings of each known provider."""
    token = settings.hardcover_token.get_secret_value() if settings.hardcover_token else ""
    return {
        "audible": Access(settings.audible_url, settings.audible_interval),
        "hardcover": Access(
            settings.hardcover_url,
            settings.hardcover_interval,
            token=token.strip().removeprefix("Bearer ").strip(),
            lacks=None if token.strip() else "HARDCOVER_TOKEN is not set",
            required=False,
            per_minute=HARDCOVER_PER_MINUTE,
            per_day=HARDCOVER_PER_DAY,
        ),
    }


def registry(settings: MetadataSettings, dependencies: ProviderDependencies) -> tuple[Registry, list[Remote]]:
    """The providers, and the connections to close at shutdown."""
    cache = PostgresAnswerCache(dependencies.transaction, dependencies.clock)
    enabled: list[EnabledProvider] = []
    remotes: list[Remote] = []
    accesses = access(settings)
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
        catalogue = Audible(client) if each.provider == "audible" else Hardcover(client)
        provider = CachingProvider(catalogue, reached.address, cache)
        enabled.append(EnabledProvider(provider, each.weight, catalogue.name.upper()))
    return Registry(enabled, settings.weights(), accesses), remotes
