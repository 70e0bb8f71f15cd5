"""A stand-in for Open Library."""

from sandbox.providers.openlibrary.app import create
from sandbox.providers.stand_in import ProviderStandIn

OPENLIBRARY = ProviderStandIn(
    "openlibrary",
    18088,
    create,
    "OPENLIBRARY_URL",
    {"OPENLIBRARY_INTERVAL": "0", "OPENLIBRARY_PER_DAY": "1000000"},
    lists="print",
)

__all__ = ["OPENLIBRARY", "create"]
