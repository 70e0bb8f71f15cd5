"""The table of the known providers.

A provider is one folder next to this file, which exports a `ProviderKind`, and one line in this table. Everything else
that depends on the provider follows from it: settings, `.env.example`, `docker-compose.yml`, the weights, the rate
limit, the cache, the check of the integration and the quota.
"""

from typing import Any

from metadata.adapters.providers.audible import AUDIBLE
from metadata.adapters.providers.audnexus import AUDNEXUS
from metadata.adapters.providers.hardcover import HARDCOVER
from metadata.adapters.providers.provider_kind import ProviderKind

PROVIDERS: tuple[ProviderKind[Any], ...] = (
    AUDIBLE,
    HARDCOVER,
    AUDNEXUS,
)
"""Every known provider, in the default order of the setting `PROVIDERS`."""
