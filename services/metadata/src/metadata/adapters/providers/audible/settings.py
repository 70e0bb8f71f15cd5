"""The settings of Audible."""

from pydantic import BaseModel, Field

from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.domain.providers import Access, Budget


class AudibleSettings(BaseModel):
    """The marketplace and the interval."""

    audible_url: str = Field(
        "https://api.audible.com",
        pattern=ADDRESS,
        description="the address of Audible's catalogue; its domain selects the marketplace",
        examples=["https://api.audible.co.uk"],
    )
    audible_interval: float = Field(
        1.0, ge=0, le=3600, description="seconds between two requests to Audible, over all replicas", examples=["1"]
    )


def access(settings: AudibleSettings) -> Access:
    """The address and the budget. The catalogue needs no credentials."""
    return Access(settings.audible_url, Budget(settings.audible_interval))
