"""Import lists with the stand-ins of the providers, and a stub of the library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from metadata.adapters.import_lists.kind import FileKind, SiteKind
from metadata.adapters.import_lists.registry import KINDS
from metadata.adapters.import_lists.sources import KnownSources
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions
from metadata.handlers.edit_import_lists import EditImportListsHandlers
from metadata.handlers.import_list_entries import ImportListEntriesHandlers
from metadata.handlers.import_lists import ImportListsHandler
from metadata.workflow.entry_matcher import EntryMatcher
from metadata.workflow.list_sync import ListSync
from metadata_builders import messages_sent
from shared.chassis.clock import Clock
from shared.chassis.database import Database
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.library.listed_works import (
    AddedWork,
    AddListedWorks,
    KnownWork,
    ListedWork,
    WithdrawListedWorks,
    WorkState,
)
from shared.contracts.metadata.import_lists import (
    CreateImportList,
    EntryState,
    FileReading,
    GetImportList,
    ImportList,
    ImportListEntry,
    ImportLists,
    ListImportListEntries,
    NewImportList,
    ReadImportListFile,
    UpdateImportList,
)
from shared.contracts.runs import RunFinished

PLAIN = "plain_list"


@dataclass
class StubLibrary:
    """Answers as the library service does: `states` by title, and whatever else it lacks becomes a missing book."""

    states: dict[str, WorkState] = field(default_factory=dict)
    missing: dict[str, UUID] = field(default_factory=dict)
    requests: list[AddListedWorks] = field(default_factory=list)
    withdrawals: list[WithdrawListedWorks] = field(default_factory=list)
    away: bool = False

    async def look_up(self, works: Sequence[ListedWork]) -> list[KnownWork]:
        self._check()
        return [self._known(each) for each in works]

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        self._check()
        self.requests.append(request)
        return [self._added(each, dry_run=request.dry_run) for each in request.works]

    async def withdraw(self, request: WithdrawListedWorks) -> list[UUID]:
        self._check()
        self.withdrawals.append(request)
        if not request.dry_run:
            self.missing = {title: each for title, each in self.missing.items() if each not in request.missing_book_ids}
        return list(request.missing_book_ids)

    def _added(self, work: ListedWork, *, dry_run: bool) -> AddedWork:
        known = self._known(work)
        undecided = known.state in (WorkState.MAYBE_OWNED, WorkState.LEFT_OUT)
        if known.state is not WorkState.ABSENT and not (work.sure and undecided):
            return AddedWork(**known.model_dump())
        missing_book_id = uuid4()
        if not dry_run:
            self.missing[work.title] = missing_book_id
        return AddedWork(state=WorkState.WANTED, added=True, missing_book_id=missing_book_id)

    def _known(self, work: ListedWork) -> KnownWork:
        if work.title in self.missing:
            return KnownWork(state=WorkState.WANTED, missing_book_id=self.missing[work.title])
        state = self.states.get(work.title, WorkState.ABSENT)
        owned = state is WorkState.OWNED
        return KnownWork(state=state, words=f"it is {state}", book_id=uuid4() if owned else None)

    def _check(self) -> None:
        if self.away:
            raise ServiceUnavailable("library-scanner", "library-scanner is not running")


class Scene:
    """The handlers of import lists, wired as in the service."""

    def __init__(
        self,
        database: Database,
        transaction: Transactions,
        clock: Clock,
        registry: Registry,
        *,
        clients: Mapping[str, ProviderClient] | None = None,
        kinds: Sequence[FileKind | SiteKind] = KINDS,
        matches_per_run: int = 500,
    ) -> None:
        self.database, self.library = database, StubLibrary()
        sources = KnownSources(kinds, clients or {})
        sync = ListSync(transaction, sources, self.library, EntryMatcher(registry), clock)
        self.runs = ImportListsHandler(transaction, self.library, sync, matches_per_run=matches_per_run)
        self.edit = EditImportListsHandlers(transaction, sources, clock)
        self.decisions = ImportListEntriesHandlers(transaction, self.library, clock)

    async def create(self, kind: str = PLAIN, **fields: Any) -> ImportList:
        new = NewImportList.model_validate({"name": "To read", "kind": kind} | fields)
        return await self.edit.create(CreateImportList(new=new))

    async def upload(self, list_id: UUID, *lines: str) -> FileReading:
        return await self.edit.read_file(ReadImportListFile.of(list_id, "\n".join(lines).encode()))

    async def update(self, list_id: UUID, **changes: Any) -> ImportList:
        return await self.edit.update(UpdateImportList.model_validate({"id": list_id, "update": changes}))

    async def run(self, *, dry_run: bool = False, list_ids: list[UUID] | None = None) -> RunFinished:
        """The end of a run of all enabled lists, or of these."""
        run_id = uuid4()
        await self.runs.run(ImportLists(run_id=run_id, list_ids=list_ids, dry_run=dry_run))
        (end,) = [each for each in await messages_sent(self.database, RunFinished) if each.run_id == run_id]
        return end

    async def shown(self, list_id: UUID) -> ImportList:
        return await self.edit.get(GetImportList(id=list_id))

    async def entries(self, list_id: UUID, **filters: Any) -> list[ImportListEntry]:
        request = ListImportListEntries.model_validate({"list_id": list_id, "sort": "title", "limit": 500} | filters)
        return (await self.decisions.page(request)).items

    async def states(self, list_id: UUID, **filters: Any) -> dict[str, EntryState]:
        found = await self.entries(list_id, **filters)
        return {each.title or each.isbn or each.asin or "": each.state for each in found}
