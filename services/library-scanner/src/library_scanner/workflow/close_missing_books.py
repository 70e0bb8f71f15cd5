"""Closes missing books: those that appeared in the library, and those that are not gaps."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from shared.books.matching.same_work import best_match
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBookClosed, MissingBookIdentified
from shared.contracts.values import MissingStatus
from shared.translatable import translatable

from library_scanner.domain.identity import names_of
from library_scanner.domain.missing_book import NO_GAP, OWNED, StoredMissingBook, description_of
from library_scanner.domain.owned import describe
from library_scanner.domain.transaction import Transaction


async def close_appeared(tx: Transaction, appeared: Sequence[Book], now: datetime) -> list[StoredMissingBook]:
    """Close the missing books that match books new in the library. Returns them as they were before."""
    known = await tx.missing_books.near(name for book in appeared for name in names_of(book.authors))
    wanted = [(stored, description_of(stored.missing_book)) for stored in known if stored.is_closable]
    closed: list[StoredMissingBook] = []
    for book in appeared if wanted else ():
        match = best_match(describe(book), wanted)
        if match is not None:
            await close_as_owned(tx, match.work_id, book.id, _appeared(book.title), now)
            wanted = [pair for pair in wanted if pair[0] is not match.work_id]
            closed.append(match.work_id)
    return closed


async def close_as_owned(
    tx: Transaction, stored: StoredMissingBook, book_id: UUID | None, why: str, now: datetime
) -> None:
    """Mark a missing book as completed because the library has it. A closed one is left unchanged."""
    await _close(tx, stored, MissingStatus.COMPLETED, book_id, (OWNED, why), now)


async def close_as_no_gap(tx: Transaction, stored: StoredMissingBook, why: str, now: datetime) -> None:
    """Mark a missing book as ignored because it is not a gap. A later comparison may open it again."""
    await _close(tx, stored, MissingStatus.IGNORED, None, (NO_GAP, why), now)


async def ignore_missing_book(tx: Transaction, stored: StoredMissingBook, now: datetime) -> StoredMissingBook:
    """Mark a missing book as ignored because a person does not want it. No comparison opens it again."""
    missing = stored.missing_book.model_copy(update={"status": MissingStatus.IGNORED, "updated_at": now})
    ignored = replace(stored, missing_book=missing, closed_because=None)
    if stored.missing_book.status is not MissingStatus.IGNORED or stored.closed_because is not None:
        await tx.missing_books.save(ignored)
        why = translatable("library.ignored", "ignored by a person")
        await tx.history.note("ignored", why, now, missing_book_id=missing.id)
        tx.announce(MissingBookClosed(missing_book_id=missing.id, why=why))
    return ignored


async def want_again(tx: Transaction, stored: StoredMissingBook, now: datetime) -> StoredMissingBook:
    """Open a missing book that was ignored, has failed or was owned. Any other is left unchanged.

    One that is not released yet is upcoming.
    """
    if stored.missing_book.status not in (MissingStatus.IGNORED, MissingStatus.FAILED, MissingStatus.WAS_OWNED):
        return stored
    is_upcoming = stored.release.is_after(now.date())
    status = MissingStatus.UPCOMING if is_upcoming else MissingStatus.IDENTIFIED
    missing = stored.missing_book.model_copy(update={"status": status, "updated_at": now})
    wanted = replace(stored, missing_book=missing, closed_because=None)
    await tx.missing_books.save(wanted)
    words = translatable("library.wanted_again", "wanted again by a person")
    await tx.history.note("wanted_again", words, now, missing_book_id=missing.id)
    if not is_upcoming:
        tx.announce(MissingBookIdentified(missing_book=missing))
    return wanted


async def _close(
    tx: Transaction,
    stored: StoredMissingBook,
    status: MissingStatus,
    book_id: UUID | None,
    because: tuple[str, str],
    now: datetime,
) -> None:
    if not stored.is_closable:
        return
    closed = stored.missing_book.model_copy(update={"status": status, "book_id": book_id, "updated_at": now})
    await tx.missing_books.save(replace(stored, missing_book=closed, closed_because=because[0]))
    if status is MissingStatus.COMPLETED:
        tx.observe_closed_gap((now - closed.identified_at).total_seconds())
    words = translatable("library.closed", f"closed: {because[1]}", why=because[1])
    await tx.history.note(because[0], words, now, missing_book_id=closed.id, book_id=book_id)
    tx.announce(MissingBookClosed(missing_book_id=closed.id, book_id=book_id, why=because[1]))


def _appeared(title: str) -> str:
    return translatable("library.appeared", f"“{title}” appeared in the library", title=title)
