"""Makes upcoming books wanted on their release date, and updates the lists that announce releases soon."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.rollback import rolled_back
from shared.contracts.library.missing_books import MissingBookIdentified, WantReleasedBooks
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.runs import Plan, PlannedAction, RunTally
from shared.contracts.values import MissingStatus
from shared.translatable import title_by, translatable

from library_scanner.domain.editions import released
from library_scanner.domain.missing_book import StoredMissingBook, description_of
from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_as_owned
from library_scanner.workflow.current_index import CurrentIndex
from library_scanner.workflow.request_bibliographies import request_bibliographies

ANNOUNCED_DAYS = 45
"""Release dates change until shortly before the release, so lists that announce one this soon are updated."""
LIST_AGE_DAYS = 7
_RELEASED_AND_OWNED = translatable("library.released_and_owned", "it was released, and the library contains it")


class WantReleasedBooksHandler:
    """Handles `WantReleasedBooks`. A dry run reports the books that would become wanted."""

    def __init__(self, transaction: Transactions, clock: Clock, index: CurrentIndex) -> None:
        self._transaction = transaction
        self._clock = clock
        self._index = index

    async def want_released(self, command: WantReleasedBooks) -> None:
        """Make the books released up to today wanted, unless the library contains them, and finish the run."""
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            due = await tx.missing_books.released(now.date())
        index = await self._index.get() if due else None
        transaction = rolled_back(self._transaction) if command.dry_run else self._transaction()
        async with transaction as tx:
            await tx.lock()
            actions = await _want(tx, index, now)
            await self._update_lists(tx, now)
        details = Plan.of(actions).as_details() if command.dry_run else {"released": len(actions)}
        tally = RunTally(processed=len(actions), succeeded=len(actions))
        async with self._transaction() as tx:
            tx.runs.finished(command.run_id, tally, details=details)

    async def _update_lists(self, tx: Transaction, now: datetime) -> None:
        until, checked_before = now.date() + timedelta(days=ANNOUNCED_DAYS), now - timedelta(days=LIST_AGE_DAYS)
        for of in BibliographyOf:
            subjects = await tx.subjects.announcing(of, until, checked_before)
            await request_bibliographies(tx, subjects, max_age_days=LIST_AGE_DAYS)


async def _want(tx: Transaction, index: LibraryIndex | None, now: datetime) -> list[PlannedAction]:
    """Make the released books wanted, or close those that are owned. Returns what was done."""
    due = await tx.missing_books.released(now.date()) if index is not None else []
    actions = []
    for stored in due:
        owner = index.owner(description_of(stored.missing_book)) if index is not None else None
        if owner is not None:
            await close_as_owned(tx, stored, owner, _RELEASED_AND_OWNED, now)
        else:
            await _identify(tx, stored, now)
        kind = "close_gap" if owner is not None else "identify_gap"
        actions.append(_planned(kind, stored))
    await tx.counts.update_for([], [stored.missing_book.id for stored in due])
    return actions


async def _identify(tx: Transaction, stored: StoredMissingBook, now: datetime) -> None:
    missing = stored.missing_book.model_copy(update={"status": MissingStatus.IDENTIFIED, "updated_at": now})
    await tx.missing_books.save(replace(stored, missing_book=missing))
    why = released(stored.release)
    words = translatable("library.wanted", f"wanted: {why}", why=why)
    await tx.history.note("released", words, now, missing_book_id=missing.id)
    tx.announce(MissingBookIdentified(missing_book=missing))


def _planned(kind: str, stored: StoredMissingBook) -> PlannedAction:
    missing = stored.missing_book
    return PlannedAction.of(kind, title_by(missing.title, missing.authors), released(stored.release))
