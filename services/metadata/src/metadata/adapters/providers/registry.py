"""The providers that the settings name, in their order."""

from dataclasses import dataclass

import httpx
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.http import Remote

from metadata.adapters.postgres.answer_cache import RememberedAnswers
from metadata.adapters.postgres.rate_limiter import LineRules, ProviderLine
from metadata.adapters.providers.audible.client import Audible
from metadata.adapters.providers.caching_provider import RememberingProvider
from metadata.adapters.providers.hardcover.client import Hardcover
from metadata.adapters.providers.request import Asking
from metadata.domain.providers import Access, EnabledProvider, Registry
from metadata.settings import MetadataSettings

HARDCOVER_PER_MINUTE, HARDCOVER_PER_DAY = 60, 5_000
"""Hardcover's limits of requests for one token, as its documentation of the API names them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the providers are built with. `transports` replaces the network, by provider."""

    transaction: Transactions[Transaction]
    clock: Clock
    transports: dict[str, httpx.AsyncBaseTransport]


def access(settings: MetadataSettings) -> dict[str, Access]:
    """How each known provider is reached; a missing token names the setting that brings it."""
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


def registry(settings: MetadataSettings, around: Surroundings) -> tuple[Registry, list[Remote]]:
    """The providers, and the connections that have to be closed at the end."""
    memory = RememberedAnswers(around.transaction, around.clock)
    enabled: list[EnabledProvider] = []
    remotes: list[Remote] = []
    ways = access(settings)
    for each in settings.weights():
        way = ways[each.provider]
        if way.lacks:
            continue
        remote = Remote(
            each.provider,
            way.address,
            headers={"Authorization": f"Bearer {way.token}"} if way.token else {},
            transport=around.transports.get(each.provider),
        )
        remotes.append(remote)
        rules = LineRules(each.provider, way.seconds_between, way.address, way.token)
        asking = Asking(remote, ProviderLine(around.transaction, rules, around.clock))
        client = Audible(asking) if each.provider == "audible" else Hardcover(asking)
        remembering = RememberingProvider(client, way.address, memory)
        enabled.append(EnabledProvider(remembering, each.weight, client.name.upper()))
    return Registry(enabled, settings.weights(), ways), remotes
