"""A stand-in for servers that speak Audiobookshelf's protocol of custom metadata providers."""

from functools import partial

from sandbox.providers.custom.app import CATALOGUES, create
from sandbox.providers.stand_in import ProviderStandIn
from sandbox.world import World

AUTHORIZATION = "sandbox-custom-provider"


def addresses(world: World, address: str) -> str:
    """`CUSTOM_PROVIDERS` with the catalogues that the world has."""
    return ",".join(f"{name}={address}/{name}" for name in CATALOGUES if world.providers.get(name))


def keys() -> str:
    """`CUSTOM_PROVIDER_KEYS` for all catalogues."""
    return ",".join(f"{name}={AUTHORIZATION}" for name in CATALOGUES)


CUSTOM = ProviderStandIn(
    "custom",
    18085,
    partial(create, authorization=AUTHORIZATION),
    "CUSTOM_PROVIDERS",
    {
        "CUSTOM_PROVIDER_KEYS": keys(),
        "CUSTOM_PROVIDERS_INTERVAL": "0",
        "CUSTOM_PROVIDERS_PER_DAY": "1000000",
    },
    catalogues={"kindle": "print", "audioteka": "audio", "lubimyczytac": "audio"},
    address_text=addresses,
)

__all__ = ["AUTHORIZATION", "CATALOGUES", "CUSTOM", "create"]
