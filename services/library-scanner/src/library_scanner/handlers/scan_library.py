"""Takes over what changed in Audiobookshelf since the last scan."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.rollback import taken_back
from shared.contracts.library.books import BookVanished
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally

from library_scanner.domain.findings import files_are_missing
from library_scanner.domain.item import ItemMark, LibraryShown
from library_scanner.domain.joint_series import READ, owner_of, portions
from library_scanner.domain.ports import AudiobookLibrary, KnownMark, Transaction, Transactions
from library_scanner.workflow.scan_plan import planned, planned_to_be_archived
from library_scanner.workflow.series_reading import read_series_of
from library_scanner.workflow.sync_items import Took, take_items_over, take_twins_over

BATCH_ITEMS = 100


class _Cancelled(Exception):
    """A person ended the run; what was taken over by then stays."""


@dataclass(slots=True)
class _Scan:
    """One scan under way: what was known before, and what was found so far."""

    run_id: UUID | None
    full: bool
    dry_run: bool
    known: dict[str, KnownMark]
    anew: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    without_files: set[str] = field(default_factory=set)
    added: int = 0
    changed: int = 0
    vanished: int = 0
    problems: list[str] = field(default_factory=list)
    planned: list[PlannedAction] = field(default_factory=list)

    @property
    def tally(self) -> RunTally:
        return RunTally(processed=len(self.present), succeeded=len(self.present))

    def took(self, took: Took) -> None:
        self.added += len(took.appeared)
        self.changed += len(took.changed)
        self.owners.update(owner_of(book) for book in took.appeared)
        self.owners.update(owner_of(one.stored.book) for one in took.changed if READ.intersection(one.changed))
        if self.dry_run:
            self.planned += planned(took)


class Scanning:
    """Scans by paging through the list and fetching details of what is new or changed.

    Each batch is stored before the next is fetched, so a scan that is cut off has kept what it took over: the next one
    pages again and fetches only the rest. Books are archived only after the whole list was seen, and only those that
    Audiobookshelf, asked for each by its id, no longer has, or that have been without their files for
    `missing_files_days`: a disk that is away is no deletion. A run that is cancelled stops before the next batch.
    A dry run does all of it in transactions that are taken back, and tells what they would have changed.
    """

    def __init__(
        self, transaction: Transactions, library: AudiobookLibrary, clock: Clock, *, missing_files_days: int = 14
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._missing_files_days = missing_files_days
        self._log = logger()

    async def scan(self, command: ScanLibrary) -> None:
        began = self._clock.now()
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            scan = _Scan(command.run_id, command.full, command.dry_run, await tx.books.marks())
            if command.author_ids:
                scan.anew = await tx.books.abs_ids_by(command.author_ids)
        try:
            libraries = await self._library.libraries()
            for shown in libraries:
                await self._take_library_over(scan, shown)
            await self._archive_vanished(scan, libraries)
            await self._read_series(scan)
        except RemoteError as error:
            self._log.warning("library_scan_failed", because=str(error))
            await self._finish(scan, self._clock.now() - began, failed=str(error))
        except _Cancelled:
            await self._finish(scan, self._clock.now() - began)
        else:
            await self._finish(scan, self._clock.now() - began)

    async def _take_library_over(self, scan: _Scan, shown: LibraryShown) -> None:
        async for page in self._library.marks(shown.id):
            here = [mark for mark in page if mark.has_audio and not _stays_archived(scan, mark)]
            scan.present.update(mark.abs_id for mark in here)
            scan.without_files.update(mark.abs_id for mark in here if mark.missing)
            await self._take_over(scan, [mark.abs_id for mark in here if _is_news(scan, mark)])
            if scan.run_id is not None:
                async with self._transaction() as tx:
                    if await tx.runs.cancelled(scan.run_id):
                        raise _Cancelled
                    tx.runs.progressed(scan.run_id, scan.tally, f"{shown.name}: {len(scan.present)} books seen")

    async def _take_over(self, scan: _Scan, abs_ids: Sequence[str]) -> None:
        for start in range(0, len(abs_ids), BATCH_ITEMS):
            items = await self._library.items(abs_ids[start : start + BATCH_ITEMS])
            async with self._storing(scan) as tx:
                if await tx.runs.cancelled(scan.run_id):
                    raise _Cancelled
                took = await take_items_over(tx, items, self._clock)
            scan.took(took)
            scan.without_files -= {book.abs_id for book in took.gone if book.abs_id}

    async def _archive_vanished(self, scan: _Scan, libraries: Sequence[LibraryShown]) -> None:
        """The list may have shifted while it was paged, so each book not seen is asked for once more."""
        unseen = [abs_id for abs_id, mark in scan.known.items() if mark.active and abs_id not in scan.present]
        there = {item.abs_id: item for item in await self._library.items(unseen)}
        kept = {shown.id for shown in libraries}
        scan.present.update(key for key, item in there.items() if item.library_id in kept)
        scan.without_files.update(key for key, item in there.items() if item.missing and item.library_id in kept)
        gone = [abs_id for abs_id in unseen if abs_id not in scan.present]
        async with self._storing(scan) as tx:
            last_seen = self._clock.now() - timedelta(days=self._missing_files_days)
            overdue = set(await tx.books.files_missing_since(last_seen)) & scan.without_files & scan.known.keys()
            scan.present -= overdue
            scan.without_files -= overdue
            gone += sorted(overdue)
            archived = await tx.books.archive([scan.known[each].book_id for each in gone], self._clock.now())
            for book_id in archived:
                tx.announce(BookVanished(book_id=book_id))
            await take_twins_over(tx, sorted({scan.known[each].path for each in gone}), self._clock.now())
        scan.vanished = len(archived)
        if scan.dry_run:
            scan.planned += [planned_to_be_archived(scan.known[each].path) for each in gone]
        if scan.without_files:
            scan.problems.append(
                files_are_missing(len(scan.without_files), len(scan.present), self._missing_files_days)
            )

    async def _read_series(self, scan: _Scan) -> None:
        """Read the series of what is new or changed, and of its siblings, together. A full scan reads all anew.

        A dry run keeps no book, so there are no siblings to read.
        """
        if scan.dry_run or not (scan.full or scan.owners):
            return
        async with self._transaction() as tx:
            sizes = await tx.books.owners(None if scan.full else scan.owners)
        for owners in portions(sizes):
            async with self._transaction() as tx:
                if await tx.runs.cancelled(scan.run_id):
                    raise _Cancelled
                await read_series_of(tx, owners, self._clock)

    def _storing(self, scan: _Scan) -> AbstractAsyncContextManager[Transaction]:
        return taken_back(self._transaction) if scan.dry_run else self._transaction()

    async def _finish(self, scan: _Scan, took: timedelta, *, failed: str | None = None) -> None:
        details: dict[str, Any] = {
            "seen": len(scan.present),
            "added": scan.added,
            "changed": scan.changed,
            "vanished": scan.vanished,
            "without_files": len(scan.without_files),
            "seconds": round(took.total_seconds(), 2),
        }
        outcome = RunOutcome.FAILED if failed else RunOutcome.COMPLETED
        problems = [*([failed] if failed else []), *scan.problems]
        plan = Plan.of(scan.planned).as_details() if scan.dry_run else {}
        async with self._transaction() as tx:
            if not scan.dry_run:
                await tx.lock()
                await tx.counts.renew()
            tx.runs.finished(scan.run_id, scan.tally, outcome=outcome, problems=problems, details=details | plan)
        self._log.info("library_scanned", outcome=str(outcome), dry_run=scan.dry_run, **details)


def _is_news(scan: _Scan, mark: ItemMark) -> bool:
    known = scan.known.get(mark.abs_id)
    return (
        scan.full
        or mark.abs_id in scan.anew
        or known is None
        or not known.active
        or (known.updated_ms, known.path, known.files_missing) != (mark.updated_ms, mark.path, mark.missing)
    )


def _stays_archived(scan: _Scan, mark: ItemMark) -> bool:
    """A book that was archived while its files were missing comes back with them."""
    known = scan.known.get(mark.abs_id)
    return mark.missing and known is not None and not known.active
