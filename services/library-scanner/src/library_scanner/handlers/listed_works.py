"""Says what the library knows of the works of a list outside, and makes missing books of those that it lacks."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.rollback import rolled_back
from shared.contracts.library.listed_works import (
    AddedWork,
    AddListedWorks,
    KnownWork,
    ListedWork,
    LookUpWorks,
    WantWork,
    WithdrawListedWorks,
    WorkState,
)
from shared.contracts.library.missing_books import MissingBookIdentified
from shared.contracts.translatable import translatables
from shared.contracts.values import MissingReason, MissingStatus
from shared.translatable import translatable

from library_scanner.domain.listed_works import (
    Listing,
    claimed_by,
    is_to_be_added,
    known_in_library,
    missing_book_of,
    state_of,
    stored_of,
)
from library_scanner.domain.missing_book import StoredMissingBook
from library_scanner.domain.owned_index import LibraryIndex
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.close_missing_books import close_as_no_gap
from library_scanner.workflow.current_index import CurrentIndex

WORKS_AT_ONCE = 5
"""Comparing this many blocks the event loop for some milliseconds."""
PRIORITY = 50
"""Of a book that a person wants: that of import lists by default."""


class ListedWorksHandlers:
    """Answers `LookUpWorks`, `AddListedWorks`, `WantWork` and `WithdrawListedWorks`.

    `languages` are the wanted ones, as two-letter codes.
    """

    def __init__(
        self, transaction: Transactions, clock: Clock, index: CurrentIndex, *, languages: tuple[str, ...]
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._index = index
        self._languages = languages

    async def look_up(self, request: LookUpWorks) -> list[KnownWork]:
        """The state of each work, in the order of the request."""
        in_library = await self._in_library(request.works)
        async with self._transaction() as tx:
            known = await _known(tx, request.works)
        return [
            _with_stored(found, stored_of(work, known)) for work, found in zip(request.works, in_library, strict=True)
        ]

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        """Add the absent works as missing books; a dry run says which they would be."""
        in_library = await self._in_library(request.works)
        transaction = rolled_back(self._transaction) if request.dry_run else self._transaction()
        async with transaction as tx:
            await tx.lock()
            return await self._add(tx, request, in_library)

    async def want(self, request: WantWork) -> AddedWork:
        """Add one work that a person wants, with the priority of import lists."""
        work = ListedWork(**request.model_dump(exclude={"found_in"}), sure=True)
        add = AddListedWorks(
            works=[work], source=request.found_in, reason=MissingReason.LIST, priority=PRIORITY, max_automatic=1
        )
        return (await self.add(add))[0]

    async def _add(self, tx: Transaction, request: AddListedWorks, in_library: Sequence[KnownWork]) -> list[AddedWork]:
        now, automatic_left, listing = self._clock.now(), request.max_automatic, Listing.of(request)
        known = await _known(tx, request.works)
        results: list[AddedWork] = []
        for work, found in zip(request.works, in_library, strict=True):
            stored = stored_of(work, known)
            state = _with_stored(found, stored, sure=work.sure)
            automatic = automatic_left > 0 and (work.seeders or 0) >= request.min_seeders
            if not is_to_be_added(work, state):
                if stored is not None and state.missing_book_id is not None:
                    claimed = claimed_by(listing, stored, automatic=automatic, now=now)
                    if claimed is not stored:
                        await tx.missing_books.save(claimed)
                        known = [claimed, *(each for each in known if each is not stored)]
                results.append(AddedWork(**state.model_dump()))
                continue
            automatic_left -= automatic
            missing = missing_book_of(work, stored, listing, automatic=automatic, new_id=uuid4(), now=now)
            await tx.missing_books.save(missing)
            why = translatable("library.listed", f"missing, according to {request.source}", source=request.source)
            await tx.history.note("listed", why, now, missing_book_id=missing.missing_book.id)
            tx.announce(MissingBookIdentified(missing_book=missing.missing_book))
            known = [missing, *(each for each in known if each is not stored)]
            added = AddedWork(state=WorkState.WANTED, added=True, missing_book_id=missing.missing_book.id, words=why)
            results.append(added.model_copy(update={"translatable": translatables(words=why)}))
        return results

    async def withdraw(self, request: WithdrawListedWorks) -> list[UUID]:
        """Close the missing books that only the list wanted, and return their ids; a dry run closes none."""
        transaction = rolled_back(self._transaction) if request.dry_run else self._transaction()
        closed: list[UUID] = []
        async with transaction as tx:
            await tx.lock()
            for missing_book_id in request.missing_book_ids:
                stored = await tx.missing_books.by_id(missing_book_id)
                if stored is not None and _can_be_withdrawn(stored):
                    await close_as_no_gap(tx, stored, _removed(request.source), self._clock.now())
                    closed.append(missing_book_id)
        return closed

    async def _in_library(self, works: Sequence[ListedWork]) -> list[KnownWork]:
        if not works:
            return []
        index = await self._index.get()
        found: list[KnownWork] = []
        for place in range(0, len(works), WORKS_AT_ONCE):
            found += self._compare(works[place : place + WORKS_AT_ONCE], index)
            await asyncio.sleep(0)
        return found

    def _compare(self, works: Sequence[ListedWork], index: LibraryIndex) -> list[KnownWork]:
        today = self._clock.now().date()
        return [known_in_library(work, index, self._languages, today) for work in works]


async def _known(tx: Transaction, works: Sequence[ListedWork]) -> list[StoredMissingBook]:
    return await tx.missing_books.near({name for work in works for name in work.authors})


def _with_stored(found: KnownWork, stored: StoredMissingBook | None, *, sure: bool = False) -> KnownWork:
    """What the library knows, with the missing book if the library does not own the work.

    If a person is `sure` to want the work, its missing book counts even if an owned book may be the work.
    """
    if stored is None or not (found.state is WorkState.ABSENT or (sure and found.state is not WorkState.OWNED)):
        return found
    return state_of(stored)


def _can_be_withdrawn(stored: StoredMissingBook) -> bool:
    missing = stored.missing_book
    return missing.reason is MissingReason.LIST and stored.is_open and missing.status is not MissingStatus.DOWNLOADING


def _removed(source: str) -> str:
    return translatable("library.unlisted", f"removed from {source}", source=source)
