"""A stand-in for Google Books."""

from functools import partial

from sandbox.providers.google.app import create
from sandbox.providers.stand_in import ProviderStandIn

KEY = "sandbox-google-key"
GOOGLE = ProviderStandIn(
    "google",
    18087,
    partial(create, key=KEY),
    "GOOGLE_URL",
    {"GOOGLE_INTERVAL": "0", "GOOGLE_PER_DAY": "1000000"},
    lists="print",
    all_abilities={"GOOGLE_KEY": KEY, "GOOGLE_SERIES": "true"},
)

__all__ = ["GOOGLE", "create"]
