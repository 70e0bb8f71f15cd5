"""Which works of a series or an author are wanted."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.model import Model


class FollowMode(StrEnum):
    """Which works of a series or an author become missing books."""

    ALL = "all"
    """Everything that the library lacks."""
    FROM_NOW_ON = "from_now_on"
    """Only works released after the day on which a person began to follow. Works without a date are not wanted."""
    NONE = "none"
    """Nothing."""
    AUTOMATIC = "automatic"
    """Authors only: everything while the library has enough books by them (`AUTHOR_MIN_BOOKS`), otherwise nothing."""


SeriesFollow = Literal["all", "from_now_on", "none"]
AuthorFollow = Literal["automatic", "all", "from_now_on", "none"]

FollowedFrom = Annotated[
    date | None,
    Field(description="in the mode `from_now_on`, only works released after this day are wanted"),
]
UpcomingCount = Annotated[int, Field(description="announced works that become missing books on their release date")]

MOST_TITLES = 50


class FollowEffect(Model):
    """What changes if a series or an author is followed in another mode."""

    closes: int = Field(description="missing books that are not wanted any more")
    closed_titles: list[str] = Field([], description=f"the titles of the first {MOST_TITLES} of them")
    downloading: int = Field(0, description="missing books that would be closed, but are being downloaded and stay")
    opens: int = Field(0, description="listed works that are only left out because of the present mode")
    opened_titles: list[str] = Field([], description=f"the titles of the first {MOST_TITLES} of them")
    compares: bool = Field(
        False, description="the lists of the providers are compared again, which may find more missing books"
    )


class PreviewFollow(Request[FollowEffect]):
    """Get what would change if a series or an author were followed in a mode. It changes nothing."""

    subject: ClassVar[str] = "rpc.library.preview_follow"
    of: BibliographyOf
    id: UUID
    follow: FollowMode
