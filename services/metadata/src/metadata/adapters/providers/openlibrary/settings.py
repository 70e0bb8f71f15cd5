"""The settings of Open Library."""

from typing import ClassVar

from pydantic import BaseModel, Field
from shared.chassis.http import USER_AGENT
from shared.chassis.setting_groups import Group

from metadata.adapters.providers.provider_kind import ADDRESS
from metadata.domain.providers import Access, Budget

PER_DAY = 2_000
"""Our own limit. Open Library asks those who need more to use its dumps."""


class OpenLibrarySettings(BaseModel):
    """The address, the budget, and whom Open Library may contact."""

    group: ClassVar = Group("openlibrary", "Open Library")

    openlibrary_url: str = Field(
        "https://openlibrary.org",
        pattern=ADDRESS,
        description="the address of Open Library, which is used only if PROVIDERS lists openlibrary",
        examples=["https://openlibrary.org"],
    )
    openlibrary_contact: str | None = Field(
        None,
        pattern=r"^[!-'*-~]{3,100}$",
        description="an e-mail address or URL of yours, sent to Open Library in the User-Agent as it asks for",
        examples=["reader@example.org"],
    )
    openlibrary_interval: float = Field(
        1.0,
        ge=0,
        le=3600,
        description="seconds between two requests to Open Library, over all replicas",
        examples=["1"],
    )
    openlibrary_per_day: int = Field(
        PER_DAY, ge=1, description="requests that may be sent to Open Library in a day, over all replicas",
        examples=["2000"],
    )  # fmt: skip


def access(settings: OpenLibrarySettings) -> Access:
    """The address, the budget, and a User-Agent that names the program and the contact. No credentials are needed."""
    contact = f" ({settings.openlibrary_contact})" if settings.openlibrary_contact else ""
    return Access(
        settings.openlibrary_url,
        Budget(settings.openlibrary_interval, per_day=settings.openlibrary_per_day),
        headers={"User-Agent": f"{USER_AGENT}{contact}"},
        required=False,
    )
