"""How Audible is reached."""

from metadata.domain.providers import Access
from metadata.settings import MetadataSettings


def access(settings: MetadataSettings) -> Access:
    """The address and interval from the settings."""
    return Access(settings.audible_url, settings.audible_interval)
