"""A stand-in for the unofficial catalogue API of Audible."""

from sandbox.providers.audible.app import create
from sandbox.providers.stand_in import ProviderStandIn

AUDIBLE = ProviderStandIn("audible", 18082, create, "AUDIBLE_URL", {"AUDIBLE_INTERVAL": "0"})

__all__ = ["AUDIBLE", "create"]
