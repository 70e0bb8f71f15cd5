"""Audible's catalogue of audiobooks."""

from metadata.adapters.providers.audible.client import NAME, Audible
from metadata.adapters.providers.audible.settings import AudibleSettings, access
from metadata.adapters.providers.provider_kind import ProviderKind

AUDIBLE = ProviderKind(NAME, 1.0, AudibleSettings, access, lambda client, _settings: Audible(client))
