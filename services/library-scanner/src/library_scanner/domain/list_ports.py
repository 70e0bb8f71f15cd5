"""What is stored of the lists of works, and of a person's corrections of them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.series import Series
from shared.contracts.library.work_lists import ListEntry
from shared.contracts.metadata.bibliographies import BibliographyOf, ListSource
from shared.contracts.values import MissingStatus

from library_scanner.domain.live_entries import StoredEntry
from library_scanner.domain.series_corrections import SeriesCorrection


class WorkLists(Protocol):
    """The lists of works of series and authors."""

    async def replace(
        self,
        of: BibliographyOf,
        subject_id: UUID,
        entries: Sequence[ListEntry],
        sources: Sequence[ListSource],
        now: datetime,
    ) -> None:
        """Replace the list of a series or an author."""
        ...

    async def sources(self, of: BibliographyOf, subject_id: UUID) -> tuple[list[ListSource], datetime] | None:
        """Return the provider lists that were merged and the time of the comparison, or None."""
        ...

    async def entries(self, of: BibliographyOf, subject_id: UUID) -> list[StoredEntry]:
        """Return the entries of a list in any order."""
        ...

    async def books_of_series(self, series_id: UUID) -> list[tuple[Book, str | None]]:
        """Return the active books of a series with their places."""
        ...

    async def books_concerned(
        self, series_ids: Sequence[UUID], names: Sequence[str], book_ids: Sequence[UUID]
    ) -> list[Book]:
        """Return the active books that are linked to these series, name them, or have these ids."""
        ...

    async def released_between(self, first: date, last: date) -> list[StoredEntry]:
        """Return the entries of followed series and authors that are released in this time, the earliest first."""
        ...


class SeriesWorks(Protocol):
    """What the lists of works of several series consist of."""

    async def series(self, ids: Sequence[UUID]) -> list[Series]:
        """Return those of the series that exist, in any order."""
        ...

    async def compared_at(self, ids: Sequence[UUID]) -> dict[UUID, datetime]:
        """Return the time of the last comparison of each series that has one."""
        ...

    async def entries(self, ids: Sequence[UUID]) -> list[StoredEntry]:
        """Return the stored entries of the lists in any order."""
        ...

    async def missing_books(self, ids: Sequence[UUID], statuses: Collection[MissingStatus]) -> list[MissingBook]:
        """Return the missing books of the series that have one of these statuses, the highest priority first."""
        ...

    async def books(self, ids: Sequence[UUID]) -> list[tuple[UUID, Book, str | None]]:
        """Return the active books of the series, each with its series and its place."""
        ...


class SeriesCorrections(Protocol):
    """A person's corrections of the lists of series."""

    async def in_force(self) -> tuple[SeriesCorrection, ...]:
        """Return every correction that was not undone, in the order in which they were made."""
        ...

    async def of_series(self, series_id: UUID, limit: int, offset: int) -> tuple[list[SeriesCorrection], int]:
        """Return a page of the corrections that concern a series, newest first, and their number."""
        ...

    async def get(self, correction_id: UUID) -> SeriesCorrection | None:
        """Return one correction, or None."""
        ...

    async def add(self, correction: SeriesCorrection) -> None:
        """Store a new correction."""
        ...

    async def undo(self, correction_id: UUID, by: str | None, at: datetime) -> None:
        """Store that a correction is no longer in force."""
        ...
