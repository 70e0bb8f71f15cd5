"""Refreshes: books that go through the metadata pipeline."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.values import BookId, Confidence, RunId


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
