"""Bibliographies: every work of a series or an author that the providers know."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.model import Model
from shared.contracts.translatable import Translatable
from shared.contracts.values import Moment, RunId, SeriesPlace


class CataloguedWork(Model):
    """One entry of a provider's catalogue."""

    id: str = Field(description="the provider and its id, e.g. 'AUDIBLE:B0XXXXXXXX'")
    provider: str
    origin: str | None = Field(
        None, description="the provider whose data this one copies; both count as one source; null: it has its own data"
    )
    title: str
    other_titles: list[str] = Field([], description="titles of other editions in the same language")
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
    is_audio: bool | None = Field(None, description="the entry is or has an audio edition; null: unknown")
    abridged: bool | None = None
    compilation: bool | None = None
    popularity: int = 0
    description: str | None = Field(None, description="not included in bibliographies")
    genres: list[str] = []
    cover: str | None = Field(None, description="the address of its cover")

    @property
    def witness(self) -> str:
        """The provider that vouches for the data. A copy says no more than its original."""
        return self.origin or self.provider


class BibliographyOf(StrEnum):
    """The kind of subject whose works are listed."""

    SERIES = "series"
    AUTHOR = "author"


MAX_OTHER_NAMES = 20


class CollectBibliography(Command):
    """Collect the bibliography of a series or an author from the providers."""

    subject: ClassVar[str] = "cmd.metadata.collect_bibliography"
    part_of_run: ClassVar[bool] = True
    of: BibliographyOf
    subject_id: UUID = Field(description="id of the series or author in the library")
    name: str
    authors: list[str] = Field([], description="authors of the series; empty for an author")
    other_names: list[str] = Field(
        [], max_length=MAX_OTHER_NAMES, description="other names of the series, whose works are collected too"
    )
    known_asins: list[str] = Field(
        [], max_length=100, description="ASINs of owned books: the most reliable key to a catalogue"
    )
    known_titles: list[str] = Field([], max_length=100)
    least_owned: int = Field(0, ge=0, description="how many works of a series must be owned before its gaps count")
    max_age_days: int | None = Field(
        None, ge=0, le=365, description="answer with the stored lists if every provider's is at most this old"
    )
    run_id: RunId | None = None


class ListSource(Model):
    """The list of one provider, and when it was collected."""

    provider: str
    works: int
    collected_at: Moment


class BibliographyCollected(Event):
    """The bibliography of a series or author. `failures` names the providers that failed, and why.

    When no provider answered, `works` and `answered` are both empty: that is a failure, not an empty bibliography.
    """

    subject: ClassVar[str] = "evt.metadata.bibliography_collected"
    of: BibliographyOf
    subject_id: UUID
    works: list[CataloguedWork]
    answered: list[str] = Field(description="the providers that answered, with or without works")
    failures: dict[str, str] = {}
    translatable: dict[str, Translatable] = Field({}, description="code and figures of the failures, by provider")
    sources: list[ListSource] = Field([], description="the lists that were merged into `works`")
    least_owned: int = Field(0, ge=0, description="as in CollectBibliography")
    run_id: RunId | None = None
