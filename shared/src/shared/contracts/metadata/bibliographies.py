"""Bibliographies: every work that the providers know of a series or an author."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts.message import Command, Event
from shared.contracts.values import RunId, SeriesPlace


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
