"""Lists the entries of import lists, and records what a person decides about them."""

from shared.chassis.clock import Clock
from shared.contracts.library.listed_works import WithdrawListedWorks
from shared.contracts.metadata.import_lists import (
    DecideImportListEntry,
    EntryState,
    ImportListEntry,
    ListImportListEntries,
)
from shared.contracts.page import Page
from shared.translatable import translatable

from metadata.domain.entry_states import decided, is_wanted, with_library
from metadata.domain.import_lists import StoredEntry, StoredList
from metadata.domain.ports import ListedWorksLibrary
from metadata.domain.refusals import InvalidDecision, UnknownImportList, UnknownListEntry
from metadata.domain.transactions import Transactions
from metadata.workflow.list_sync import request_for


class ImportListEntriesHandlers:
    """Answers `ListImportListEntries` and `DecideImportListEntry`."""

    def __init__(self, transaction: Transactions, library: ListedWorksLibrary, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock

    async def page(self, request: ListImportListEntries) -> Page[ImportListEntry]:
        """A page of the entries of a list. Raises `UnknownImportList` and `UnknownSort`."""
        async with self._transaction() as tx:
            if await tx.import_lists.get(request.list_id) is None:
                raise UnknownImportList(f"there is no import list {request.list_id}")
            return await tx.import_lists.page(request)

    async def decide(self, request: DecideImportListEntry) -> ImportListEntry:
        """Store a decision, and have the library add the book if it is wanted and absent.

        A missing book that only lists wanted, and that the entry named before, is closed first. Raises
        `UnknownListEntry`, `InvalidDecision`, and `ServiceUnavailable` while the library is unavailable; then nothing
        is stored.
        """
        stored, of = await self._stored(request)
        entry = decided(stored.entry, request.decision, request.decided_by, self._clock.now())
        before = stored.entry
        if before.state is EntryState.WANTED and before.missing_book_id is not None:
            ids = [before.missing_book_id]
            await self._library.withdraw(WithdrawListedWorks(missing_book_ids=ids, source=of.source))
        if is_wanted(entry):
            (known,) = await self._library.add(request_for(of, [entry]))
            entry = with_library(entry, known)
        async with self._transaction() as tx:
            await tx.import_lists.update([StoredEntry(entry, stored.key, stored.version)])
            now_stored = await tx.import_lists.entry(request.id)
        if now_stored is None:
            raise UnknownListEntry(translatable("refused.entry_deleted", f"the entry {request.id} was deleted"))
        if now_stored.entry.decided_at != entry.decided_at or now_stored.entry.decided_by != entry.decided_by:
            raise InvalidDecision(
                translatable("refused.entry_changed", "the entry changed at the same moment: look at it again")
            )
        return now_stored.entry

    async def _stored(self, request: DecideImportListEntry) -> tuple[StoredEntry, StoredList]:
        async with self._transaction() as tx:
            stored = await tx.import_lists.entry(request.id)
            of = await tx.import_lists.get(stored.entry.list_id) if stored else None
        if stored is None or of is None:
            raise UnknownListEntry(f"there is no entry {request.id}")
        return stored, of
