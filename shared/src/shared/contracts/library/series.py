"""Series of the library and their completeness."""

from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.library.entered_values import Name
from shared.contracts.library.following import FollowedFrom, FollowMode, SeriesFollow, UpcomingCount
from shared.contracts.library.letters import ByName, Letters
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import Flag, Moment, RunId, SeriesId, Words


class CompletionStatus(StrEnum):
    """How much is owned: partial from 50 %, incomplete below, unknown before the first comparison."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    INCOMPLETE = "incomplete"
    UNKNOWN = "unknown"


class Series(Model):
    """A named, ordered set of works, as far as it is known."""

    id: SeriesId
    name: str
    authors: list[str] = []
    owned: int
    missing: int = Field(description="works that a search for wanted books would search or is downloading")
    upcoming: UpcomingCount = 0
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    follow: FollowMode = FollowMode.ALL
    follow_from: FollowedFrom = None
    monitored: bool = Field(True, description="whether `follow` is not `none`")
    merged_into: UUID | None = Field(None, description="a person merged it into this series, so it is not listed")
    last_checked_at: Moment | None = None
    last_check_problem: str | None = None


class SeriesFilters(Model):
    """Which series are listed."""

    completion_status: CompletionStatus | None = None
    author: Words | None = None
    author_id: UUID | None = None
    monitored: bool | None = None


class ListSeries(SeriesFilters, Request[Page[Series]]):
    """List the series of the library."""

    subject: ClassVar[str] = "rpc.library.list_series"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "name"


class ListSeriesLetters(SeriesFilters, Request[Letters]):
    """List where each first letter begins in the list of series with these filters, sorted by name."""

    subject: ClassVar[str] = "rpc.library.list_series_letters"
    sort: ByName = "name"


class SearchSeries(Request[Page[Series]]):
    """Search series by name, best match first. Typos, accents and word order do not matter."""

    subject: ClassVar[str] = "rpc.library.search_series"
    query: Words = Field(examples=["oz"])
    limit: Limit = 50
    offset: Offset = 0


class GetSeries(Request[Series]):
    """Get one series."""

    subject: ClassVar[str] = "rpc.library.get_series"
    id: SeriesId


class FindSeriesGaps(Command):
    """Compare followed series with their bibliographies: those listed, or all with enough books."""

    subject: ClassVar[str] = "cmd.library.find_series_gaps"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    series_ids: list[UUID] | None = None
    dry_run: DryRun = False


class SeriesEntry(Model):
    """A series to monitor. The library need not contain a book of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Oz", "authors": ["L. Frank Baum"]}]})

    name: Name
    authors: Annotated[list[Name], Field(min_length=1, max_length=20)]
    monitored: Flag = Field(True, description="false is the same as `follow: none`")
    follow: SeriesFollow | None = Field(None, description="overrides `monitored`")


class CreateSeries(Request[Series]):
    """Add a series. Refused when these authors have a series of this name."""

    subject: ClassVar[str] = "rpc.library.create_series"
    not_repeatable: ClassVar[bool] = True
    entry: SeriesEntry


class SeriesUpdate(Model):
    """Changes to a series; fields that are left out do not change. Only a series added by hand can be renamed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"follow": "from_now_on"}, {"monitored": False}]})

    name: Name | None = None
    monitored: Flag | None = Field(None, description="false: `follow` becomes `none`; true: a mode other than `none`")
    follow: SeriesFollow | None = Field(None, description="overrides `monitored`")


class UpdateSeries(Request[Series]):
    """Change which works of a series are wanted, or rename one that was added by hand."""

    subject: ClassVar[str] = "rpc.library.update_series"
    id: SeriesId
    update: SeriesUpdate


class DeleteSeries(Request[Series]):
    """Delete a series and its missing books. Refused while the library contains books of it."""

    subject: ClassVar[str] = "rpc.library.delete_series"
    id: SeriesId
