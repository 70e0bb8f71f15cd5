"""Authors of the library."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.contracts.library.entered_values import Name
from shared.contracts.library.following import AuthorFollow, FollowedFrom, FollowMode, UpcomingCount
from shared.contracts.library.letters import ByName, Letters
from shared.contracts.library.series import CompletionStatus
from shared.contracts.message import Command, Request
from shared.contracts.model import Model
from shared.contracts.page import AnyOf, Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import AuthorId, Flag, Moment, RunId, Words


class Author(Model):
    """An author of at least one book of the library."""

    id: AuthorId
    name: str
    followed: bool = Field(False, description="whether `follow` is `all` or `from_now_on`")
    follow: FollowMode = FollowMode.AUTOMATIC
    follow_from: FollowedFrom = None
    owned: int
    missing: int = Field(description="works that a search for wanted books would search or is downloading")
    upcoming: UpcomingCount = 0
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    last_checked_at: Moment | None = None
    last_check_problem: str | None = None


class AuthorFilters(Model):
    """Which authors are listed."""

    followed: bool | None = None
    follow: AnyOf[FollowMode] = []
    completion_status: CompletionStatus | None = None


class ListAuthors(AuthorFilters, Request[Page[Author]]):
    """List the authors of the library."""

    subject: ClassVar[str] = "rpc.library.list_authors"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "name"


class ListAuthorLetters(AuthorFilters, Request[Letters]):
    """List where each first letter begins in the list of authors with these filters, sorted by name."""

    subject: ClassVar[str] = "rpc.library.list_author_letters"
    sort: ByName = "name"


class SearchAuthors(Request[Page[Author]]):
    """Search authors by name, best match first. Typos, accents and word order do not matter."""

    subject: ClassVar[str] = "rpc.library.search_authors"
    query: Words = Field(examples=["bamu frank"])
    limit: Limit = 50
    offset: Offset = 0


class GetAuthor(Request[Author]):
    """Get one author."""

    subject: ClassVar[str] = "rpc.library.get_author"
    id: AuthorId


class KnownAuthor(Model):
    """What the library has of the author with a name."""

    name: str = Field(description="the name that was looked up")
    author_id: UUID | None = Field(None, description="null: the library does not know the author")
    owned: int = Field(0, description="books of the author in the library")


class LookUpAuthors(Request[list[KnownAuthor]]):
    """Get what the library has of the authors with these names, in their order."""

    subject: ClassVar[str] = "rpc.library.look_up_authors"
    names: list[Words] = Field(max_length=100)


class FindAuthorGaps(Command):
    """Compare followed and frequent authors with their bibliographies."""

    subject: ClassVar[str] = "cmd.library.find_author_gaps"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    author_ids: list[UUID] | None = None
    dry_run: DryRun = False


class AuthorEntry(Model):
    """An author to follow. The library need not contain a book by them."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "L. Frank Baum"}]})

    name: Name
    followed: Flag = Field(True, description="true is the same as `follow: all`, false as `follow: automatic`")
    follow: AuthorFollow | None = Field(None, description="overrides `followed`")


class CreateAuthor(Request[Author]):
    """Add an author. Refused when an author of this name exists."""

    subject: ClassVar[str] = "rpc.library.create_author"
    not_repeatable: ClassVar[bool] = True
    entry: AuthorEntry


class AuthorUpdate(Model):
    """Changes to an author; fields that are left out do not change. Only an author added by hand can be renamed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"follow": "from_now_on"}, {"followed": True}]})

    name: Name | None = None
    followed: Flag | None = Field(
        None, description="false: `follow` becomes `automatic`; true: `all`, unless it is `from_now_on`"
    )
    follow: AuthorFollow | None = Field(None, description="overrides `followed`")


class UpdateAuthor(Request[Author]):
    """Change which works of an author are wanted, or rename one that was added by hand."""

    subject: ClassVar[str] = "rpc.library.update_author"
    id: AuthorId
    update: AuthorUpdate


class DeleteAuthor(Request[Author]):
    """Delete an author and their missing books. Refused while the library contains books by them."""

    subject: ClassVar[str] = "rpc.library.delete_author"
    id: AuthorId


class AuthorStatistics(Model):
    """The statistics of one author."""

    owned: int
    missing: int
    total: int | None = None
    completion_percent: float | None = None
    duration_seconds: float = Field(description="playing time of all owned books")
    size_bytes: int
    formats: dict[str, int] = Field(description="books by file format", examples=[{"m4b": 12, "mp3": 3}])


class GetAuthorStatistics(Request[AuthorStatistics]):
    """Get the statistics of one author: owned and missing books, playing time, size and formats."""

    subject: ClassVar[str] = "rpc.library.get_author_statistics"
    id: AuthorId
