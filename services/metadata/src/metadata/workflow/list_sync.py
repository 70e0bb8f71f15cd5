"""Brings one import list up to date: reads it, matches its entries, and has the library add what it lacks."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.contracts.library.listed_works import MOST_WORKS, AddListedWorks, WithdrawListedWorks
from shared.contracts.metadata.import_lists import (
    EntryState,
    ImportListEntry,
    ImportListNeedsPerson,
    RemovedEntries,
)
from shared.contracts.runs import PlannedAction
from shared.contracts.translatable import with_code
from shared.contracts.values import MissingReason
from shared.translatable import about, title_by, translatable

from metadata.domain.entry_states import (
    is_known_as_owned,
    is_wanted,
    listed_work,
    needs_match,
    with_library,
    with_match,
)
from metadata.domain.failures import advised
from metadata.domain.import_lists import (
    Allowance,
    Contents,
    ListedBook,
    ListSources,
    Reading,
    StoredEntry,
    StoredList,
    reading_of,
)
from metadata.domain.ports import ListedWorksLibrary
from metadata.domain.refusals import InvalidImportList
from metadata.domain.transactions import Transactions
from metadata.workflow.entry_matcher import EntryMatcher

ENTRIES_AT_ONCE = 50


@dataclass(slots=True)
class ListResult:
    """What a run did, or would do, with one list."""

    name: str
    problem: str | None = None
    listed: int = 0
    added: int = 0
    gone: int = 0
    states: dict[str, int] = field(default_factory=dict)
    actions: list[PlannedAction] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    """What of the list could not be read, with the reasons."""
    newly_doubtful: int = 0
    postponed: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    """The providers that failed, and why."""

    @property
    def problems(self) -> list[str]:
        """Why the list could not be read, and which providers failed while entries waited for them."""
        failed = [about(name, why) for name, why in self.failures.items()] if self.postponed else []
        return [about(self.name, each) for each in ((self.problem,) if self.problem else ())] + failed

    def figures(self) -> dict[str, object]:
        """The figures for the details of the run."""
        return {
            "list": self.name, "new_entries": self.added, "no_longer_listed": self.gone, "states": self.states,
            "postponed": self.postponed, "unreadable": self.unreadable, "problem": self.problem,
        }  # fmt: skip


class ListSync:
    """Steps of a run for one list. Each chunk of entries is stored before the next, so an interrupted run goes on."""

    def __init__(
        self,
        transaction: Transactions,
        sources: ListSources,
        library: ListedWorksLibrary,
        matcher: EntryMatcher,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._sources = sources
        self._library = library
        self._matcher = matcher
        self._clock = clock

    async def sync(
        self, of: StoredList, run_id: UUID | None, allowance: Allowance, *, dry_run: bool
    ) -> AsyncIterator[ListResult]:
        """Yield the result so far after each chunk of entries, until the run is cancelled or the list is done.

        A dry run stores nothing. Raises `ServiceUnavailable` while the library is unavailable.
        """
        result = ListResult(of.settings.name)
        reading = await self._read(of, result, dry_run=dry_run)
        async for entries in self._chunks(of, reading, dry_run=dry_run):
            async with self._transaction() as tx:
                if await tx.runs.cancelled(run_id):
                    return
            await self._handle(of, entries, result, allowance, dry_run=dry_run)
            yield result
        if of.settings.removed_entries is RemovedEntries.WITHDRAW:
            await self._withdraw(of, reading, result, dry_run=dry_run)
        if result.newly_doubtful and not dry_run:
            await self._announce(of, result)
        yield result

    async def _read(self, of: StoredList, result: ListResult, *, dry_run: bool) -> Reading:
        """The difference to the stored entries. A list that fails or comes back empty changes nothing."""
        if self._sources.reads_files(of.settings.kind):
            return Reading()
        contents: Contents | None = None
        read_at: datetime | None = None
        try:
            contents, read_at = await self._sources.fetch(of), self._clock.now()
        except RemoteError as error:
            result.problem = advised(error.code, error.detail)
        except InvalidImportList as error:
            result.problem = error.detail
        if contents is not None and not contents.books:
            words = "the list is empty: its entries stay as they are"
            result.problem, contents, read_at = translatable("run.list_empty", words), None, None
        async with self._transaction() as tx:
            reading = reading_of(contents, await tx.import_lists.keys(of.settings.id)) if contents else Reading()
            result.added, result.gone = len(reading.added), len(reading.gone)
            result.unreadable = list(contents.unreadable) if contents else []
            if not dry_run:
                validators = contents.validators if contents else None
                await tx.import_lists.apply(of.settings.id, reading, self._clock.now())
                await tx.import_lists.record(
                    of.settings.id, read_at=read_at, validators=validators, problem=result.problem
                )
        return reading

    async def _chunks(self, of: StoredList, reading: Reading, *, dry_run: bool) -> AsyncIterator[list[StoredEntry]]:
        """The entries in small lists; a dry run takes the changes of the reading into account, which are not stored."""
        after: UUID | None = None
        gone = frozenset(reading.gone) if dry_run else frozenset()
        while True:
            async with self._transaction() as tx:
                entries = await tx.import_lists.next_entries(of.settings.id, after, ENTRIES_AT_ONCE)
            if not entries:
                break
            after = entries[-1].entry.id
            yield [each for each in entries if each.key not in gone]
        for start in range(0, len(reading.added) if dry_run else 0, ENTRIES_AT_ONCE):
            yield [self._unstored(of, book) for book in reading.added[start : start + ENTRIES_AT_ONCE]]

    def _unstored(self, of: StoredList, book: ListedBook) -> StoredEntry:
        entry = ImportListEntry(
            id=uuid4(),
            list_id=of.settings.id,
            title=book.title,
            authors=list(book.authors),
            isbn=book.isbn,
            asin=book.asin,
            published_year=book.published_year,
            state=EntryState.NEW,
            added_at=self._clock.now(),
        )
        return StoredEntry(entry, book.key)

    async def _handle(
        self, of: StoredList, stored: Sequence[StoredEntry], result: ListResult, allowance: Allowance, *, dry_run: bool
    ) -> None:
        before = {each.entry.id: each.entry for each in stored}
        entries = await self._without_owned(list(before.values()))
        entries = await self._matched(entries, result, allowance)
        entries = await self._in_library(of, entries, result, dry_run=dry_run)
        after = {each.id: each for each in entries}
        for entry in after.values():
            result.listed += 1
            result.states[entry.state] = result.states.get(entry.state, 0) + 1
            if entry.state is EntryState.DOUBTFUL and before[entry.id].state is not EntryState.DOUBTFUL:
                result.newly_doubtful += 1
                result.actions.append(PlannedAction.of("ask_person", name_of(entry), entry.words))
        changed = [
            StoredEntry(after[each.entry.id], each.key, each.version)
            for each in stored
            if after[each.entry.id] != each.entry
        ]
        if changed and not dry_run:
            async with self._transaction() as tx:
                await tx.import_lists.update(changed)

    async def _without_owned(self, entries: list[ImportListEntry]) -> list[ImportListEntry]:
        """Entries that are not matched, as owned if the library surely owns what the list names."""
        unmatched = [
            each for each in entries if each.work is None and each.title and each.authors and not _is_ignored(each)
        ]
        known = await self._library.look_up([listed_work(each) for each in unmatched]) if unmatched else []
        owned = {
            each.id: found
            for each, work in zip(unmatched, known, strict=True)
            if (found := is_known_as_owned(each, work)) is not None
        }
        return [owned.get(each.id, _not_owned_any_more(each)) for each in entries]

    async def _matched(
        self, entries: list[ImportListEntry], result: ListResult, allowance: Allowance
    ) -> list[ImportListEntry]:
        """Entries matched with the providers, as many as the run may still match."""
        now = self._clock.now()
        due = [each for each in entries if each.state is not EntryState.OWNED and needs_match(each, now)]
        taken = allowance.take(len(due))
        result.postponed += len(due) - taken
        attempts = await asyncio.gather(*(self._matcher.match(each) for each in due[:taken]))
        matched = {
            each.id: with_match(each, attempt.match, now)
            for each, attempt in zip(due[:taken], attempts, strict=True)
            if attempt.match is not None
        }
        for attempt in attempts:
            result.failures |= attempt.failures
        result.postponed += taken - len(matched)
        return [matched.get(each.id, each) for each in entries]

    async def _in_library(
        self, of: StoredList, entries: list[ImportListEntry], result: ListResult, *, dry_run: bool
    ) -> list[ImportListEntry]:
        """Entries with a sure work, after the library added what it lacks."""
        wanted = [each for each in entries if is_wanted(each)]
        if not wanted:
            return entries
        known = await self._library.add(request_for(of, wanted, dry_run=dry_run))
        answered = {each.id: with_library(each, work) for each, work in zip(wanted, known, strict=True)}
        for each, work in zip(wanted, known, strict=True):
            if work.added:
                why = with_code(work.words, work.translatable.get("words"))
                result.actions.append(PlannedAction.of("identify_gap", name_of(each), why))
        return [answered.get(each.id, each) for each in entries]

    async def _withdraw(self, of: StoredList, reading: Reading, result: ListResult, *, dry_run: bool) -> None:
        """Close the missing books that only removed entries wanted; a dry run counts those that are gone as removed."""
        async with self._transaction() as tx:
            gone = await tx.import_lists.withdrawable(of.settings.id, reading.gone, MOST_WORKS)
        by_missing = {each.entry.missing_book_id: each for each in gone if each.entry.missing_book_id is not None}
        if not by_missing:
            return
        closed = await self._library.withdraw(
            WithdrawListedWorks(missing_book_ids=list(by_missing), source=of.source, dry_run=dry_run)
        )
        withdrawn = [by_missing[each] for each in closed if each in by_missing]
        result.actions += [PlannedAction.of("close_gap", name_of(each.entry)) for each in withdrawn]
        if withdrawn and not dry_run:
            changes = {"state": EntryState.LEFT_OUT, "words": "the list no longer names it"}
            async with self._transaction() as tx:
                await tx.import_lists.update(
                    [StoredEntry(each.entry.model_copy(update=changes), each.key, each.version) for each in withdrawn]
                )

    async def _announce(self, of: StoredList, result: ListResult) -> None:
        async with self._transaction() as tx:
            tx.announce(
                ImportListNeedsPerson(
                    list_id=of.settings.id,
                    list_name=of.settings.name,
                    entries=result.newly_doubtful,
                    doubtful=result.states.get(EntryState.DOUBTFUL, 0),
                )
            )


def request_for(of: StoredList, entries: Sequence[ImportListEntry], *, dry_run: bool = False) -> AddListedWorks:
    """The request that makes missing books of the works of these entries."""
    return AddListedWorks(
        works=[listed_work(each) for each in entries],
        source=of.source,
        reason=MissingReason.LIST,
        priority=of.settings.priority,
        max_automatic=len(entries) if of.settings.auto_download else 0,
        dry_run=dry_run,
    )


def name_of(entry: ImportListEntry) -> str:
    """The title and the authors of an entry, or its identifier."""
    title = (entry.work.title if entry.work else entry.title) or entry.isbn or entry.asin or ""
    authors = entry.work.authors if entry.work else entry.authors
    return title_by(title, authors[:3])


def _is_ignored(entry: ImportListEntry) -> bool:
    return entry.state is EntryState.IGNORED and entry.decided_by is not None


def _not_owned_any_more(entry: ImportListEntry) -> ImportListEntry:
    """An entry that was owned without a match, and that the library no longer owns, is matched like a new one."""
    if entry.state is EntryState.OWNED and entry.work is None:
        return entry.model_copy(update={"state": EntryState.NEW, "book_id": None, "confidence": None, "words": ""})
    return entry
