"""Metadata: bibliographies, proposals, corrections."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.library.books import FieldName, FieldValue
from shared.contracts.message import Command, Event, Request
from shared.contracts.page import Limit, Offset, Page, Sort
from shared.contracts.values import BookId, Confidence, Moment, Reason, RunId, SeriesPlace, Words


class CataloguedWork(BaseModel):
    """One entry of a provider's catalogue, as the provider tells it."""

    id: str = Field(description="provider and its own id, e.g. 'AUDIBLE:B0XXXXXXXX'")
    provider: str
    title: str
    other_titles: list[str] = Field([], description="titles of further editions in the same language")
    subtitle: str | None = None
    authors: list[str] = []
    narrators: list[str] = []
    series: list[SeriesPlace] = []
    isbn: str | None = None
    asin: str | None = None
    language: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_year: int | None = None
    duration_minutes: int | None = None
    is_audio: bool | None = Field(None, description="the entry is, or has, an audio edition; None when not told")
    abridged: bool | None = None
    compilation: bool | None = None
    popularity: int = 0
    description: str | None = Field(None, description="left out of bibliographies")
    genres: list[str] = []


class BibliographyOf(StrEnum):
    SERIES = "series"
    AUTHOR = "author"


class CollectBibliography(Command):
    """Collect the full list of works of a series or an author from the providers."""

    subject: ClassVar[str] = "cmd.metadata.collect_bibliography"
    part_of_run: ClassVar[bool] = True
    of: BibliographyOf
    subject_id: UUID = Field(description="the series' or author's id in the library")
    name: str
    authors: list[str] = Field([], description="of the series; empty for an author")
    known_asins: list[str] = Field([], max_length=100, description="of books owned: the surest way into a catalogue")
    known_titles: list[str] = Field([], max_length=100)
    least_owned: int = Field(0, ge=0, description="works of a series that must be owned for it to have gaps")
    run_id: RunId | None = None


class BibliographyCollected(Event):
    """What the providers know of a series or author. `failures` names providers that could not be asked and why.

    With no provider answering, `works` is empty and `answered` too: that is a failure, not an empty list of works.
    """

    subject: ClassVar[str] = "evt.metadata.bibliography_collected"
    of: BibliographyOf
    subject_id: UUID
    works: list[CataloguedWork]
    answered: list[str] = Field(description="providers that answered, with or without works")
    failures: dict[str, str] = {}
    least_owned: int = Field(0, ge=0, description="as it was asked with")
    run_id: RunId | None = None


class CorrectionStatus(StrEnum):
    PROPOSED = "proposed"
    APPLIED = "applied"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"


class Correction(BaseModel):
    """One field of one book changed, from what to what, by which source, when."""

    id: UUID
    book_id: BookId
    abs_id: str | None = None
    book_title: str
    field: FieldName
    old: FieldValue = Field(None, union_mode="smart")
    new: FieldValue = Field(None, union_mode="smart")
    source: str
    confidence: Confidence
    reasons: list[Reason] = []
    status: CorrectionStatus
    status_detail: str | None = None
    made_by: str = "gapless"
    made_at: Moment
    undone_at: Moment | None = None


class ListCorrections(Request[Page[Correction]]):
    """Corrections, newest first unless told; sort by made_at, book_title, field, status or source."""

    subject: ClassVar[str] = "rpc.metadata.list_corrections"
    limit: Limit = 50
    offset: Offset = 0
    sort: Sort = "-made_at"
    book_id: UUID | None = None
    field: FieldName | None = None
    status: CorrectionStatus | None = None
    source: Words | None = Field(None, description="a provider's name in capitals, or MANUAL", examples=["AUDIBLE"])


class GetCorrection(Request[Correction]):
    """One correction."""

    subject: ClassVar[str] = "rpc.metadata.get_correction"
    id: UUID


class UndoCorrection(Request[Correction]):
    """Take a correction back: the old value goes back, to Audiobookshelf too."""

    subject: ClassVar[str] = "rpc.metadata.undo_correction"
    id: UUID


class RefreshMode(StrEnum):
    FULL = "FULL"
    NEW = "NEW"
    MISSING = "MISSING"
    DAILY = "DAILY"


class RefreshMetadata(Command):
    """Put many books through the metadata pipeline."""

    subject: ClassVar[str] = "cmd.metadata.refresh_metadata"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    mode: RefreshMode = RefreshMode.DAILY
    book_id: UUID | None = Field(None, description="this book alone, by the rules of the mode")
    dry_run: bool | None = Field(None, description="None: as METADATA_DRY_RUN says")


class RefreshBook(Command):
    """Put one book through the metadata pipeline."""

    subject: ClassVar[str] = "cmd.metadata.refresh_book"
    part_of_run: ClassVar[bool] = True
    book_id: BookId
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields, change none")
    dry_run: bool | None = Field(None, description="None: as METADATA_DRY_RUN says")


class RefreshBooks(Command):
    """Put some books through the metadata pipeline, side by side."""

    subject: ClassVar[str] = "cmd.metadata.refresh_books"
    book_ids: list[BookId] = Field(max_length=100)
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields, change none")
    dry_run: bool | None = Field(None, description="None: as METADATA_DRY_RUN says")
    anew: bool = Field(False, description="judge also books for which nothing changed since they were last judged")
    times_put_off: int = Field(0, description="how often a provider could not be asked about these books before")


class BookRefreshed(Event):
    """A book went through the pipeline."""

    subject: ClassVar[str] = "evt.metadata.book_refreshed"
    book_id: BookId
    confidence: Confidence
    corrections: int
    problems: list[str] = []


class Quota(BaseModel):
    """How often a provider may be asked in a span of time, and how much of that is left by our own count."""

    span: Literal["minute", "day"]
    limit: int
    left: int
    renewed_at: Moment | None = Field(None, description="when all of it is there again")


class Provider(BaseModel):
    """A source of metadata, and how it does."""

    name: str
    enabled: bool
    weight: float
    health: Literal["ok", "away", "throttled", "refused", "unknown"]
    detail: str = ""
    last_answer_at: Moment | None = None
    blocked_until: Moment | None = None
    quota: list[Quota] = Field([], description="what is left; empty for a provider that names no limit")
    waiting_books: int = Field(0, description="books that are looked up there once it may be asked again")


class ListProviders(Request[list[Provider]]):
    """The providers in their order."""

    subject: ClassVar[str] = "rpc.metadata.list_providers"
