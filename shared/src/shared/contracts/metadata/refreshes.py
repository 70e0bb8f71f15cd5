"""Refreshes: sending books through the metadata pipeline."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.values import BookId, Confidence, RunId


class RefreshMode(StrEnum):
    """The books to refresh: all, the new ones, those with missing fields, or those refreshed least recently."""

    FULL = "FULL"
    NEW = "NEW"
    MISSING = "MISSING"
    DAILY = "DAILY"


class RefreshMetadata(Command):
    """Refresh the books that the mode selects."""

    subject: ClassVar[str] = "cmd.metadata.refresh_metadata"
    begins_run: ClassVar[bool] = True
    run_id: RunId | None = None
    mode: RefreshMode = RefreshMode.DAILY
    book_id: UUID | None = Field(None, description="refresh only this book, by the rules of the mode")
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")


class RefreshBook(Command):
    """Refresh one book."""

    subject: ClassVar[str] = "cmd.metadata.refresh_book"
    part_of_run: ClassVar[bool] = True
    book_id: BookId
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields only, change none")
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")


class RefreshBooks(Command):
    """Refresh several books concurrently."""

    subject: ClassVar[str] = "cmd.metadata.refresh_books"
    book_ids: list[BookId] = Field(max_length=100)
    run_id: RunId | None = None
    fill_only: bool = Field(False, description="fill empty fields only, change none")
    dry_run: bool | None = Field(None, description="null: use METADATA_DRY_RUN")
    anew: bool = Field(False, description="also refresh books for which nothing changed since the last refresh")
    times_put_off: int = Field(0, description="how often these books were deferred because a provider was unavailable")


class BookRefreshed(Event):
    """A book was refreshed."""

    subject: ClassVar[str] = "evt.metadata.book_refreshed"
    book_id: BookId
    confidence: Confidence
    corrections: int
    problems: list[str] = []
