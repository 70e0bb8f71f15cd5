"""Missing books as they are kept, and which of them are still wanted."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shared.books.description import BookDescription, SeriesPlace
from shared.books.text.titles import fold
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import MissingStatus

from library_scanner.domain.identity import author_key

OPEN = (MissingStatus.IDENTIFIED, MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.FAILED)
"""The library lacks these."""

CLOSABLE = (*OPEN, MissingStatus.WAS_OWNED)
"""These end when the book turns up, or proves to be no gap."""

OWNED = "owned"
NO_GAP = "no_gap"


@dataclass(frozen=True, slots=True)
class KeptMissing:
    """A missing book, the catalogue's ids of its work, and why it was closed: `OWNED`, `NO_GAP` or not by us."""

    missing_book: MissingBook
    catalogue_ids: tuple[str, ...] = ()
    closed_because: str | None = None

    def with_priority(self, priority: int, now: datetime) -> "KeptMissing":
        """The same, wanted more or less."""
        return replace(
            self, missing_book=self.missing_book.model_copy(update={"priority": priority, "updated_at": now})
        )

    @property
    def is_open(self) -> bool:
        return self.missing_book.status in OPEN

    @property
    def is_closable(self) -> bool:
        return self.missing_book.status in CLOSABLE

    @property
    def awaits_answer(self) -> bool:
        """Whether a person was asked if it is wanted again, and has not answered."""
        return self.missing_book.status is MissingStatus.WAS_OWNED


def description_of(missing: MissingBook) -> BookDescription:
    """What is known of the work that is missing."""
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


def natural_key(title: str, authors: list[str], series_id: UUID | None) -> str:
    """What makes a missing book one and the same: its title, its first author, and its series if it has one."""
    author = author_key(authors[0]) if authors else ""
    return f"{fold(title, drop_article=True)}|{author}|{series_id or ''}"
