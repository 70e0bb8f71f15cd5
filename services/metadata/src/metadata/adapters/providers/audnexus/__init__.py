"""Audnexus: Audible's books by ASIN, with their chapters."""

from metadata.adapters.providers.audnexus.client import NAME, Audnexus
from metadata.adapters.providers.audnexus.settings import AudnexusSettings, access, catalogue
from metadata.adapters.providers.provider_kind import ProviderKind

AUDNEXUS = ProviderKind(NAME, 0.9, AudnexusSettings, access, catalogue)

__all__ = ["AUDNEXUS", "Audnexus"]
