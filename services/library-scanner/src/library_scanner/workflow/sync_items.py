"""Takes items of Audiobookshelf over into the library's own record, and says what is new."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from shared.books.text.identifiers import asin, isbn13
from shared.chassis.clock import Clock
from shared.contracts.library.books import Book, BookAppeared, BookChanged, BookStatus, BookVanished
from shared.contracts.library.imports import ConfirmImport

from library_scanner.domain.catalogue import StoredBook, TakenOver, take_over
from library_scanner.domain.duplicate_folders import by_folder, settled
from library_scanner.domain.item import Item
from library_scanner.domain.manual_entry import shown_now
from library_scanner.domain.missing_book import KeptMissing
from library_scanner.domain.ports import Transaction
from library_scanner.workflow.close_missing_books import close_what_appeared


@dataclass(slots=True)
class Took:
    """The books that appeared and that others changed, the gaps that closed themselves, the imports that turned up.

    `gone` are those without files whose folder another item shows.
    """

    appeared: list[Book] = field(default_factory=list)
    changed: list[TakenOver] = field(default_factory=list)
    closed: list[KeptMissing] = field(default_factory=list)
    imports: list[ConfirmImport] = field(default_factory=list)
    gone: list[Book] = field(default_factory=list)


async def take_items_over(tx: Transaction, items: Sequence[Item], clock: Clock) -> Took:
    """Keep these items as books, announce what appeared and what others changed, close gaps that closed themselves."""
    await tx.lock()
    known = await tx.books.by_abs_ids([item.abs_id for item in items])
    now = clock.now()
    entered = await _entered_by_hand(tx, [item for item in items if item.abs_id not in known])
    taken = [_taken(item, known.get(item.abs_id), entered.get(item.abs_id), now) for item in items]
    there = await tx.books.at_paths(sorted({item.path for item in items}))
    taken = _one_for_each_folder(taken, there, now)
    known |= {stored.book.abs_id: stored for stored in there if stored.book.abs_id}
    await keep(tx, [one for one in taken if one.stored != known.get(one.stored.book.abs_id or "")], known)
    appeared = [one.stored.book for one in taken if one.appeared]
    closed = await close_what_appeared(tx, appeared, now)
    imports = await tx.imports.waiting_for([item.path for item in items])
    for command in imports:
        tx.send(command)
    moved = {known[each].book.path for item in items if (each := item.abs_id) in known} - {item.path for item in items}
    appeared += await take_twins_over(tx, sorted(moved), now)
    gone = [one.stored.book for one in taken if _is_gone(one, known)]
    for book in gone:
        tx.announce(BookVanished(book_id=book.id))
    return Took(appeared, [one for one in taken if one.changed and not one.appeared], closed, imports, gone)


async def take_twins_over(tx: Transaction, paths: Sequence[str], now: datetime) -> list[Book]:
    """Where the book of a folder is gone, the item that shows the folder as well becomes the book; returns those."""
    groups = by_folder(await tx.books.at_paths(paths))
    twins = [settle(group, now) for group in groups if all(_is_duplicate(stored) for stored in group)]
    appeared = [one for group in twins for one in group if one.appeared]
    await keep(tx, appeared, {})
    books = [one.stored.book for one in appeared]
    await close_what_appeared(tx, books, now)
    return books


def settle(group: Sequence[StoredBook], now: datetime) -> list[TakenOver]:
    """The books that are shown for one folder, each with its status; only one of them counts."""
    statuses = settled(group)
    found: list[TakenOver] = []
    for stored in group:
        status = statuses[stored.book.id]
        if status is stored.book.status:
            continue
        book = stored.book.model_copy(update={"status": status, "updated_at": now})
        found.append(TakenOver(replace(stored, book=book), appeared=status is BookStatus.ACTIVE, changed=()))
    return found


async def keep(tx: Transaction, taken: Sequence[TakenOver], known: dict[str, StoredBook]) -> None:
    """Store books with their links and announce what others did; our own changes are announced by who made them."""
    await tx.books.save([one.stored for one in taken])
    await tx.links.renew(
        [one.stored.book for one in taken if _links_differ(one, known.get(one.stored.book.abs_id or ""))]
    )
    for one in taken:
        if one.appeared:
            tx.announce(BookAppeared(book=one.stored.book))
        elif one.changed:
            tx.announce(BookChanged(book=one.stored.book, fields=list(one.changed)))


async def _entered_by_hand(tx: Transaction, items: Sequence[Item]) -> dict[str, StoredBook]:
    """Which of these new items was entered by hand before; each book once."""
    isbns = [number for item in items for number in (isbn13(item.isbn),) if number]
    asins = [number for item in items for number in (asin(item.asin),) if number]
    entered = await tx.books.by_hand(isbns, asins) if isbns or asins else []
    found: dict[str, StoredBook] = {}
    for item in items:
        match = shown_now(item, [one for one in entered if one not in found.values()])
        if match is not None:
            found[item.abs_id] = match
    return found


def _taken(item: Item, before: StoredBook | None, entered: StoredBook | None, now: datetime) -> TakenOver:
    """A book entered by hand keeps its id when Audiobookshelf shows it; from then on Audiobookshelf has the say."""
    if entered is None:
        return take_over(before, item, now=now, new_id=uuid4())
    taken = take_over(None, item, now=now, new_id=entered.book.id)
    return replace(taken, appeared=False, changed=("abs_id",))


def _one_for_each_folder(taken: Sequence[TakenOver], there: Sequence[StoredBook], now: datetime) -> list[TakenOver]:
    """What is taken over, with one book for each folder; books that were there are added where their status changes."""
    ours = {one.stored.book.id: one for one in taken}
    others = [stored for stored in there if stored.book.id not in ours]
    groups = by_folder([*others, *(one.stored for one in taken)])
    changed = {one.stored.book.id: one for group in groups if len(group) > 1 for one in settle(group, now)}
    return [changed.get(one.stored.book.id, one) for one in taken] + [
        one for book_id, one in changed.items() if book_id not in ours
    ]


def _is_duplicate(stored: StoredBook) -> bool:
    return stored.book.status is BookStatus.DUPLICATE


def _is_gone(one: TakenOver, known: dict[str, StoredBook]) -> bool:
    before = known.get(one.stored.book.abs_id or "")
    was_there = before is not None and before.book.status is not BookStatus.ARCHIVED
    return was_there and one.stored.book.status is BookStatus.ARCHIVED


def _links_differ(one: TakenOver, before: StoredBook | None) -> bool:
    if before is None:
        return True
    old, new = before.book, one.stored.book
    return (old.authors, old.series) != (new.authors, new.series)
