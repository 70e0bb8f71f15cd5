"""The list of works of a series or an author: every work that the providers know, and what the library has of it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.library.absences import AbsenceReason
from shared.contracts.library.following import FollowedFrom, FollowMode
from shared.contracts.message import Request
from shared.contracts.metadata.bibliographies import BibliographyOf, ListSource
from shared.contracts.model import Model
from shared.contracts.page import AnyIdOf, Offset
from shared.contracts.translatable import Translatables
from shared.contracts.values import BookId, MissingBookId, MissingStatus, Moment, Reason

ListLimit = Annotated[int, Field(ge=1, le=200, description="maximum number of items")]


class EntryKind(StrEnum):
    """What kind of work an entry of a list is."""

    PRIMARY = "primary"
    NOVELLA = "novella"
    COLLECTION = "collection"
    ANTHOLOGY = "anthology"
    BOX_SET = "box_set"
    PART = "part"
    COMPANION = "companion"
    SUMMARY = "summary"
    EXCERPT = "excerpt"
    DRAMATIZATION = "dramatization"
    TRANSLATION = "translation"


class EntryState(StrEnum):
    """What the library has of a work."""

    OWNED = "owned"
    IN_OMNIBUS = "in_omnibus"
    """It is part of an owned omnibus or box set."""
    MAYBE_OWNED = "maybe_owned"
    """An owned book may be this work, so it is not searched."""
    WAS_OWNED = "was_owned"
    """The library contained it and it is gone. A person decides whether it is wanted again."""
    MISSING = "missing"
    UPCOMING = "upcoming"
    IGNORED = "ignored"
    NOT_COUNTED = "not_counted"
    """It is no gap; `why` says the reason."""


class NarratedEdition(Model):
    """An audio edition of a work, as a provider lists it."""

    provider: str
    narrators: list[str]
    asin: str | None = None
    language: str | None = None
    duration_minutes: int | None = None
    abridged: bool | None = None


class ListEntry(Model):
    """One work of a list, with the evidence for its kind and its state."""

    id: UUID
    place: str | None = Field(None, description="the position in the series", examples=["3"])
    title: str
    subtitle: str | None = None
    authors: list[str] = []
    kind: EntryKind
    state: EntryState
    why: str = Field(description="the reason for the state, for a person")
    translatable: Translatables = {}
    evidence: list[Reason] = []
    providers: list[str] = Field([], description="who lists it; empty: only the library has it, or a person added it")
    catalogue_ids: list[str] = []
    language: str | None = None
    published_year: int | None = None
    release_date: date | None = Field(
        None, description="the first release of a known audio edition, or of the book if no audio edition is known"
    )
    editions: list[NarratedEdition] = Field([], description="the audio editions whose narrators are known")
    book_id: BookId | None = Field(None, description="the owned book that is the work or contains it")
    missing_book_id: MissingBookId | None = None
    missing_status: MissingStatus | None = None
    absence: AbsenceReason | None = Field(None, description="why the missing book is not in the library yet")


class WorkList(Model):
    """A part of the list of works of one series or author, in the order of the series or of publication."""

    of: BibliographyOf
    id: UUID
    name: str
    follow: FollowMode
    follow_from: FollowedFrom = None
    sources: list[ListSource] = Field([], description="the provider lists that were merged, with their age")
    compared_at: Moment | None = Field(None, description="null: never compared, so only owned books are listed")
    problem: str | None = None
    counts: dict[EntryState, int] = Field({}, description="the number of works by state, in the whole list")
    items: list[ListEntry]
    total: int
    limit: int
    offset: int


class GetWorkList(Request[WorkList]):
    """Get the works of a series or an author with their states."""

    subject: ClassVar[str] = "rpc.library.get_work_list"
    of: BibliographyOf
    id: UUID
    state: EntryState | None = None
    kind: EntryKind | None = None
    limit: ListLimit = 100
    offset: Offset = 0


class SeriesWorks(Model):
    """The first works of one series in the order of the series, without their evidence and editions."""

    id: UUID
    compared_at: Moment | None = Field(None, description="null: never compared, so only owned books are listed")
    problem: str | None = None
    counts: dict[EntryState, int] = Field({}, description="the number of works by state, in the whole list")
    items: list[ListEntry]
    total: int


class ListSeriesWorks(Request[list[SeriesWorks]]):
    """List the works of several series. A series that does not exist is left out."""

    subject: ClassVar[str] = "rpc.library.list_series_works"
    id: Annotated[AnyIdOf, Field(max_length=25, description="the series; in an address, repeated for each")]
    works: int = Field(60, ge=1, le=60, description="maximum number of works of one series")
