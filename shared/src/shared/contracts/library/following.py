"""Which works of a series or an author are wanted."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field


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
