"""Series of the library, and how complete they are."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.message import Command, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import Moment, RunId, SeriesId, Words


class CompletionStatus(StrEnum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class Series(BaseModel):
    """A named ordered set of works, as far as it is known."""

    id: SeriesId
    name: str
    authors: list[str] = []
    owned: int
    missing: int
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    monitored: bool = True
    last_checked_at: Moment | None = None
    last_check_problem: str | None = None


class ListSeries(Request[Page[Series]]):
    """Series of the library."""

    subject: ClassVar[str] = "rpc.library.list_series"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "name"
    completion_status: CompletionStatus | None = None
    author: Words | None = None
    author_id: UUID | None = None
    monitored: bool | None = None


class SearchSeries(Request[Page[Series]]):
    """Series by name, the best first. Typos, accents and the order of words do not matter."""

    subject: ClassVar[str] = "rpc.library.search_series"
    query: Words = Field(examples=["oz"])
    limit: Limit = 50
    offset: Offset = 0


class GetSeries(Request[Series]):
    """One series."""

    subject: ClassVar[str] = "rpc.library.get_series"
    id: SeriesId


class FindSeriesGaps(Command):
    """Compare monitored series with their full list; all that are due, or those named."""

    subject: ClassVar[str] = "cmd.library.find_series_gaps"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    series_ids: list[UUID] | None = None
    dry_run: DryRun = False
