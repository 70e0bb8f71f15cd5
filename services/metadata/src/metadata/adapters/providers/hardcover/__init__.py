"""Hardcover's catalogue of books, editions, series and authors."""

from metadata.adapters.providers.hardcover.client import NAME, Hardcover
from metadata.adapters.providers.hardcover.settings import HardcoverSettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

HARDCOVER = ProviderKind(NAME, 0.9, HardcoverSettings, access, lambda client, _settings: Hardcover(client))
