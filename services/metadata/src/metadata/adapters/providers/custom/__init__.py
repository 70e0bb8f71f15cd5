"""Any server that speaks Audiobookshelf's protocol of custom metadata providers."""

from metadata.adapters.providers.custom.settings import CustomSettings, members
from metadata.adapters.providers.provider_kind import ProviderFamily

CUSTOM = ProviderFamily("custom", CustomSettings, members)
