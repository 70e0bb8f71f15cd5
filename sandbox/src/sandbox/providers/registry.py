"""The table of the providers that have a stand-in: one folder next to this file, and one line here, for each."""

from sandbox.providers.audible import AUDIBLE
from sandbox.providers.audnexus import AUDNEXUS
from sandbox.providers.custom import CUSTOM
from sandbox.providers.goodreads import GOODREADS
from sandbox.providers.google import GOOGLE
from sandbox.providers.hardcover import HARDCOVER
from sandbox.providers.openlibrary import OPENLIBRARY
from sandbox.providers.stand_in import ProviderStandIn

PROVIDERS: tuple[ProviderStandIn, ...] = (
    AUDIBLE,
    HARDCOVER,
    GOOGLE,
    AUDNEXUS,
    OPENLIBRARY,
    GOODREADS,
    CUSTOM,
)

CATALOGUES = tuple(name for each in PROVIDERS for name in each.served())
"""The names of the catalogues that a world may have."""
