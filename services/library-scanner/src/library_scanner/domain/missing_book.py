"""Stored missing books, and which of them are still wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.books.description import BookDescription, SeriesPlace
from shared.books.text.titles import fold
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import MissingStatus

from library_scanner.domain.editions import Release
from library_scanner.domain.identity import author_key

OPEN = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.FAILED)
"""The library does not contain these."""

CLOSABLE = (*OPEN, MissingStatus.UPCOMING, MissingStatus.WAS_OWNED)
"""These are closed when the book appears or is found to be no gap."""

OWNED = "owned"
NO_GAP = "no_gap"


@dataclass(frozen=True, slots=True)
class StoredMissingBook:
    """A missing book, the catalogue ids of its work, and why a comparison closed it: `OWNED`, `NO_GAP` or None."""

    missing_book: MissingBook
    catalogue_ids: tuple[str, ...] = ()
    closed_because: str | None = None

    def with_priority(self, priority: int, now: datetime) -> "StoredMissingBook":
        """Return the missing book with another priority."""
        return replace(
            self, missing_book=self.missing_book.model_copy(update={"priority": priority, "updated_at": now})
        )

    @property
    def release(self) -> Release:
        """When its first audio edition is or was released."""
        return Release(self.missing_book.release_date, self.missing_book.release_year)

    @property
    def is_open(self) -> bool:
        """Whether it is a gap of the library."""
        return self.missing_book.status in OPEN

    @property
    def is_closable(self) -> bool:
        """Whether it is open, upcoming, or waits for a decision."""
        return self.missing_book.status in CLOSABLE

    @property
    def is_upcoming(self) -> bool:
        """Whether it is announced and not released yet."""
        return self.missing_book.status is MissingStatus.UPCOMING

    @property
    def awaits_answer(self) -> bool:
        """Whether a person has still to decide if it is wanted again."""
        return self.missing_book.status is MissingStatus.WAS_OWNED


def description_of(missing: MissingBook) -> BookDescription:
    """Return the description of the missing work."""
    return BookDescription(
        title=missing.title,
        subtitle=missing.subtitle,
        authors=tuple(missing.authors),
        series=(SeriesPlace(missing.series, missing.sequence),) if missing.series else (),
        isbn=missing.isbn,
        asin=missing.asin,
        language=missing.language,
        published_year=missing.published_year,
    )


def title_key(title: str, authors: Sequence[str]) -> str:
    """Return the normalized title and first author."""
    author = author_key(authors[0]) if authors else ""
    return f"{fold(title, drop_article=True)}|{author}"


def natural_key(missing: MissingBook) -> str:
    """Return the key that no two missing books share: title, subtitle, first author, series and place."""
    series_id, place = missing.series_id or "", missing.sequence or ""
    return f"{title_key(missing.title, missing.authors)}|{series_id}|{fold(missing.subtitle)}|{place}"
