"""Google Books: printed books and e-books, by title and ISBN."""

from metadata.adapters.providers.google.client import GoogleBooks
from metadata.adapters.providers.google.errors import NAME
from metadata.adapters.providers.google.settings import GoogleSettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

GOOGLE = ProviderKind(
    NAME,
    1.0,
    GoogleSettings,
    access,
    lambda client, settings: GoogleBooks(client, settings.google_country, with_series=settings.google_series),
)
