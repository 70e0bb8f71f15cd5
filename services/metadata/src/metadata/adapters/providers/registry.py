"""The table of the known providers.

A provider is one folder next to this file, which exports a `ProviderKind`, and one line in this table. A protocol of
which a person can use several servers exports a `ProviderFamily` instead. Everything else that depends on the provider
follows from it: settings, `.env.example`, `docker-compose.yml`, the weights, the rate limit, the cache, the check of
the integration and the quota.
"""

from metadata.adapters.providers.audible import AUDIBLE
from metadata.adapters.providers.audnexus import AUDNEXUS
from metadata.adapters.providers.custom import CUSTOM
from metadata.adapters.providers.goodreads import GOODREADS
from metadata.adapters.providers.google import GOOGLE
from metadata.adapters.providers.hardcover import HARDCOVER
from metadata.adapters.providers.openlibrary import OPENLIBRARY
from metadata.adapters.providers.provider_kind import AnyProviderKind

PROVIDERS: tuple[AnyProviderKind, ...] = (
    AUDIBLE,
    HARDCOVER,
    GOOGLE,
    AUDNEXUS,
    OPENLIBRARY,
    GOODREADS,
    CUSTOM,
)
"""Every known provider, in the default order of the setting `PROVIDERS`."""
