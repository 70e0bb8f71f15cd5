"""A stand-in for Audnexus."""

from sandbox.providers.audnexus.app import create
from sandbox.providers.stand_in import ProviderStandIn

AUDNEXUS = ProviderStandIn(
    "audnexus",
    18086,
    create,
    "AUDNEXUS_URL",
    {"AUDNEXUS_INTERVAL": "0"},
    all_abilities={"AUDNEXUS_BOOKS": "true"},
)

__all__ = ["AUDNEXUS", "create"]
