"""Open Library: works and printed editions, by title, ISBN and author."""

from metadata.adapters.providers.openlibrary.client import NAME, OpenLibrary
from metadata.adapters.providers.openlibrary.settings import OpenLibrarySettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

OPENLIBRARY = ProviderKind(
    NAME, 0.5, OpenLibrarySettings, access, lambda client, _settings: OpenLibrary(client), listed_by_default=False
)
