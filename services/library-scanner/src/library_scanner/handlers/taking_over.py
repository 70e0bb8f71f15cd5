"""Takes items of Audiobookshelf over into the library's own record, and says what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from shared.chassis.clock import Clock
from shared.contracts.library.books import BookAppeared, BookChanged

from library_scanner.domain.catalogue import StoredBook, TakenOver, take_over
from library_scanner.domain.item import Item
from library_scanner.domain.ports import Transaction
from library_scanner.handlers.closing_gaps import close_what_appeared


@dataclass(slots=True)
class Took:
    """How many books were added and changed."""

    added: int = 0
    changed: int = 0


async def take_items_over(tx: Transaction, items: Sequence[Item], clock: Clock) -> Took:
    """Keep these items as books, announce what appeared and what others changed, close gaps that closed themselves."""
    await tx.lock()
    known = await tx.books.by_abs_ids([item.abs_id for item in items])
    now = clock.now()
    taken = [take_over(known.get(item.abs_id), item, now=now, new_id=uuid4()) for item in items]
    await keep(tx, [one for one in taken if one.stored != known.get(one.stored.book.abs_id or "")], known)
    appeared = [one.stored.book for one in taken if one.appeared]
    await close_what_appeared(tx, appeared, now)
    for command in await tx.imports.waiting_for([item.path for item in items]):
        tx.send(command)
    return Took(len(appeared), sum(bool(one.changed) and not one.appeared for one in taken))


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


def _links_differ(one: TakenOver, before: StoredBook | None) -> bool:
    if before is None:
        return True
    old, new = before.book, one.stored.book
    return (old.authors, old.series) != (new.authors, new.series)
