"""Compares the works of a list outside with the library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry, GapPolicy, LeftOutBecause
from shared.books.gaps.finding import author_gaps
from shared.books.matching.same_work import best_match
from shared.contracts.library.listed_works import KnownWork, ListedWork, WorkState
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.values import MissingReason, MissingStatus, Reason

from library_scanner.domain.missing_book import NO_GAP, StoredMissingBook, description_of, natural_key
from library_scanner.domain.owned_index import LibraryIndex

PRIORITY = 10
"""Below every gap of an author."""
_OWNED = (LeftOutBecause.OWNED, LeftOutBecause.OWNED_IN_OMNIBUS)
_STATES = {
    MissingStatus.IDENTIFIED: WorkState.WANTED,
    MissingStatus.QUEUED: WorkState.WANTED,
    MissingStatus.FAILED: WorkState.WANTED,
    MissingStatus.DOWNLOADING: WorkState.DOWNLOADING,
    MissingStatus.IGNORED: WorkState.IGNORED,
    MissingStatus.WAS_OWNED: WorkState.WAS_OWNED,
    MissingStatus.COMPLETED: WorkState.WAS_OWNED,
}


def description_of_listed(work: ListedWork) -> BookDescription:
    """The description of a listed work."""
    return BookDescription(
        title=work.title,
        authors=tuple(work.authors),
        narrators=tuple(work.narrators),
        series=tuple(SeriesPlace(place.name, place.sequence) for place in work.series),
        isbn=work.isbn,
        asin=work.asin,
        language=work.language,
    )


def known_in_library(work: ListedWork, index: LibraryIndex, languages: Sequence[str], today: date) -> KnownWork:
    """Whether the library owns a work, or why it would not be a gap; `ABSENT` if it would be one.

    A work in a language that is not wanted, a box set, an excerpt and the like are left out.
    """
    if not work.authors:
        return KnownWork(state=WorkState.LEFT_OUT, words="the list names no author")
    description = description_of_listed(work)
    book_id = index.owner(description)
    if book_id is not None:
        return KnownWork(state=WorkState.OWNED, book_id=book_id)
    left_out = KnownWork(state=WorkState.LEFT_OUT)
    for language in languages:
        policy = GapPolicy(as_of=today, language=language, novellas=True, collections=True)
        answer = author_gaps(work.authors, [CatalogueEntry("listed", description)], index.owned, policy)
        if answer.missing:
            return KnownWork(state=WorkState.ABSENT)
        for each in answer.left_out:
            if each.why in _OWNED:
                return KnownWork(state=WorkState.OWNED, words=each.words)
            if each.why is LeftOutBecause.MAYBE_OWNED:
                return KnownWork(state=WorkState.MAYBE_OWNED, words=each.words)
            left_out = KnownWork(state=WorkState.LEFT_OUT, words=left_out.words or each.words)
    return left_out


def stored_of(work: ListedWork, known: Sequence[StoredMissingBook]) -> StoredMissingBook | None:
    """The known missing book that is this work, open or closed."""
    key = natural_key(work.title, work.authors, None)
    for stored in known:
        missing = stored.missing_book
        if natural_key(missing.title, missing.authors, None) == key:
            return stored
    match = best_match(description_of_listed(work), [(stored, description_of(stored.missing_book)) for stored in known])
    return None if match is None else match.work_id


def state_of(stored: StoredMissingBook) -> KnownWork:
    """What a missing book says about a work that the library does not own. Closed as no gap, it is absent."""
    missing = stored.missing_book
    state = WorkState.ABSENT if stored.closed_because == NO_GAP else _STATES[missing.status]
    return KnownWork(state=state, missing_book_id=missing.id)


def missing_book_of(
    work: ListedWork, stored: StoredMissingBook | None, source: str, *, automatic: bool, new_id: UUID, now: datetime
) -> StoredMissingBook:
    """The missing book of an absent work: a new one, or the one that was closed as no gap, open again."""
    evidence = [Reason(rule="top list", words=f"listed in {source}, and the library does not contain it", weight=1.0)]
    if stored is not None:
        changes = {
            "status": MissingStatus.IDENTIFIED, "reason": MissingReason.TOP10, "source": source, "evidence": evidence,
            "priority": PRIORITY, "auto_download": automatic, "updated_at": now,
        }  # fmt: skip
        return replace(stored, missing_book=stored.missing_book.model_copy(update=changes), closed_because=None)
    place = work.series[0] if work.series else None
    missing = MissingBook(
        id=new_id,
        title=work.title,
        authors=work.authors,
        series=place.name if place else None,
        sequence=place.sequence if place else None,
        isbn=work.isbn,
        asin=work.asin,
        narrators=work.narrators,
        language=work.language,
        reason=MissingReason.TOP10,
        source=source,
        evidence=evidence,
        status=MissingStatus.IDENTIFIED,
        priority=PRIORITY,
        auto_download=automatic,
        identified_at=now,
        updated_at=now,
    )
    return StoredMissingBook(missing)
