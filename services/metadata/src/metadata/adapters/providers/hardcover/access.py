"""How Hardcover is reached."""

from metadata.domain.providers import Access
from metadata.settings import MetadataSettings

PER_MINUTE, PER_DAY = 60, 5_000
"""Hardcover's request limits for one token, from its API documentation."""


def access(settings: MetadataSettings) -> Access:
    """The address, interval and token from the settings. Without a token, Hardcover is not used."""
    token = settings.hardcover_token.get_secret_value().strip() if settings.hardcover_token else ""
    return Access(
        settings.hardcover_url,
        settings.hardcover_interval,
        token=token.removeprefix("Bearer ").strip(),
        lacks=None if token else "HARDCOVER_TOKEN is not set",
        required=False,
        per_minute=PER_MINUTE,
        per_day=PER_DAY,
    )
