"""Stores items of Audiobookshelf as books and announces what is new or changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from shared.books.text.identifiers import asin, isbn13
from shared.chassis.clock import Clock
from shared.contracts.library.books import Book, BookAppeared, BookChanged, BookStatus, BookVanished
from shared.contracts.library.imports import ConfirmImport

from library_scanner.domain.catalogue import StoredBook, SyncedBook, is_outdated, sync_book
from library_scanner.domain.duplicate_folders import by_folder, duplicate_statuses
from library_scanner.domain.item import Item
from library_scanner.domain.manual_entry import entry_shown_by
from library_scanner.domain.missing_book import StoredMissingBook
from library_scanner.domain.transaction import Transaction
from library_scanner.workflow.close_missing_books import close_appeared


@dataclass(slots=True)
class SyncResult:
    """What a sync changed.

    `appeared`: new books. `changed`: books changed by others. `closed`: missing books that appeared. `imports`: imports
    that are confirmed after their timeout. `vanished`: items without files whose folder another item shows.
    """

    appeared: list[Book] = field(default_factory=list)
    changed: list[SyncedBook] = field(default_factory=list)
    closed: list[StoredMissingBook] = field(default_factory=list)
    imports: list[ConfirmImport] = field(default_factory=list)
    vanished: list[Book] = field(default_factory=list)


async def sync_items(tx: Transaction, items: Sequence[Item], clock: Clock, *, read_at: datetime) -> SyncResult:
    """Store items as books, announce new books and changes by others, and close missing books that appeared.

    `read_at` is when the items were requested. Items of which a newer version was stored since are left out.
    """
    await tx.lock()
    known = await tx.books.by_abs_ids([item.abs_id for item in items])
    now = clock.now()
    items = [item for item in items if not is_outdated(known.get(item.abs_id), item, read_at=read_at)]
    entries = await _matching_entries(tx, [item for item in items if item.abs_id not in known])
    books = [_sync(item, known.get(item.abs_id), entries.get(item.abs_id), now) for item in items]
    same_paths = await tx.books.at_paths(sorted({item.path for item in items}))
    books = _one_book_per_folder(books, same_paths, now)
    known |= {stored.book.abs_id: stored for stored in same_paths if stored.book.abs_id}
    await save_synced(tx, [book for book in books if book.stored != _before(book, known)], known)
    appeared = [book.stored.book for book in books if book.appeared]
    closed = await close_appeared(tx, appeared, now)
    imports = await tx.imports.unconfirmed_at([item.path for item in items])
    for command in imports:
        tx.send(command)
    moved = {known[each].book.path for item in items if (each := item.abs_id) in known} - {item.path for item in items}
    appeared += await restore_duplicates(tx, sorted(moved), now)
    vanished = [book.stored.book for book in books if _has_vanished(book, known)]
    for book in vanished:
        tx.announce(BookVanished(book_id=book.id))
    return SyncResult(
        appeared, [book for book in books if book.changed and not book.appeared], closed, imports, vanished
    )


async def restore_duplicates(tx: Transaction, paths: Sequence[str], now: datetime) -> list[Book]:
    """Make a duplicate the active book of each folder whose active book is gone. Returns these books."""
    groups = by_folder(await tx.books.at_paths(paths))
    resolved = [resolve_duplicates(group, now) for group in groups if all(_is_duplicate(stored) for stored in group)]
    appeared = [synced for group in resolved for synced in group if synced.appeared]
    await save_synced(tx, appeared, {})
    books = [synced.stored.book for synced in appeared]
    await close_appeared(tx, books, now)
    return books


def resolve_duplicates(group: Sequence[StoredBook], now: datetime) -> list[SyncedBook]:
    """Return the books of one folder whose status changes so that only one of them is active."""
    statuses = duplicate_statuses(group)
    changed: list[SyncedBook] = []
    for stored in group:
        status = statuses[stored.book.id]
        if status is stored.book.status:
            continue
        book = stored.book.model_copy(update={"status": status, "updated_at": now})
        changed.append(SyncedBook(replace(stored, book=book), appeared=status is BookStatus.ACTIVE, changed=()))
    return changed


async def save_synced(tx: Transaction, books: Sequence[SyncedBook], known: dict[str, StoredBook]) -> None:
    """Store books with their links, and announce new books and changes by others.

    The caller announces the changes that this service made itself.
    """
    await tx.books.save([synced.stored for synced in books])
    await tx.links.replace([synced.stored.book for synced in books if _links_differ(synced, _before(synced, known))])
    for synced in books:
        if synced.appeared:
            tx.announce(BookAppeared(book=synced.stored.book))
        elif synced.changed:
            tx.announce(BookChanged(book=synced.stored.book, fields=list(synced.changed)))


async def _matching_entries(tx: Transaction, items: Sequence[Item]) -> dict[str, StoredBook]:
    """The books entered by hand that these new items are, by item id; each book at most once."""
    isbns = [number for item in items for number in (isbn13(item.isbn),) if number]
    asins = [number for item in items for number in (asin(item.asin),) if number]
    entries = await tx.books.entered_by_hand(isbns, asins) if isbns or asins else []
    found: dict[str, StoredBook] = {}
    for item in items:
        match = entry_shown_by(item, [entry for entry in entries if entry not in found.values()])
        if match is not None:
            found[item.abs_id] = match
    return found


def _sync(item: Item, before: StoredBook | None, entry: StoredBook | None, now: datetime) -> SyncedBook:
    """A book entered by hand keeps its id and its locks, and takes its values from the item that shows it."""
    if entry is None:
        return sync_book(before, item, now=now, new_id=uuid4())
    synced = sync_book(None, item, now=now, new_id=entry.book.id)
    book = synced.stored.book.model_copy(update={"locked_fields": entry.book.locked_fields})
    return replace(synced, stored=replace(synced.stored, book=book), appeared=False, changed=("abs_id",))


def _one_book_per_folder(
    books: Sequence[SyncedBook], same_paths: Sequence[StoredBook], now: datetime
) -> list[SyncedBook]:
    """The synced books with one active book for each folder, and the other stored books whose status changes for it."""
    synced_ids = {synced.stored.book.id for synced in books}
    others = [stored for stored in same_paths if stored.book.id not in synced_ids]
    groups = by_folder([*others, *(synced.stored for synced in books)])
    changed = {
        synced.stored.book.id: synced for group in groups if len(group) > 1 for synced in resolve_duplicates(group, now)
    }
    return [changed.get(synced.stored.book.id, synced) for synced in books] + [
        synced for book_id, synced in changed.items() if book_id not in synced_ids
    ]


def _before(synced: SyncedBook, known: dict[str, StoredBook]) -> StoredBook | None:
    return known.get(synced.stored.book.abs_id or "")


def _is_duplicate(stored: StoredBook) -> bool:
    return stored.book.status is BookStatus.DUPLICATE


def _has_vanished(synced: SyncedBook, known: dict[str, StoredBook]) -> bool:
    before = _before(synced, known)
    was_present = before is not None and before.book.status is not BookStatus.ARCHIVED
    return was_present and synced.stored.book.status is BookStatus.ARCHIVED


def _links_differ(synced: SyncedBook, before: StoredBook | None) -> bool:
    if before is None:
        return True
    old, new = before.book, synced.stored.book
    return (old.authors, old.series) != (new.authors, new.series)
