"""A stand-in for the GraphQL API of Hardcover."""

from functools import partial

from sandbox.providers.hardcover.app import create
from sandbox.providers.stand_in import ProviderStandIn

TOKEN = "hc_pat_sandbox"  # noqa: S105 - it only works for the sandbox
HARDCOVER = ProviderStandIn(
    "hardcover",
    18083,
    partial(create, token=TOKEN),
    "HARDCOVER_URL",
    {"HARDCOVER_TOKEN": TOKEN, "HARDCOVER_INTERVAL": "0", "HARDCOVER_PER_DAY": "1000000"},
)

__all__ = ["HARDCOVER", "create"]
