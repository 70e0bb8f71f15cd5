"""Series of the library, and how complete they are."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.library.entered_values import Name
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


class SeriesEntry(BaseModel):
    """A series to be watched although the library may have no book of it yet."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Oz", "authors": ["L. Frank Baum"]}]})

    name: Name
    authors: Annotated[list[Name], Field(min_length=1, max_length=20)]
    monitored: bool = True


class CreateSeries(Request[Series]):
    """Enter a series. Refused when these authors have one of this name."""

    subject: ClassVar[str] = "rpc.library.create_series"
    not_twice: ClassVar[bool] = True
    entry: SeriesEntry


class SeriesUpdate(BaseModel):
    """What is given is set. The name only of a series entered by hand."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"monitored": False}]})

    name: Name | None = None
    monitored: bool | None = None


class UpdateSeries(Request[Series]):
    """Watch a series for gaps or not, or name one that was entered by hand."""

    subject: ClassVar[str] = "rpc.library.update_series"
    id: SeriesId
    update: SeriesUpdate


class DeleteSeries(Request[Series]):
    """Forget a series without books, and what is missing of it. Refused while there are books."""

    subject: ClassVar[str] = "rpc.library.delete_series"
    id: SeriesId
