"""Audible's catalogue of audiobooks."""

from metadata.adapters.providers.audible.market import NAME
from metadata.adapters.providers.audible.settings import AudibleSettings, access, catalogue
from metadata.adapters.providers.provider_kind import ProviderKind

AUDIBLE = ProviderKind(NAME, 1.0, AudibleSettings, access, catalogue)
