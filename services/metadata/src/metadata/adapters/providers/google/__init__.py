"""Google Books: printed books and e-books, by title and ISBN, and with a setting their series."""

from metadata.adapters.providers.google.client import GoogleBooks
from metadata.adapters.providers.google.errors import NAME
from metadata.adapters.providers.google.series import GoogleBooksWithSeries
from metadata.adapters.providers.google.settings import GoogleSettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

GOOGLE = ProviderKind(
    NAME,
    1.0,
    GoogleSettings,
    access,
    lambda client, settings: (GoogleBooksWithSeries if settings.google_series else GoogleBooks)(
        client, settings.google_country
    ),
)
