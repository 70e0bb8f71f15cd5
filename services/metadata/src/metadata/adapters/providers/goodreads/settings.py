"""The settings of Goodreads."""

from typing import ClassVar

from pydantic import BaseModel, Field
from shared.chassis.setting_groups import Group

from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.domain.providers import Access, Budget


class GoodreadsSettings(BaseModel):
    """The address and the budget, which is low: the site has no API and promises nothing."""

    group: ClassVar = Group("goodreads", "Goodreads")

    goodreads_url: str = Field(
        "https://www.goodreads.com",
        pattern=ADDRESS,
        description="the address of Goodreads, which is used only if PROVIDERS lists goodreads",
        examples=["https://www.goodreads.com"],
    )
    goodreads_interval: float = Field(
        8.0, ge=0, le=3600, description="seconds between two requests to Goodreads, over all replicas", examples=["8"]
    )
    goodreads_per_day: int = Field(
        500, ge=1, description="requests that may be sent to Goodreads in a day, over all replicas", examples=["500"]
    )


def access(settings: GoodreadsSettings) -> Access:
    """The address and the budget. Goodreads offers no credentials to programs."""
    budget = Budget(settings.goodreads_interval, per_day=settings.goodreads_per_day)
    return Access(settings.goodreads_url, budget, headers={"Accept": "application/json"}, required=False)
