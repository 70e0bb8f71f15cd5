"""Genres, and the most popular releases of a week in each."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field

from shared.contracts.library.listed_works import WorkState
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.runs import DryRun
from shared.contracts.translatable import Translatables
from shared.contracts.values import Flag, Moment, RunId, SeriesPlace, Whole, Words

TopCount = Annotated[Whole, Field(ge=1, le=50, description="number of entries of its top list")]
MinSeeders = Annotated[Whole, Field(ge=0, le=100_000, description="minimum number of seeders of an entry")]


class Genre(Model):
    """A genre of audiobooks, and whether its top list is read."""

    name: str
    enabled: bool
    top10_count: TopCount
    min_seeders: MinSeeders
    category_ids: list[int] = Field([], description="ids of its older categories at MyAnonamouse")
    new_category_ids: list[int] = Field([], description="ids of its newer categories at MyAnonamouse")


class GenreUpdate(Model):
    """Changes to a genre; fields that are left out or null do not change."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"enabled": True, "top10_count": 10}]})

    enabled: Flag | None = None
    top10_count: TopCount | None = None
    min_seeders: MinSeeders | None = None


class ListGenres(Request[list[Genre]]):
    """List all genres by name."""

    subject: ClassVar[str] = "rpc.mam.list_genres"


class UpdateGenre(Request[Genre]):
    """Change a genre."""

    subject: ClassVar[str] = "rpc.mam.update_genre"
    name: Words
    update: GenreUpdate


class TopListSource(StrEnum):
    """Where a top list was read."""

    SEARCH = "search"
    """A search of the site: the releases that were added within a week."""
    PAGE = "page"
    """The page of the site with its top list."""
    CATALOGUE = "catalogue"
    """The external catalogue `TOP_LISTS_URL`."""


class TopListEntry(Model):
    """One book of a top list. Fields of the release are null if the list does not name one."""

    rank: int
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    release_id: str | None = Field(None, description="id of the release at MyAnonamouse")
    size_bytes: int | None = None
    seeders: int | None = None
    snatches: int | None = None
    freeleech: bool | None = None
    vip: bool | None = None
    published_at: Moment | None = None
    left_out_because: str = Field("", description="why it is never added to the missing books; empty: it may be")
    state: WorkState | None = Field(None, description="what the library knows of the book; null: unknown")
    state_because: str = ""
    book_id: str | None = None
    missing_book_id: str | None = None


class TopList(Model):
    """The top list of one genre for the seven days before it was read."""

    genre: str
    source: TopListSource
    week_from: Moment
    read_at: Moment
    entries: list[TopListEntry]


class WeeklyTopLists(Model):
    """The top lists of the enabled genres. `problems` says what could not be read or looked up, and why."""

    lists: list[TopList] = []
    problems: list[str] = []
    translatable: Translatables = {}


class GetWeeklyTopLists(Request[WeeklyTopLists]):
    """Get the top lists of the enabled genres, with what the library knows of each book.

    A list older than `max_age_seconds` is read again, as far as the time allows; the others are stored ones.
    """

    subject: ClassVar[str] = "rpc.mam.get_weekly_top_lists"
    timeout_seconds: ClassVar[float] = 75.0
    genre: Words | None = Field(None, description="only this genre, even if it is not enabled")
    max_age_seconds: int = Field(86_400, ge=0, le=31 * 86_400, description="maximum age of a list")


class DiscoverTopLists(Command):
    """Read the top lists of the enabled genres, and make missing books of what the library lacks."""

    subject: ClassVar[str] = "cmd.mam.discover_top_lists"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    genres: list[Words] | None = Field(None, max_length=100, description="only these genres")
    dry_run: DryRun = False
