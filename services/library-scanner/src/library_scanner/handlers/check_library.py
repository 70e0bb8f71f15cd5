"""Checks the library: finds what is wrong, stores it, and proposes the changes that repair it."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.library.findings import CheckLibrary, FindingKind
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group, LibraryNames
from library_scanner.domain.checks.library_names import NamedBook, groups_of, names_of_library
from library_scanner.domain.checks.registry import CHECK_VERSION, check_group
from library_scanner.domain.checks.whole_checks import WHOLE_CHECKS, WHOLE_KINDS, ItemState
from library_scanner.domain.stored_findings import Changes, StoredFinding, compare
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.cover_sizes import CoverSizeReading
from library_scanner.workflow.propose_repairs import propose_repairs

NAMES_READ_AT_ONCE = 1000
ITEMS_CHECKED_AT_ONCE = 500
KEYS_READ_AT_ONCE = 5000
BOOKS_CHECKED_AT_ONCE = 200
"""The books of several authors are checked in one transaction, until there are so many."""
GROUP_KINDS = frozenset(FindingKind) - WHOLE_KINDS


class _Cancelled(Exception):
    """A person cancelled the run; what was stored until then is kept."""


@dataclass(slots=True)
class _Check:
    """A check in progress: what is due, what was done, and what a dry run would store."""

    command: CheckLibrary
    began: datetime
    due: set[UUID] = field(default_factory=set)
    checked: int = 0
    found: int = 0
    changed: int = 0
    keys: set[str] = field(default_factory=set)
    planned: list[PlannedAction] = field(default_factory=list)

    def add(self, found: Sequence[Found], changes: Changes) -> None:
        self.found += len(found)
        self.changed += len(changes.to_store)
        self.keys.update(each.key for each in found)
        if self.command.dry_run:
            self.planned += [PlannedAction.of(each.status, _kind(each.kind), each.words) for each in changes.to_store]


class CheckLibraryHandler:
    """Checks the books of each author that has a book that changed since its last check, or of all authors.

    The names of the whole library are read first, because they show who writes and who reads, and how a person is
    usually written. Each batch of authors is stored before the next is checked, so an interrupted check continues where
    it stopped. Findings are compared and stored under the library lock, so that checks by several replicas agree on
    the id of each. A check of all books also reads the sizes of some covers. A dry run stores nothing.
    """

    def __init__(self, transaction: Transactions, clock: Clock, covers: CoverSizeReading, *, tiny_pixels: int) -> None:
        self._transaction = transaction
        self._clock = clock
        self._covers = covers
        self._tiny_pixels = tiny_pixels
        self._log = logger()

    async def check(self, command: CheckLibrary) -> None:
        """Check the library, and finish the run if the command has one."""
        check = _Check(command, self._clock.now())
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            full = command.full or await tx.findings.version() != CHECK_VERSION
            check.due = await tx.books_to_check.due()
        cancelled = False
        try:
            if full or check.due:
                await self._check_groups(check, full=full)
            if command.full and not command.dry_run:
                await self._covers.read()
            await self._check_items(check)
            await self._solve_those_not_found(check, frozenset(FindingKind) if full else WHOLE_KINDS)
        except _Cancelled:
            cancelled = True
        seconds = round((self._clock.now() - check.began).total_seconds(), 2)
        details: dict[str, Any] = {
            "checked": check.checked, "findings": check.found, "changed": check.changed, "seconds": seconds,
        }  # fmt: skip
        plan = Plan.of(check.planned).as_details() if command.dry_run else {}
        tally = RunTally(processed=check.checked, succeeded=check.checked)
        async with self._transaction() as tx:
            if not command.dry_run and not cancelled:
                await tx.findings.checked(CHECK_VERSION, self._clock.now())
            tx.runs.finished(command.run_id, tally, outcome=RunOutcome.COMPLETED, details=details | plan)
        self._log.info("library_checked", full=full, dry_run=command.dry_run, cancelled=cancelled, **details)

    async def _check_groups(self, check: _Check, *, full: bool) -> None:
        named = await self._named()
        names = await asyncio.to_thread(names_of_library, named)
        groups = await asyncio.to_thread(groups_of, named, names)
        due = set(check.due)
        if not full:
            due |= await self._related(due - {book.id for book in named})
        batch: list[list[UUID]] = []
        for ids in groups.values():
            if full or not due.isdisjoint(ids):
                batch.append(ids)
            if sum(map(len, batch)) >= BOOKS_CHECKED_AT_ONCE:
                await self._check_batch(check, batch, names)
                batch = []
        if batch:
            await self._check_batch(check, batch, names)
        await self._solve_those_of_gone_books(check, {book.id for book in named})

    async def _named(self) -> list[NamedBook]:
        named: list[NamedBook] = []
        last: UUID | None = None
        while True:
            async with self._transaction() as tx:
                page = await tx.books_to_check.named(last, NAMES_READ_AT_ONCE)
            if not page:
                return named
            named += page
            last = page[-1].id

    async def _related(self, gone: Collection[UUID]) -> set[UUID]:
        """The other books of the findings of books that are gone: without them, the findings may be solved."""
        async with self._transaction() as tx:
            return {each for finding in await tx.findings.of_books(gone) for each in finding.book_ids}

    async def _check_batch(self, check: _Check, batch: Sequence[Sequence[UUID]], names: LibraryNames) -> None:
        ids = [each for group in batch for each in group]
        at = self._clock.now()
        async with self._transaction() as tx:
            if await tx.runs.cancelled(check.command.run_id):
                raise _Cancelled
            books = {book.id: book for book in await tx.books_to_check.books(ids)}
            editions = await tx.books_to_check.editions(ids)
        groups = [Group([books[each] for each in group if each in books], names, editions) for group in batch]
        found = await asyncio.to_thread(_check_all, groups)
        async with self._transaction() as tx:
            await tx.lock()
            known = [each for each in await tx.findings.of_books(ids) if each.kind in GROUP_KINDS]
            changes = compare(known, found, at)
            check.checked += len(books)
            await self._store(tx, check, found, changes)
            if check.command.dry_run:
                return
            await tx.books_to_check.mark_checked(ids, at)
            tx.runs.progressed(check.command.run_id, RunTally(processed=check.checked, succeeded=check.checked))

    async def _solve_those_of_gone_books(self, check: _Check, active: Collection[UUID]) -> None:
        """Solve the findings of which no book is left."""
        gone = check.due - set(active)
        async with self._transaction() as tx:
            await tx.lock()
            known = await tx.findings.of_books(gone)
            await self._solve(tx, check, [each for each in known if _is_solved(each, gone, check.keys)])
            if not check.command.dry_run:
                await tx.books_to_check.mark_checked(gone, self._clock.now())

    async def _check_items(self, check: _Check) -> None:
        """Check what the items show, page by page: a library may have a problem with every item."""
        for kind, check_item in WHOLE_CHECKS.items():
            items: list[ItemState] = []
            while not items or len(items) == ITEMS_CHECKED_AT_ONCE:
                last = items[-1].id if items else None
                async with self._transaction() as tx:
                    if await tx.runs.cancelled(check.command.run_id):
                        raise _Cancelled
                    await tx.lock()
                    items = await tx.books_to_check.with_problem(
                        kind, last, ITEMS_CHECKED_AT_ONCE, tiny_pixels=self._tiny_pixels
                    )
                    if not items:
                        break
                    found = [check_item(each) for each in items]
                    known = await tx.findings.of_keys([each.key for each in found])
                    await self._store(tx, check, found, compare(known, found, self._clock.now()))

    async def _solve_those_not_found(self, check: _Check, kinds: Collection[FindingKind]) -> None:
        """Solve the open findings that the check did not find. What another check found meanwhile is left to the next.

        Only their keys are read, because a large library has many.
        """
        last: str | None = None
        while True:
            async with self._transaction() as tx:
                keys = await tx.findings.open_keys(kinds, last, KEYS_READ_AT_ONCE)
                if not keys:
                    return
                last = keys[-1]
                gone = [each for each in keys if each not in check.keys]
                if gone:
                    await tx.lock()
                    known = await tx.findings.of_keys(gone)
                    await self._solve(tx, check, [each for each in known if each.changed_at <= check.began])

    async def _solve(self, tx: Transaction, check: _Check, solved: Sequence[StoredFinding]) -> None:
        await self._store(tx, check, [], compare(solved, [], self._clock.now()))

    async def _store(self, tx: Transaction, check: _Check, found: Sequence[Found], changes: Changes) -> None:
        check.add(found, changes)
        if not check.command.dry_run:
            await tx.findings.save(changes.to_store)
            await propose_repairs(tx, changes.books_to_propose, check.command.run_id)


def _check_all(groups: Sequence[Group]) -> list[Found]:
    return [found for group in groups for found in check_group(group)]


def _kind(kind: FindingKind) -> str:
    return translatable("finding.kind", kind.value, kind=kind.value)


def _is_solved(finding: StoredFinding, gone: Collection[UUID], found: Collection[str]) -> bool:
    return finding.kind in GROUP_KINDS and finding.key not in found and set(finding.book_ids) <= set(gone)
