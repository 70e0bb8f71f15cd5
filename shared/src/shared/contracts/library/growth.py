"""What the library was on each day."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Request
from shared.contracts.model import Model


class LibraryDay(Model):
    """The library at the end of a day, or now for today."""

    day: date
    books: int = Field(description="active books")
    complete: int = Field(description="books that have every field that any book should have")
    missing: int = Field(description="books that are missing and not ignored")
    size_bytes: int
    duration_seconds: float


class Growth(Model):
    """The library over time, oldest first. A day on which nothing was recorded has no entry."""

    days: list[LibraryDay]


class GetGrowth(Request[Growth]):
    """Get what the library was on each of the last days, and what it is today."""

    subject: ClassVar[str] = "rpc.library.get_growth"
    days: int = Field(365, ge=1, le=3_650)
