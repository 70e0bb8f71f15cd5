"""What is stored of findings, and what the checks read of books."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.findings import (
    Finding,
    FindingCounts,
    FindingFilter,
    FindingKind,
    FindingStatus,
    ListFindings,
)
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.page import Page

from library_scanner.domain.checks.library_names import NamedBook
from library_scanner.domain.checks.whole_checks import ItemState
from library_scanner.domain.stored_findings import StoredFinding


class Findings(Protocol):
    """What is wrong in the library."""

    async def of_books(self, book_ids: Collection[UUID]) -> list[StoredFinding]:
        """Return every finding that concerns one of these books, and lock them."""
        ...

    async def of_keys(self, keys: Collection[str]) -> list[StoredFinding]:
        """Return the findings with these keys, and lock them."""
        ...

    async def open_keys(self, kinds: Collection[FindingKind], after: str | None, limit: int) -> list[str]:
        """Return the next `limit` keys of open findings of these kinds, in their order."""
        ...

    async def chosen(self, chosen: FindingFilter, status: FindingStatus) -> list[StoredFinding]:
        """Return the findings with this status that a filter chooses, at most 5,000, and lock them."""
        ...

    async def save(self, findings: Sequence[StoredFinding]) -> None:
        """Insert or update findings."""
        ...

    async def page(self, request: ListFindings) -> Page[Finding]:
        """Return a page of findings. Raises `UnknownSort`."""
        ...

    async def one(self, finding_id: UUID) -> Finding | None:
        """Return one finding, or None."""
        ...

    async def counts(self, days: int, today: date) -> FindingCounts:
        """Return the counts of all findings, and those of the open ones by day."""
        ...

    async def checked(self, version: int, now: datetime) -> None:
        """Store that a check finished, and the counts of the open findings of the day."""
        ...

    async def version(self) -> int:
        """Return the version of the rules of the last check; 0 if there was none."""
        ...


class BooksToCheck(Protocol):
    """The books of Audiobookshelf, as the checks read them."""

    async def due(self) -> set[UUID]:
        """Return the ids of the books, in any status, that changed since their last check."""
        ...

    async def named(self, after: UUID | None, limit: int) -> list[NamedBook]:
        """Return the names of the next `limit` active books in order of id."""
        ...

    async def books(self, ids: Collection[UUID]) -> list[Book]:
        """Return these books that are active, the oldest first."""
        ...

    async def editions(self, ids: Collection[UUID]) -> dict[UUID, list[KnownEdition]]:
        """Return the editions that providers list for these books."""
        ...

    async def save_editions(self, book_id: UUID, editions: Sequence[KnownEdition]) -> None:
        """Store the editions of a book and make it due, unless they are unchanged or the book is unknown."""
        ...

    async def mark_checked(self, ids: Collection[UUID], at: datetime) -> None:
        """Store that these books were checked as they were at that time."""
        ...

    async def with_problem(
        self, kind: FindingKind, after: UUID | None, limit: int, *, tiny_pixels: int
    ) -> list[ItemState]:
        """Return the next `limit` books whose items have a problem of one of `WHOLE_KINDS`, in order of id.

        A cover is tiny if its shorter side has fewer than `tiny_pixels`.
        """
        ...
