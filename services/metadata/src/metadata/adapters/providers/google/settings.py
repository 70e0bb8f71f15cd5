"""The settings of Google Books."""

from typing import ClassVar

from pydantic import BaseModel, Field, SecretStr
from shared.chassis.setting_groups import Group
from shared.translatable import translatable

from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.domain.providers import Access, Budget

PER_MINUTE, PER_DAY = 100, 1_000
"""Google's default limits for one key of the Books API."""
BURST = 5
"""Its limit is that of a minute, so a few requests of a person may follow each other."""


class GoogleSettings(BaseModel):
    """The address, the key, the budget, and the country whose books are listed."""

    group: ClassVar = Group("google", "Google Books")

    google_url: str = Field(
        "https://www.googleapis.com",
        pattern=ADDRESS,
        description="the address of Google Books",
        examples=["https://www.googleapis.com"],
    )
    google_key: SecretStr | None = Field(
        None,
        description="an API key of Google with the Books API; without it Google Books is not used",
        examples=["AIza…"],
    )
    google_without_key: bool = Field(
        False,
        description="true: use Google Books without a key, from a quota that is shared by everybody and mostly used up",
        examples=["true"],
    )
    google_country: str = Field(
        "US",
        pattern="^[A-Z]{2}$",
        description="the country whose books Google lists; without one it refuses addresses that it cannot locate",
        examples=["DE"],
    )
    google_series: bool = Field(
        False,
        description="true: read the series of a book found by ISBN, with up to two more requests for each, and the "
        "books of a series",
        examples=["true"],
    )
    google_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Google, over all replicas", examples=["1"]
    )
    google_per_day: int = Field(
        PER_DAY,
        ge=1,
        description="requests that may be sent to Google Books in a day, over all replicas",
        examples=["1000"],
    )


def access(settings: GoogleSettings) -> Access:
    """The address, the budget and the key, which is sent as a header so that no address contains it."""
    key = settings.google_key.get_secret_value().strip() if settings.google_key else ""
    return Access(
        settings.google_url,
        Budget(settings.google_interval, BURST, PER_MINUTE, settings.google_per_day),
        headers={"X-Goog-Api-Key": key} if key else {},
        secret=key,
        key_setting="GOOGLE_KEY",
        lacks=None
        if key or settings.google_without_key
        else translatable("systems.not_set", "GOOGLE_KEY is not set", setting="GOOGLE_KEY"),
        required=False,
    )
