"""A stand-in for the suggestions of Goodreads' search field and the feeds of its shelves."""

from sandbox.providers.goodreads.app import create
from sandbox.providers.stand_in import ProviderStandIn

GOODREADS = ProviderStandIn(
    "goodreads",
    18084,
    create,
    "GOODREADS_URL",
    {"GOODREADS_INTERVAL": "0", "GOODREADS_PER_DAY": "1000000"},
    lists="print",
)

__all__ = ["GOODREADS", "create"]
