"""Authors of the library."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.library.series import CompletionStatus
from shared.contracts.message import Command, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.runs import DryRun
from shared.contracts.values import AuthorId, Moment, RunId, Words


class Author(BaseModel):
    """An author of at least one book of the library."""

    id: AuthorId
    name: str
    followed: bool = False
    owned: int
    missing: int
    total: int | None = None
    completion_percent: float | None = None
    completion_status: CompletionStatus = CompletionStatus.UNKNOWN
    last_checked_at: Moment | None = None
    last_check_problem: str | None = None


class ListAuthors(Request[Page[Author]]):
    """Authors of the library."""

    subject: ClassVar[str] = "rpc.library.list_authors"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "name"
    followed: bool | None = None
    completion_status: CompletionStatus | None = None


class SearchAuthors(Request[Page[Author]]):
    """Authors by name, the best first. Typos, accents and the order of words do not matter."""

    subject: ClassVar[str] = "rpc.library.search_authors"
    query: Words = Field(examples=["bamu frank"])
    limit: Limit = 50
    offset: Offset = 0


class GetAuthor(Request[Author]):
    """One author."""

    subject: ClassVar[str] = "rpc.library.get_author"
    id: AuthorId


class FindAuthorGaps(Command):
    """Compare followed and frequent authors with their full list of works."""

    subject: ClassVar[str] = "cmd.library.find_author_gaps"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    author_ids: list[UUID] | None = None
    dry_run: DryRun = False
