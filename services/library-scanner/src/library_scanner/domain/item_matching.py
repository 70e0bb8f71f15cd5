"""Missing books made of gaps: new ones, and known ones brought up to date. A series gap wins over an author gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.books.matching.same_work import best_match
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingReason, MissingStatus

from library_scanner.domain.comparison import FoundGap
from library_scanner.domain.missing_book import NO_GAP, OWNED, KeptMissing, description_of, natural_key
from library_scanner.domain.ports import Subject


def same_missing(gap: FoundGap, subject: Subject, known: Sequence[KeptMissing]) -> KeptMissing | None:
    """The missing book that is this gap already, whether a series or an author led to it."""
    key = natural_key(gap.description.title, _authors(gap, subject), _series_id(subject))
    ids = set(gap.catalogue_ids)
    for kept in known:
        missing = kept.missing_book
        if natural_key(missing.title, missing.authors, missing.series_id) == key:
            return kept
    for kept in known:
        if ids & set(kept.catalogue_ids):
            return kept
    sought = replace(gap.description, authors=tuple(_authors(gap, subject)))
    match = best_match(sought, [(kept, description_of(kept.missing_book)) for kept in known])
    return None if match is None else match.work_id


def identified(gap: FoundGap, subject: Subject, *, new_id: UUID, author_id: UUID | None, now: datetime) -> KeptMissing:
    """A missing book that was not known before."""
    book, editions = gap.description, gap.editions
    in_series = subject.of is BibliographyOf.SERIES
    year = book.published_year or (book.published.year if book.published else None)
    missing = MissingBook(
        id=new_id,
        title=book.title,
        subtitle=book.subtitle,
        authors=_authors(gap, subject),
        other_titles=list(gap.other_titles),
        other_authors=list(gap.other_authors),
        series_id=_series_id(subject),
        author_id=author_id if in_series else subject.id,
        series=gap.series.name if gap.series else None,
        sequence=gap.series.sequence if gap.series else None,
        isbn=editions.isbn,
        asin=editions.asin,
        narrators=list(editions.best.narrators),
        duration_minutes=editions.duration_minutes,
        duration_choices=list(editions.duration_choices),
        published_year=year,
        language=editions.best.language or book.language,
        reason=MissingReason.SERIES_GAP if in_series else MissingReason.AUTHOR_GAP,
        source=", ".join(editions.providers),
        evidence=list(gap.evidence),
        status=MissingStatus.WAS_OWNED if gap.was_owned else MissingStatus.IDENTIFIED,
        priority=_priority(subject),
        identified_at=now,
        updated_at=now,
    )
    return KeptMissing(missing, gap.catalogue_ids)


def renewed(kept: KeptMissing, found: KeptMissing, *, book_is_there: bool) -> KeptMissing:
    """A known missing book with what is known of it now; opened again when it was closed and is a gap after all.

    What a person set aside, and what became a book that is still there, stays closed. What became a book that is gone
    is not wanted again by itself: a person is asked.
    """
    old, new = kept.missing_book, found.missing_book
    told = {name: getattr(new, name) for name in _TOLD if getattr(new, name) not in (None, [])}
    if new.title != old.title or old.title in new.other_titles:
        titles = dict.fromkeys((new.title, *new.other_titles))
        told["other_titles"] = [title for title in titles if title != old.title]
    if old.reason is not MissingReason.SERIES_GAP and new.reason is MissingReason.SERIES_GAP:
        told |= {name: getattr(new, name) for name in ("reason", "series_id", "series", "sequence", "priority")}
    if old.author_id is None:
        told["author_id"] = new.author_id
    closed_because = kept.closed_because
    if _opens_again(kept, book_is_there=book_is_there):
        status = new.status if kept.closed_because == NO_GAP else MissingStatus.WAS_OWNED
        told |= {"status": status, "book_id": None}
        closed_because = None
    ids = tuple(dict.fromkeys((*found.catalogue_ids, *kept.catalogue_ids)))
    if all(getattr(old, name) == value for name, value in told.items()) and set(ids) == set(kept.catalogue_ids):
        return kept
    missing = old.model_copy(update=told | {"updated_at": new.updated_at})
    return KeptMissing(missing, ids, closed_because)


_TOLD = (
    "other_titles",
    "other_authors",
    "isbn",
    "asin",
    "narrators",
    "duration_minutes",
    "duration_choices",
    "published_year",
    "source",
    "evidence",
)


def _opens_again(kept: KeptMissing, *, book_is_there: bool) -> bool:
    if kept.closed_because == NO_GAP:
        return True
    ended = kept.closed_because == OWNED or kept.missing_book.status is MissingStatus.COMPLETED
    return ended and not book_is_there


def _authors(gap: FoundGap, subject: Subject) -> list[str]:
    return list(gap.editions.authors or gap.description.authors or subject.authors)


def _series_id(subject: Subject) -> UUID | None:
    return subject.id if subject.of is BibliographyOf.SERIES else None


def _priority(subject: Subject) -> int:
    """0 to 100: a series before an author, and the more of it is owned, the sooner."""
    base = 60 if subject.of is BibliographyOf.SERIES else 20
    return base + min(39, 2 * subject.owned)
