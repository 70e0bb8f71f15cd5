"""Who reads a series, and which missing volumes the same narrator has read."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.library.work_lists import EntryState, NarratedEdition
from shared.contracts.message import Request
from shared.contracts.model import Model
from shared.contracts.values import BookId, MissingBookId, SeriesId


class SeriesNarrator(Model):
    """A narrator of owned books of a series."""

    name: str
    books: list[BookId]
    places: list[str] = Field([], description="the places of these books, in order")


class UnownedVolume(Model):
    """A missing or upcoming volume, with its editions by the main narrator and those by others."""

    entry_id: UUID
    missing_book_id: MissingBookId | None = None
    title: str
    place: str | None = None
    state: EntryState
    same_narrator: bool | None = Field(
        description="whether an edition by the main narrator is known; null: no edition with its narrators is known"
    )
    by_main_narrator: list[NarratedEdition] = []
    by_others: list[NarratedEdition] = []


class SeriesNarrators(Model):
    """The narrators of a series. The main narrator has read most of the owned books, the first ones if in doubt."""

    series_id: SeriesId
    main_narrator: str | None = Field(description="null: no narrator of an owned book is known")
    narrators: list[SeriesNarrator]
    books_without_narrator: list[BookId] = []
    unowned: list[UnownedVolume]


class GetSeriesNarrators(Request[SeriesNarrators]):
    """Get the narrators of a series."""

    subject: ClassVar[str] = "rpc.library.get_series_narrators"
    id: SeriesId
