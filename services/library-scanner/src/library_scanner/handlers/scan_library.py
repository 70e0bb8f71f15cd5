"""Stores what changed in Audiobookshelf since the last scan."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.books.series.library_reading import READING_VERSION
from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.rollback import rolled_back
from shared.contracts.library.books import BookVanished
from shared.contracts.library.findings import CheckLibrary, FindingKind
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.metadata.refreshes import RefreshBooks
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import translatable

from library_scanner.domain.checks.remedies import remedy_of
from library_scanner.domain.item import AbsLibrary, ItemMark
from library_scanner.domain.joint_series import SERIES_FIELDS, owner_batches, owner_of
from library_scanner.domain.ports import AudiobookLibrary, KnownMark
from library_scanner.domain.transaction import Transaction, Transactions
from library_scanner.workflow.read_series import read_series_of
from library_scanner.workflow.scan_plan import plan_archiving, plan_of
from library_scanner.workflow.sync_items import SyncResult, restore_duplicates, sync_items

BATCH_ITEMS = 100
NEW_FOR = timedelta(days=1)
"""Since when a book must be in Audiobookshelf to be refreshed as a new one. Another scan may have found it already."""
MAX_REFRESHED = 50
"""New books whose metadata is refreshed at once. More are a new library: its books are refreshed by the tasks."""
BOOKS_IN_MESSAGE = 25


class _Cancelled(Exception):
    """A person cancelled the run; what was stored until then is kept."""


@dataclass(slots=True)
class _Scan:
    """The state of a scan in progress: what was known before, and what was found so far."""

    run_id: UUID | None
    full: bool
    dry_run: bool
    known: dict[str, KnownMark]
    refetch: set[str] = field(default_factory=set)
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

    def add(self, result: SyncResult) -> None:
        self.added += len(result.appeared)
        self.changed += len(result.changed)
        self.owners.update(owner_of(book) for book in result.appeared)
        self.owners.update(
            owner_of(synced.stored.book) for synced in result.changed if SERIES_FIELDS.intersection(synced.changed)
        )
        if self.dry_run:
            self.planned += plan_of(result)


class ScanLibraryHandler:
    """Pages through the list of items and fetches the details of those that are new or changed.

    Each batch is stored before the next is fetched, so an interrupted scan keeps its progress: the next one pages
    through the list again and fetches only the rest. Books are archived only after the whole list was read: those that
    Audiobookshelf does not return by their id either, and those whose files have been missing for
    `missing_files_days`, because an unmounted disk is not a deletion. A cancelled run stops before the next batch.
    A dry run does the same in transactions that are rolled back, and reports what they would have changed.
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
        """Scan all libraries and finish the run. A failure of Audiobookshelf fails the run and archives nothing."""
        began = self._clock.now()
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            scan = _Scan(command.run_id, command.full, command.dry_run, await tx.books.marks())
            if command.author_ids:
                scan.refetch = await tx.books.abs_ids_by(command.author_ids)
        try:
            libraries = await self._library.libraries()
            for library in libraries:
                await self._sync_library(scan, library)
            await self._archive_removed(scan, libraries)
            await self._read_series(scan)
        except RemoteError as error:
            self._log.warning("library_scan_failed", reason=str(error))
            await self._finish(scan, self._clock.now() - began, failed=error.words)
        except _Cancelled:
            await self._finish(scan, self._clock.now() - began)
        else:
            if command.refresh_new and not command.dry_run:
                await self._refresh_new()
            await self._finish(scan, self._clock.now() - began)

    async def _sync_library(self, scan: _Scan, library: AbsLibrary) -> None:
        async for page in self._library.marks(library.id):
            marks = [mark for mark in page if mark.has_audio and not _stays_archived(scan, mark)]
            scan.present.update(mark.abs_id for mark in marks)
            scan.without_files.update(mark.abs_id for mark in marks if mark.missing)
            await self._fetch_and_sync(scan, [mark.abs_id for mark in marks if _must_fetch(scan, mark)])
            if scan.run_id is not None:
                async with self._transaction() as tx:
                    if await tx.runs.cancelled(scan.run_id):
                        raise _Cancelled
                    tx.runs.progressed(scan.run_id, scan.tally, f"{library.name}: {len(scan.present)} books seen")

    async def _fetch_and_sync(self, scan: _Scan, abs_ids: Sequence[str]) -> None:
        for start in range(0, len(abs_ids), BATCH_ITEMS):
            read_at = self._clock.now()
            items = await self._library.items(abs_ids[start : start + BATCH_ITEMS])
            async with self._storing(scan) as tx:
                if await tx.runs.cancelled(scan.run_id):
                    raise _Cancelled
                result = await sync_items(tx, items, self._clock, read_at=read_at)
            scan.add(result)
            scan.without_files -= {book.abs_id for book in result.vanished if book.abs_id}

    async def _archive_removed(self, scan: _Scan, libraries: Sequence[AbsLibrary]) -> None:
        """The list may have shifted between two pages, so an unseen book is fetched by its id before it is archived."""
        unseen = [abs_id for abs_id, mark in scan.known.items() if mark.active and abs_id not in scan.present]
        found = {item.abs_id: item for item in await self._library.items(unseen)}
        library_ids = {library.id for library in libraries}
        scan.present.update(key for key, item in found.items() if item.library_id in library_ids)
        scan.without_files.update(key for key, item in found.items() if item.missing and item.library_id in library_ids)
        removed = [abs_id for abs_id in unseen if abs_id not in scan.present]
        async with self._storing(scan) as tx:
            last_seen = self._clock.now() - timedelta(days=self._missing_files_days)
            overdue = set(await tx.books.files_missing_since(last_seen)) & scan.without_files & scan.known.keys()
            scan.present -= overdue
            scan.without_files -= overdue
            removed += sorted(overdue)
            archived = await tx.books.archive([scan.known[each].book_id for each in removed], self._clock.now())
            for book_id in archived:
                tx.announce(BookVanished(book_id=book_id))
            await restore_duplicates(tx, sorted({scan.known[each].path for each in removed}), self._clock.now())
        scan.vanished = len(archived)
        if scan.dry_run:
            scan.planned += [plan_archiving(scan.known[each].path) for each in removed]
        if scan.without_files:
            scan.problems.append(
                _missing_files_problem(len(scan.without_files), len(scan.present), self._missing_files_days)
            )

    async def _read_series(self, scan: _Scan) -> None:
        """Read the series of new or changed books together with those of their siblings; a full scan reads all.

        Books that were read with an earlier version of the reading rules are read again, even if they are unchanged.

        A dry run stores no books, so it has no siblings to read.
        """
        if scan.dry_run:
            return
        async with self._transaction() as tx:
            if not scan.full:
                scan.owners |= await tx.books.owners_read_before(READING_VERSION)
            if not (scan.full or scan.owners):
                return
            sizes = await tx.books.owners(None if scan.full else scan.owners)
        for owners in owner_batches(sizes):
            async with self._transaction() as tx:
                if await tx.runs.cancelled(scan.run_id):
                    raise _Cancelled
                await read_series_of(tx, owners, self._clock)

    async def _refresh_new(self) -> None:
        """Have new books refreshed that never were. A repetition leaves out those that are refreshed by then."""
        async with self._transaction() as tx:
            new = await tx.books.never_refreshed(self._clock.now() - NEW_FOR, MAX_REFRESHED)
            for start in range(0, len(new), BOOKS_IN_MESSAGE):
                tx.send(RefreshBooks(book_ids=new[start : start + BOOKS_IN_MESSAGE], fill_only=True))

    def _storing(self, scan: _Scan) -> AbstractAsyncContextManager[Transaction]:
        return rolled_back(self._transaction) if scan.dry_run else self._transaction()

    async def _finish(self, scan: _Scan, duration: timedelta, *, failed: str | None = None) -> None:
        details: dict[str, Any] = {
            "seen": len(scan.present),
            "added": scan.added,
            "changed": scan.changed,
            "vanished": scan.vanished,
            "without_files": len(scan.without_files),
            "seconds": round(duration.total_seconds(), 2),
        }
        outcome = RunOutcome.FAILED if failed else RunOutcome.COMPLETED
        problems = [*([failed] if failed else []), *scan.problems]
        plan = Plan.of(scan.planned).as_details() if scan.dry_run else {}
        async with self._transaction() as tx:
            if not scan.dry_run:
                await tx.lock()
                await tx.counts.update()
                tx.send(CheckLibrary())
            tx.runs.finished(scan.run_id, scan.tally, outcome=outcome, problems=problems, details=details | plan)
        self._log.info("library_scanned", outcome=str(outcome), dry_run=scan.dry_run, **details)


def _missing_files_problem(books: int, of_books: int, days: int) -> str:
    missing = f"{books} of {of_books} books have no files at present and count as owned for {days} days"
    kind = FindingKind.FILES_MISSING
    words = f"{missing}. What to do: {remedy_of(kind)}"
    return translatable("run.files_missing", words, books=books, of_books=of_books, days=days, remedy=kind.value)


def _must_fetch(scan: _Scan, mark: ItemMark) -> bool:
    known = scan.known.get(mark.abs_id)
    return (
        scan.full
        or mark.abs_id in scan.refetch
        or known is None
        or not known.active
        or (known.updated_ms, known.path, known.files_missing) != (mark.updated_ms, mark.path, mark.missing)
    )


def _stays_archived(scan: _Scan, mark: ItemMark) -> bool:
    """A book that was archived while its files were missing is restored only when they are back."""
    known = scan.known.get(mark.abs_id)
    return mark.missing and known is not None and not known.active
