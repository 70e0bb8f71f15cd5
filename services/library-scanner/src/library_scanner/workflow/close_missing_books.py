"""Closes missing books: those that turned up, and those that proved to be no gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.books.matching.same_work import best_match
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBookClosed, MissingBookIdentified
from shared.contracts.values import MissingStatus

from library_scanner.domain.identity import names_of
from library_scanner.domain.missing_book import NO_GAP, OWNED, KeptMissing, description_of
from library_scanner.domain.owned import describe
from library_scanner.domain.ports import Transaction


async def close_what_appeared(tx: Transaction, appeared: Sequence[Book], now: datetime) -> list[KeptMissing]:
    """Close the open missing books that these books, new in the library, are; returns them as they were."""
    lacking = await tx.missing_books.near(name for book in appeared for name in names_of(book.authors))
    wanted = [(kept, description_of(kept.missing_book)) for kept in lacking if kept.is_closable]
    closed: list[KeptMissing] = []
    for book in appeared if wanted else ():
        match = best_match(describe(book), wanted)
        if match is not None:
            await close_as_owned(tx, match.work_id, book.id, f"“{book.title}” appeared in the library", now)
            wanted = [pair for pair in wanted if pair[0] is not match.work_id]
            closed.append(match.work_id)
    return closed


async def close_as_owned(tx: Transaction, kept: KeptMissing, book_id: UUID | None, why: str, now: datetime) -> None:
    """The library has it: completed, once."""
    await _close(tx, kept, MissingStatus.COMPLETED, book_id, (OWNED, why), now)


async def close_as_no_gap(tx: Transaction, kept: KeptMissing, why: str, now: datetime) -> None:
    """It never was a gap: ignored until it proves to be one after all."""
    await _close(tx, kept, MissingStatus.IGNORED, None, (NO_GAP, why), now)


async def set_aside(tx: Transaction, kept: KeptMissing, now: datetime) -> KeptMissing:
    """A person does not want it, or not again: ignored, and no comparison opens it again."""
    missing = kept.missing_book.model_copy(update={"status": MissingStatus.IGNORED, "updated_at": now})
    ignored = replace(kept, missing_book=missing, closed_because=None)
    if kept.missing_book.status is not MissingStatus.IGNORED or kept.closed_because is not None:
        await tx.missing_books.save(ignored)
        why = "a person set it aside"
        await tx.history.note("ignored", why, now, missing_book_id=missing.id)
        tx.announce(MissingBookClosed(missing_book_id=missing.id, why=why))
    return ignored


async def want_again(tx: Transaction, kept: KeptMissing, now: datetime) -> KeptMissing:
    """A person wants what was set aside, has failed or was owned; what is wanted already stays as it is."""
    if kept.missing_book.status not in (MissingStatus.IGNORED, MissingStatus.FAILED, MissingStatus.WAS_OWNED):
        return kept
    missing = kept.missing_book.model_copy(update={"status": MissingStatus.IDENTIFIED, "updated_at": now})
    wanted = replace(kept, missing_book=missing, closed_because=None)
    await tx.missing_books.save(wanted)
    await tx.history.note("wanted_again", "a person wants it again", now, missing_book_id=missing.id)
    tx.announce(MissingBookIdentified(missing_book=missing))
    return wanted


async def _close(
    tx: Transaction,
    kept: KeptMissing,
    status: MissingStatus,
    book_id: UUID | None,
    because: tuple[str, str],
    now: datetime,
) -> None:
    if not kept.is_closable:
        return
    closed = kept.missing_book.model_copy(update={"status": status, "book_id": book_id, "updated_at": now})
    await tx.missing_books.save(replace(kept, missing_book=closed, closed_because=because[0]))
    await tx.history.note(because[0], f"closed: {because[1]}", now, missing_book_id=closed.id, book_id=book_id)
    tx.announce(MissingBookClosed(missing_book_id=closed.id, book_id=book_id, why=because[1]))
