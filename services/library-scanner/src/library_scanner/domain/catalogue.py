"""How an item becomes a stored book: new, changed or unchanged, and who changed which field."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.field_values import (
    ABS,
    FIELDS,
    MANUAL,
    is_empty,
    same_value,
    stored_series,
    stored_values,
)
from shared.contracts.library.metadata_writes import FieldName, FieldValue
from shared.contracts.values import SeriesPlace

from library_scanner.domain.books_in_item import books_in_item
from library_scanner.domain.contents import CONTENTS, chapters_of
from library_scanner.domain.fields import was_stored
from library_scanner.domain.item import Item
from library_scanner.domain.series_reading import SeriesFound, named_series, series_of

T = TypeVar("T")
_REPLACED = "replaced"
"""No path of Audiobookshelf, all of which begin with a slash."""

_OTHER_PARTS = ("duration_seconds", "size_bytes", "path", "contents", "file_names")


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """A value that is about to be written to Audiobookshelf. If a scan finds it there, the change is ours."""

    new: FieldValue
    source: str


@dataclass(frozen=True, slots=True)
class StoredBook:
    """A book with what is needed to distinguish our own changes from those of others.

    `cover_path` is the path of the cover in Audiobookshelf when it was last read. Without `contents_read`, the cover
    and the chapters were never read, so nobody changed them.
    """

    book: Book
    library_id: str
    updated_ms: int
    pending: Mapping[FieldName, PendingWrite] = field(default_factory=dict)
    cover_path: str | None = None
    contents_read: bool = True

    @property
    def series_in_abs(self) -> list[SeriesPlace]:
        """The series in Audiobookshelf, without those read from the book's texts."""
        return stored_series(self.book)

    def values(self) -> dict[FieldName, FieldValue]:
        """Return the metadata fields as Audiobookshelf has them."""
        return stored_values(self.book)


@dataclass(frozen=True, slots=True)
class SyncedBook:
    """The book to store, whether it is new in the library, and the fields that others changed."""

    stored: StoredBook
    appeared: bool
    changed: tuple[str, ...]


def sync_book(known: StoredBook | None, item: Item, *, now: datetime, new_id: UUID) -> SyncedBook:
    """Return the book for an item; `known` is the stored one, if any. A new book gets the id `new_id`."""
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
        cover=_cover(known, item),
        chapters=chapters_of(item),
        duration_seconds=_new_or_old(item.duration_seconds, old.duration_seconds if old else None),
        size_bytes=_new_or_old(item.size_bytes, old.size_bytes if old else None),
        format=_new_or_old(item.format, old.format if old else None),
        abridged=item.abridged,
        path=item.path,
        contents=list(books_in_item(item)),
        file_names=list(_file_names(item)),
        status=_status(old, item),
        files_missing_since=(old.files_missing_since if old else None) or now if item.missing else None,
        metadata_source={},
        locked_fields=list(old.locked_fields) if old else [],
        last_metadata_update_at=old.last_metadata_update_at if old else None,
        match_confidence=old.match_confidence if old else None,
        match_decision=old.match_decision if old else None,
        added_at=item.added_at,
        updated_at=now,
    )
    fresh = StoredBook(book, item.library_id, item.updated_ms, cover_path=item.cover_path)
    if known is None:
        return SyncedBook(_with_sources(fresh, _first_sources(fresh), {}), appeared=True, changed=())
    return _compared(known, fresh)


def is_outdated(known: StoredBook | None, item: Item, *, read_at: datetime) -> bool:
    """Whether a newer version of the item was stored after this one was requested, at `read_at`.

    Its values would look like changes made by a person. An older version that was requested later is from a backup.
    """
    return known is not None and item.updated_ms < known.updated_ms and read_at < known.book.updated_at


def _file_names(item: Item) -> tuple[str, ...]:
    """The names of the first and the last audio file: a name that both have describes the book, not a chapter."""
    names = [file.path.rpartition("/")[2] for file in item.files]
    return tuple(dict.fromkeys((names[0], names[-1]))) if names else ()


def _series(known: StoredBook | None, item: Item) -> SeriesFound:
    """The series of an item. If its texts are unchanged, the stored reading is kept: siblings may have confirmed it."""
    if known is not None:
        book = known.book
        stored_texts = (book.title, book.subtitle, tuple(book.authors), book.path, tuple(known.series_in_abs))
        if stored_texts == (item.title, item.subtitle, item.authors, item.path, named_series(item.series)):
            return SeriesFound(tuple(book.series), book.series_evidence)
    return series_of(item)


def _cover(known: StoredBook | None, item: Item) -> str | None:
    """Where the cover is from. If its path changed while we were writing, it is ours, else its path is shown."""
    if known is not None and known.contents_read:
        if item.cover_path == known.cover_path:
            return known.book.cover
        write = known.pending.get("cover")
        if write is not None and isinstance(write.new, str | None) and (write.new is None) == (item.cover_path is None):
            return write.new
    return item.cover_path


def with_written_cover(stored: StoredBook) -> StoredBook:
    """The book after its cover was replaced, perhaps by a file with the same path."""
    return replace(stored, cover_path=_REPLACED)


def with_pending_writes(
    stored: StoredBook, values: Mapping[FieldName, FieldValue], sources: Mapping[FieldName, str]
) -> StoredBook:
    """Return the book with the pending writes, so that a scan does not attribute them to a person."""
    writes = {name: PendingWrite(value, sources[name]) for name, value in values.items()}
    return replace(stored, pending=dict(stored.pending) | writes)


def with_our_changes(
    synced: SyncedBook, sources: Mapping[FieldName, str], *, requested: Collection[FieldName], now: datetime
) -> SyncedBook:
    """Return the book with the source of each field that we wrote; it is not changed by others.

    No requested write is pending any more, even if Audiobookshelf did not accept the value.
    """
    stored = synced.stored
    metadata_source: dict[str, str] = stored.book.metadata_source | {
        str(name): source for name, source in sources.items()
    }
    book = stored.book.model_copy(update={"metadata_source": metadata_source, "last_metadata_update_at": now})
    pending = {name: write for name, write in stored.pending.items() if name not in requested}
    others = tuple(name for name in synced.changed if name not in sources)
    return SyncedBook(replace(stored, book=book, pending=pending), synced.appeared, others)


def _compared(known: StoredBook, fresh: StoredBook) -> SyncedBook:
    sources = dict(known.book.metadata_source)
    pending = dict(known.pending)
    changed: list[str] = []
    before, after = known.values(), fresh.values()
    for name in FIELDS:
        if name in CONTENTS and not known.contents_read:
            sources |= {name: ABS} if not is_empty(after[name]) else {}
            continue
        write = pending.get(name)
        if write is not None and was_stored(name, write.new, before=before[name], after=after[name]):
            sources[name] = write.source
            del pending[name]
        elif not same_value(name, before[name], after[name]):
            sources[name] = MANUAL
            changed.append(name)
    changed += [part for part in _OTHER_PARTS if getattr(known.book, part) != getattr(fresh.book, part)]
    appeared = known.book.status is BookStatus.ARCHIVED and fresh.book.status is not BookStatus.ARCHIVED
    if not (changed or appeared or pending != known.pending) and sources == known.book.metadata_source:
        fresh = replace(fresh, book=fresh.book.model_copy(update={"updated_at": known.book.updated_at}))
    return SyncedBook(_with_sources(fresh, sources, pending), appeared=appeared, changed=tuple(changed))


def _status(old: Book | None, item: Item) -> BookStatus:
    """A duplicate stays a duplicate. An archived book becomes active again only when its files are back."""
    if old is None or (old.status is BookStatus.ARCHIVED and not item.missing):
        return BookStatus.ACTIVE
    return old.status


def _first_sources(fresh: StoredBook) -> dict[str, str]:
    return {name: ABS for name, value in fresh.values().items() if not is_empty(value)}


def _with_sources(fresh: StoredBook, sources: dict[str, str], pending: Mapping[FieldName, PendingWrite]) -> StoredBook:
    return replace(fresh, book=fresh.book.model_copy(update={"metadata_source": sources}), pending=pending)


def _new_or_old(new: T | None, old: T | None) -> T | None:
    """Audiobookshelf omits durations, sizes and files from some responses."""
    return old if new is None else new
