"""What the library has of the works of a list now: the comparison, and what has happened since."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.books.series.sequence import sort_key
from shared.contracts.library.absences import AbsenceReason
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.library.work_lists import EntryKind, EntryState, ListEntry
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.translatable import translatables
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from library_scanner.domain.missing_book import OPEN
from library_scanner.domain.owned import describe
from library_scanner.domain.work_list import kind_in_list

_HELD = (EntryState.OWNED, EntryState.IN_OMNIBUS, EntryState.MAYBE_OWNED)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as the last comparison stored it, with the present state of its book and its missing book."""

    entry: ListEntry
    of: BibliographyOf
    subject_id: UUID
    subject_name: str | None = None
    book_status: str | None = None
    missing_status: MissingStatus | None = None
    absence: AbsenceReason | None = None
    closed_because: str | None = None
    missing_book_is: UUID | None = None

    def now(self) -> ListEntry:
        """Return the entry with its present state."""
        entry = self.entry.model_copy(update={"missing_status": self.missing_status, "absence": self.absence})
        if entry.state in _HELD and self.book_status not in (None, BookStatus.ACTIVE):
            return _changed(entry, EntryState.WAS_OWNED, _GONE)
        if self.missing_status is MissingStatus.COMPLETED and self.missing_book_is is not None:
            owned = entry.model_copy(update={"book_id": self.missing_book_is})
            return _changed(owned, EntryState.OWNED, _FOUND)
        if self.missing_status is MissingStatus.IGNORED and self.closed_because is not None:
            return _changed(entry, EntryState.NOT_COUNTED, _CLOSED)
        if self.missing_status in _STATES:
            return _changed(entry, *_STATES[self.missing_status])
        if self.missing_status in OPEN and entry.state is EntryState.UPCOMING:
            return _changed(entry, EntryState.MISSING, _RELEASED)
        return entry


_GONE = translatable("work.gone", "the library contained it at the last comparison, and it is gone")
_FOUND = translatable("work.found", "it was missing, and the library contains it now")
_CLOSED = translatable("work.closed", "it was closed since the last comparison")
_RELEASED = translatable("work.released_lacking", "it was released, and the library lacks it")
_IGNORED = translatable("work.ignored", "a person ignored it")
_DECIDE = translatable("work.was_owned", "the library contained it; a person decides whether it is wanted again")
_FOUND_BEFORE = translatable("work.found_before", "it was found before, and the present lists do not name it")
_UNLISTED = translatable("work.unlisted", "the library contains it, and no provider lists it in the series")
_STATES = {
    MissingStatus.IGNORED: (EntryState.IGNORED, _IGNORED),
    MissingStatus.WAS_OWNED: (EntryState.WAS_OWNED, _DECIDE),
}


def _changed(entry: ListEntry, state: EntryState, why: str) -> ListEntry:
    return entry.model_copy(update={"state": state, "why": why, "translatable": translatables(why=why)})


def owned_only(books: Sequence[tuple[Book, str | None]], listed: Sequence[ListEntry]) -> list[ListEntry]:
    """Return entries for the books of a series that are no listed work, each with its place."""
    known = {entry.book_id for entry in listed}
    return [_entry_of(book, place) for book, place in books if book.id not in known]


def missing_only(missing: Sequence[MissingBook], listed: Sequence[ListEntry]) -> list[ListEntry]:
    """Return entries for the missing books that are no listed work and not closed."""
    known = {entry.missing_book_id for entry in listed}
    return [
        ListEntry(
            id=each.id,
            place=each.sequence,
            title=each.title,
            subtitle=each.subtitle,
            authors=each.authors,
            kind=EntryKind.PRIMARY,
            state=UNLISTED[each.status],
            why=_FOUND_BEFORE,
            translatable=translatables(why=_FOUND_BEFORE),
            evidence=each.evidence,
            language=each.language,
            published_year=each.published_year,
            release_date=each.release_date,
            missing_book_id=each.id,
            missing_status=each.status,
            absence=each.absence.reason if each.absence else None,
        )
        for each in missing
        if each.status in UNLISTED and each.id not in known
    ]


UNLISTED = dict.fromkeys(OPEN, EntryState.MISSING) | {
    MissingStatus.UPCOMING: EntryState.UPCOMING,
    MissingStatus.WAS_OWNED: EntryState.WAS_OWNED,
}


def _entry_of(book: Book, place: str | None) -> ListEntry:
    return ListEntry(
        id=book.id,
        place=place,
        title=book.title,
        subtitle=book.subtitle,
        authors=book.authors,
        kind=kind_in_list(describe(book)),
        state=EntryState.OWNED,
        why=_UNLISTED,
        translatable=translatables(why=_UNLISTED),
        language=book.language,
        published_year=describe(book).published_year,
        book_id=book.id,
    )


def in_order(of: BibliographyOf, entries: Sequence[ListEntry]) -> list[ListEntry]:
    """Return the entries of a series by place, and those of an author by year."""
    if of is BibliographyOf.SERIES:
        return sorted(entries, key=lambda each: (each.place is None, sort_key(each.place), *_rank(each)))
    return sorted(entries, key=lambda each: (each.published_year or 9999, *_rank(each)))


def _rank(entry: ListEntry) -> tuple[bool, bool, str, str]:
    counts = entry.state is not EntryState.NOT_COUNTED
    return (not counts, entry.kind is not EntryKind.PRIMARY, entry.title, str(entry.id))
