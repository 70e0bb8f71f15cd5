"""The table of the providers that have a stand-in: one folder next to this file, and one line here, for each."""

from sandbox.providers.audible import AUDIBLE
from sandbox.providers.audnexus import AUDNEXUS
from sandbox.providers.hardcover import HARDCOVER
from sandbox.providers.stand_in import ProviderStandIn

PROVIDERS: tuple[ProviderStandIn, ...] = (
    AUDIBLE,
    HARDCOVER,
    AUDNEXUS,
)
