"""Goodreads, as far as it answers without a challenge: the suggestions of its search field."""

from metadata.adapters.providers.goodreads.client import NAME, Goodreads
from metadata.adapters.providers.goodreads.settings import GoodreadsSettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

GOODREADS = ProviderKind(
    NAME, 0.8, GoodreadsSettings, access, lambda client, _settings: Goodreads(client), listed_by_default=False
)
