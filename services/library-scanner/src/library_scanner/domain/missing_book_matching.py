"""Creates missing books from gaps and updates known ones.

A gap of a series takes precedence over one of an author, and both over a book of a list. Only a list of a person that
downloads automatically keeps its books, because the reason decides about the download.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.books.matching.folded import folded
from shared.books.matching.same_work import are_two_volumes, best_match
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import MissingReason, MissingStatus

from library_scanner.domain.found_gap import FoundGap
from library_scanner.domain.missing_book import NO_GAP, OWNED, StoredMissingBook, description_of, title_key
from library_scanner.domain.ports import Subject


def find_missing_book(gap: FoundGap, subject: Subject, known: Sequence[StoredMissingBook]) -> StoredMissingBook | None:
    """Return the known missing book of this gap, whether it was found through a series or an author."""
    sought = replace(gap.description, authors=tuple(_authors(gap, subject)))
    key, text, series_id = title_key(sought.title, sought.authors), folded(sought), _series_id(subject)
    for stored in known:
        missing = stored.missing_book
        if title_key(missing.title, missing.authors) != key or missing.series_id != series_id:
            continue
        if not are_two_volumes(text, folded(description_of(missing))):
            return stored
    ids = set(gap.catalogue_ids)
    for stored in known:
        if ids & set(stored.catalogue_ids):
            return stored
    match = best_match(sought, [(stored, description_of(stored.missing_book)) for stored in known])
    return None if match is None else match.work_id


def missing_book_from(
    gap: FoundGap, subject: Subject, *, new_id: UUID, author_id: UUID | None, now: datetime
) -> StoredMissingBook:
    """Return a new missing book for a gap."""
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
        release_date=editions.release.day,
        release_year=None if editions.release.day else editions.release.year,
        language=editions.best.language or book.language,
        reason=MissingReason.SERIES_GAP if in_series else MissingReason.AUTHOR_GAP,
        source=", ".join(editions.providers),
        evidence=list(gap.evidence),
        status=_status(gap),
        priority=_priority(subject),
        identified_at=now,
        updated_at=now,
    )
    return StoredMissingBook(missing, gap.catalogue_ids)


def update_missing_book(
    stored: StoredMissingBook, found: StoredMissingBook, *, book_is_active: bool
) -> StoredMissingBook:
    """Return a known missing book with the new data; `stored` itself if nothing differs.

    It opens again if it was closed as no gap. One that is not searched yet follows its release: it is upcoming until
    then. It stays closed if a person ignored it, or if its book is still in the library. If its book is gone, a person
    decides whether it is wanted again.
    """
    old, new = stored.missing_book, found.missing_book
    kept = _keeps_its_reason(old, new)
    changes = _updated_fields(found)
    if kept and old.reason is MissingReason.LIST:
        changes |= {"source": old.source, "evidence": old.evidence}
    if new.title != old.title or old.title in new.other_titles:
        titles = dict.fromkeys((new.title, *new.other_titles))
        changes["other_titles"] = [title for title in titles if title != old.title]
    if old.reason is not MissingReason.SERIES_GAP and new.reason is MissingReason.SERIES_GAP:
        changes |= {name: getattr(new, name) for name in ("series_id", "series", "sequence")}
    if new.sequence is not None and old.series_id == new.series_id:
        changes["sequence"] = new.sequence
    if not kept:
        changes |= {"reason": new.reason, "priority": new.priority}
        if old.reason in _OF_LISTS:
            changes["auto_download"] = new.auto_download
        if old.reason is MissingReason.LIST:
            changes["priority"] = max(old.priority, new.priority)
    if old.author_id is None:
        changes["author_id"] = new.author_id
    changes |= _status_changes(stored, new.status, book_is_active=book_is_active)
    closed_because = None if "book_id" in changes else stored.closed_because
    ids = tuple(dict.fromkeys((*found.catalogue_ids, *stored.catalogue_ids)))
    if all(getattr(old, name) == value for name, value in changes.items()) and set(ids) == set(stored.catalogue_ids):
        return stored
    missing = old.model_copy(update=changes | {"updated_at": new.updated_at})
    return StoredMissingBook(missing, ids, closed_because)


_OF_LISTS = (MissingReason.TOP10, MissingReason.LIST)


def _keeps_its_reason(old: MissingBook, new: MissingBook) -> bool:
    if old.reason is MissingReason.TOP10:
        return False
    if old.reason is MissingReason.LIST:
        return old.auto_download
    return old.reason is MissingReason.SERIES_GAP or new.reason is not MissingReason.SERIES_GAP


_UPDATED_FIELDS = (
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


def _updated_fields(found: StoredMissingBook) -> dict[str, Any]:
    """The fields that follow the providers. What they do not say any more stays, but a release changes as a whole."""
    new = found.missing_book
    changes = {name: getattr(new, name) for name in _UPDATED_FIELDS if getattr(new, name) not in (None, [])}
    if found.release.wanted_from is not None:
        changes |= {"release_date": new.release_date, "release_year": new.release_year}
    return changes


def _status_changes(stored: StoredMissingBook, status: MissingStatus, *, book_is_active: bool) -> dict[str, Any]:
    """The changed status: of one that opens again, or of one that is not searched yet."""
    if _opens_again(stored, book_is_active=book_is_active):
        return {"status": status if stored.closed_because == NO_GAP else MissingStatus.WAS_OWNED, "book_id": None}
    if {stored.missing_book.status, status} == {MissingStatus.UPCOMING, MissingStatus.IDENTIFIED}:
        return {"status": status}
    return {}


def _status(gap: FoundGap) -> MissingStatus:
    if gap.was_owned:
        return MissingStatus.WAS_OWNED
    return MissingStatus.UPCOMING if gap.is_upcoming else MissingStatus.IDENTIFIED


def _opens_again(stored: StoredMissingBook, *, book_is_active: bool) -> bool:
    if stored.closed_because == NO_GAP:
        return True
    ended = stored.closed_because == OWNED or stored.missing_book.status is MissingStatus.COMPLETED
    return ended and not book_is_active


def _authors(gap: FoundGap, subject: Subject) -> list[str]:
    return list(gap.editions.authors or gap.description.authors or subject.authors)


def _series_id(subject: Subject) -> UUID | None:
    return subject.id if subject.of is BibliographyOf.SERIES else None


def _priority(subject: Subject) -> int:
    """0 to 100: series before authors, and the more books are owned, the higher."""
    base = 60 if subject.of is BibliographyOf.SERIES else 20
    return base + min(39, 2 * subject.owned)
