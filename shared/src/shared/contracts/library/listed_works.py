"""Works that a list outside the library names: what the library knows of them, and which of them it lacks."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.translatable import Translatables
from shared.contracts.values import MissingBookId, MissingReason, SeriesPlace

Text = Annotated[str, StringConstraints(max_length=500)]
MOST_WORKS = 500


class WorkState(StrEnum):
    """What the library knows of a work."""

    OWNED = "owned"
    MAYBE_OWNED = "maybe_owned"
    WANTED = "wanted"
    DOWNLOADING = "downloading"
    IGNORED = "ignored"
    WAS_OWNED = "was_owned"
    LEFT_OUT = "left_out"
    """It is no gap: another language, a box set, an excerpt and the like."""
    ABSENT = "absent"


class ListedWork(Model):
    """A work as a list names it."""

    title: Text
    authors: list[Text] = Field([], max_length=100)
    narrators: list[Text] = Field([], max_length=100)
    series: list[SeriesPlace] = Field([], max_length=30)
    isbn: Text | None = None
    asin: Text | None = None
    language: Text | None = None
    published: date | None = None
    seeders: int | None = Field(None, description="null: the list does not say")
    sure: bool = Field(
        False, description="a person wants it: it is added even if an owned book may be it, or if it would be left out"
    )


class KnownWork(Model):
    """What the library knows of one work. `words` says why, if it is not obvious."""

    state: WorkState
    words: str = ""
    book_id: UUID | None = None
    missing_book_id: UUID | None = None
    translatable: Translatables = {}


class LookUpWorks(Request[list[KnownWork]]):
    """Get what the library knows of these works, in their order. It changes nothing."""

    subject: ClassVar[str] = "rpc.library.look_up_works"
    timeout_seconds: ClassVar[float] = 30.0
    works: list[ListedWork] = Field(max_length=MOST_WORKS)


class AddedWork(KnownWork):
    """What the library knew of one work, and whether it is a missing book because of this request."""

    added: bool = False


class AddListedWorks(Request[list[AddedWork]]):
    """Make missing books of the works that the library lacks. The same request adds nothing the second time.

    Of the works that it adds, the first `max_automatic` with at least `min_seeders` may be downloaded without a
    person's approval where the settings allow it; the others need an approval. A person's list (`list`) also decides
    this for open missing books that it named before, and for those of top lists; with `max_automatic` above 0 for gaps
    of series and authors too.
    """

    subject: ClassVar[str] = "rpc.library.add_listed_works"
    timeout_seconds: ClassVar[float] = 30.0
    works: list[ListedWork] = Field(max_length=MOST_WORKS)
    source: Text = Field(description="the list that names them", examples=["MAM top list Fantasy"])
    reason: Literal[MissingReason.TOP10, MissingReason.LIST] = MissingReason.TOP10
    priority: int = Field(10, ge=0, le=100, description="of the missing books; the gaps of authors begin at 20")
    max_automatic: int = Field(0, ge=0)
    min_seeders: int = Field(0, ge=0)
    dry_run: bool = False


class ListedPlace(Model):
    """A series and the sequence in it, as a list names them."""

    name: Text
    sequence: Text | None = None


class WantWork(Request[AddedWork]):
    """Make a missing book of one work because a person wants it, and let it be downloaded without another approval.

    Unlike a work of a list, it is added even if an owned book may be it, or if it would be left out. Nothing is added
    if the library owns it, wants it already, or a person ignored it: then the answer names that book.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"title": "The Marvelous Land of Oz", "authors": ["L. Frank Baum"]}]}
    )

    subject: ClassVar[str] = "rpc.library.want_work"
    timeout_seconds: ClassVar[float] = 30.0
    title: Annotated[Text, Field(min_length=1)]
    authors: list[Text] = Field(min_length=1, max_length=100)
    narrators: list[Text] = Field([], max_length=100)
    series: list[ListedPlace] = Field([], max_length=30)
    isbn: Text | None = None
    asin: Text | None = None
    language: Text | None = None
    found_in: Text = Field("a person's request", description="where the person found it", examples=["the top list"])


class WithdrawListedWorks(Request[list[UUID]]):
    """Close missing books that a list no longer names, and return the ids of the closed ones.

    Only missing books of the reason `list` are closed, and none whose download has begun. One that is listed again is
    opened again.
    """

    subject: ClassVar[str] = "rpc.library.withdraw_listed_works"
    timeout_seconds: ClassVar[float] = 30.0
    missing_book_ids: list[MissingBookId] = Field(max_length=MOST_WORKS)
    source: Text = Field(description="the list that named them")
    dry_run: bool = False
