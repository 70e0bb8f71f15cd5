"""What a scan makes of an item: a new book, a changed one, the same; and who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.domain.books_in_item import books_in_item
from library_scanner.domain.fields import ABS, FIELDS, MANUAL, is_empty, same_value, values_of
from library_scanner.domain.item import Item
from library_scanner.domain.series_reading import SeriesFound, named_series, series_of

Told = TypeVar("Told")

_OTHER_PARTS = ("tags", "duration_seconds", "size_bytes", "abridged", "path", "contents")


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """A value about to be written to Audiobookshelf, and its source; found there, it was us."""

    new: FieldValue
    source: str


@dataclass(frozen=True, slots=True)
class StoredBook:
    """A book as it is kept: as shown, and what is needed to tell our own changes from other people's."""

    book: Book
    library_id: str
    updated_ms: int
    pending: Mapping[FieldName, PendingWrite] = field(default_factory=dict)

    @property
    def series_in_abs(self) -> list[SeriesPlace]:
        """The series that stand in Audiobookshelf, without what was read from the book's texts."""
        return self.book.series_in_abs if self.book.series_evidence is not None else self.book.series

    def values(self) -> dict[FieldName, FieldValue]:
        """The metadata fields as Audiobookshelf has them."""
        return values_of(self.book, self.series_in_abs)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The book as it is now to be kept, whether the library lacked it before, and the fields others changed."""

    stored: StoredBook
    appeared: bool
    changed: tuple[str, ...]


def take_over(known: StoredBook | None, item: Item, *, now: datetime, new_id: UUID) -> TakenOver:
    """The book that an item is, `known` being what was kept of it."""
    old = known.book if known else None
    series = _series(known, item)
    book = Book(
        id=old.id if old else new_id,
        abs_id=item.abs_id,
        title=item.title,
        subtitle=item.subtitle,
        authors=list(item.authors),
        narrators=list(item.narrators),
        series=list(series.places),
        series_evidence=series.evidence,
        series_in_abs=list(item.series) if series.evidence else [],
        isbn=item.isbn,
        asin=item.asin,
        publisher=item.publisher,
        published_year=item.published_year,
        language=item.language,
        description=item.description,
        genres=list(item.genres),
        tags=list(item.tags),
        duration_seconds=_told(item.duration_seconds, old.duration_seconds if old else None),
        size_bytes=_told(item.size_bytes, old.size_bytes if old else None),
        format=_told(item.format, old.format if old else None),
        abridged=item.abridged,
        path=item.path,
        contents=list(books_in_item(item)),
        status=_status(old, item),
        files_missing_since=(old.files_missing_since if old else None) or now if item.missing else None,
        metadata_source={},
        last_metadata_update_at=old.last_metadata_update_at if old else None,
        added_at=item.added_at,
        updated_at=now,
    )
    fresh = StoredBook(book, item.library_id, item.updated_ms)
    if known is None:
        return TakenOver(_with_sources(fresh, _first_sources(fresh), {}), appeared=True, changed=())
    return _compared(known, fresh)


def _series(known: StoredBook | None, item: Item) -> SeriesFound:
    """The series of an item; what was read of unchanged texts stays, for siblings may have had their say."""
    if known is not None:
        book = known.book
        kept = (book.title, book.subtitle, tuple(book.authors), book.path, tuple(known.series_in_abs))
        if kept == (item.title, item.subtitle, item.authors, item.path, named_series(item.series)):
            return SeriesFound(tuple(book.series), book.series_evidence)
    return series_of(item)


def about_to_write(
    stored: StoredBook, values: Mapping[FieldName, FieldValue], sources: Mapping[FieldName, str]
) -> StoredBook:
    """The book with a note of what is about to be written, so that a scan does not take it for somebody else's."""
    writes = {name: PendingWrite(value, sources[name]) for name, value in values.items()}
    return replace(stored, pending=dict(stored.pending) | writes)


def as_ours(taken: TakenOver, sources: Mapping[FieldName, str], *, now: datetime) -> TakenOver:
    """What we have written ourselves: its source is noted, it is nobody else's change, and nothing is pending of it."""
    stored = taken.stored
    told: dict[str, str] = stored.book.metadata_source | {str(name): source for name, source in sources.items()}
    book = stored.book.model_copy(update={"metadata_source": told, "last_metadata_update_at": now})
    pending = {name: write for name, write in stored.pending.items() if name not in sources}
    others = tuple(name for name in taken.changed if name not in sources)
    return TakenOver(replace(stored, book=book, pending=pending), taken.appeared, others)


def _compared(known: StoredBook, fresh: StoredBook) -> TakenOver:
    sources = dict(known.book.metadata_source)
    pending = dict(known.pending)
    changed: list[str] = []
    before, after = known.values(), fresh.values()
    for name in FIELDS:
        write = pending.get(name)
        if write is not None and same_value(name, write.new, after[name]):
            sources[name] = write.source
            del pending[name]
        elif not same_value(name, before[name], after[name]):
            sources[name] = MANUAL
            changed.append(name)
    changed += [part for part in _OTHER_PARTS if getattr(known.book, part) != getattr(fresh.book, part)]
    appeared = known.book.status is BookStatus.ARCHIVED and fresh.book.status is not BookStatus.ARCHIVED
    if not changed and not appeared and sources == known.book.metadata_source:
        fresh = replace(fresh, book=fresh.book.model_copy(update={"updated_at": known.book.updated_at}))
    return TakenOver(_with_sources(fresh, sources, pending), appeared=appeared, changed=tuple(changed))


def _status(old: Book | None, item: Item) -> BookStatus:
    """A duplicate stays one. An archived book comes back with its files, not before."""
    if old is None or (old.status is BookStatus.ARCHIVED and not item.missing):
        return BookStatus.ACTIVE
    return old.status


def _first_sources(fresh: StoredBook) -> dict[str, str]:
    return {name: ABS for name, value in fresh.values().items() if not is_empty(value)}


def _with_sources(fresh: StoredBook, sources: dict[str, str], pending: Mapping[FieldName, PendingWrite]) -> StoredBook:
    return replace(fresh, book=fresh.book.model_copy(update={"metadata_source": sources}), pending=pending)


def _told(new: Told | None, old: Told | None) -> Told | None:
    """Audiobookshelf leaves lengths, sizes and files out of some answers."""
    return old if new is None else new
