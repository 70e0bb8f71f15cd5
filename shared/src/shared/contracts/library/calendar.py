"""The calendar: works of followed series and authors by release date."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.library.work_lists import EntryState
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import BookId, Day, MissingBookId

LONGEST_PERIOD_DAYS = 1_100
DAYS_BACK, DAYS_AHEAD = 30, 366


class CalendarEntry(Model):
    """A work that is or was released on a day."""

    id: UUID = Field(description="stays the same when the date changes")
    date: date
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: str | None = None
    place: str | None = None
    state: EntryState
    why: str
    series_id: UUID | None = Field(None, description="the followed series that lists it")
    author_id: UUID | None = Field(None, description="the followed author whose list contains it")
    book_id: BookId | None = None
    missing_book_id: MissingBookId | None = None


class GetCalendar(Request[list[CalendarEntry]]):
    """Get the works of followed series and authors that are released from `first` to `last`, both included.

    By default from 30 days ago to a year after today, or after `first` if that is later.
    """

    subject: ClassVar[str] = "rpc.library.get_calendar"
    first: Day | None = None
    last: Day | None = None
    state: EntryState | None = None
