"""Lists, adds, changes and deletes import lists, and reads their files."""

from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.contracts.metadata.import_lists import (
    MOST_LISTS,
    CreateImportList,
    DeleteImportList,
    FileReading,
    GetImportList,
    ImportList,
    ImportListKind,
    ListImportListKinds,
    ListImportLists,
    ReadImportListFile,
    UpdateImportList,
)
from shared.translatable import translatable

from metadata.domain.import_lists import ListSources, StoredList, clean, reading_of
from metadata.domain.refusals import ImportListConflict, InvalidImportList, UnknownImportList
from metadata.domain.transactions import Transactions, Work


class EditImportListsHandlers:
    """Answers the requests about import lists as a whole."""

    def __init__(self, transaction: Transactions, sources: ListSources, clock: Clock) -> None:
        self._transaction = transaction
        self._sources = sources
        self._clock = clock

    async def list_kinds(self, _request: ListImportListKinds) -> list[ImportListKind]:
        """Every known kind."""
        return self._sources.kinds()

    async def list_all(self, _request: ListImportLists) -> list[ImportList]:
        """Every list, by name."""
        async with self._transaction() as tx:
            return [each.settings for each in await tx.import_lists.all()]

    async def get(self, request: GetImportList) -> ImportList:
        """One list. Raises `UnknownImportList`."""
        async with self._transaction() as tx:
            stored = await tx.import_lists.get(request.id)
        if stored is None:
            raise UnknownImportList(f"there is no import list {request.id}")
        return stored.settings

    async def create(self, request: CreateImportList) -> ImportList:
        """Add a list. Raises `InvalidImportList`, `ImportListConflict`, and `UnknownImportList` if it is gone again."""
        new, list_id = request.new, uuid4()
        new = new.model_copy(update={"name": _name(new.name), "address": self._sources.address(new.kind, new.address)})
        async with self._transaction() as tx:
            if len(await tx.import_lists.all()) >= MOST_LISTS:
                raise ImportListConflict(
                    translatable(
                        "refused.too_many_lists",
                        f"there are {MOST_LISTS} lists already: delete one first",
                        most=MOST_LISTS,
                    )
                )
            if not await tx.import_lists.add(list_id, new, self._clock.now()):
                raise ImportListConflict(
                    translatable(
                        "refused.list_name", f"there is a list with the name “{new.name}” already", name=new.name
                    )
                )
            stored = await tx.import_lists.get(list_id)
        if stored is None:
            raise UnknownImportList(f"the import list {list_id} was deleted at once")
        return stored.settings

    async def update(self, request: UpdateImportList) -> ImportList:
        """Change a list. Raises `UnknownImportList`, `InvalidImportList` and `ImportListConflict`.

        A list at another address or with another shelf is read again, whatever its site says about changes.
        """
        async with self._transaction() as tx:
            stored = await _locked(tx, request.id)
            changes: dict[str, object] = request.update.model_dump(mode="json", exclude_none=True)
            if request.update.name is not None:
                changes["name"] = _name(request.update.name)
            if request.update.address is not None:
                changes["address"] = self._sources.address(stored.settings.kind, request.update.address)
                changes["validators"] = []
            if not await tx.import_lists.change(request.id, changes):
                raise ImportListConflict(
                    translatable(
                        "refused.list_name",
                        f"there is a list with the name “{request.update.name}” already",
                        name=request.update.name,
                    )
                )
            changed = await _locked(tx, request.id)
        return changed.settings

    async def delete(self, request: DeleteImportList) -> ImportList:
        """Delete a list with its entries, and return it. Raises `UnknownImportList`."""
        async with self._transaction() as tx:
            stored = await _locked(tx, request.id)
            await tx.import_lists.delete(request.id)
        return stored.settings

    async def read_file(self, request: ReadImportListFile) -> FileReading:
        """Replace the entries of a list with those of a file. Raises `UnknownImportList` and `InvalidImportList`."""
        settings = await self.get(GetImportList(id=request.id))
        contents = self._sources.read_file(settings.kind, request.content, settings.shelf)
        now = self._clock.now()
        async with self._transaction() as tx:
            await _locked(tx, request.id)
            reading = reading_of(contents, await tx.import_lists.keys(request.id))
            await tx.import_lists.apply(request.id, reading, now)
            await tx.import_lists.record(request.id, read_at=now, validators=contents.validators, problem=None)
        return FileReading(
            entries=len(contents.books),
            added=len(reading.added) + len(reading.back),
            removed=len(reading.gone),
            unreadable=list(contents.unreadable),
        )


async def _locked(tx: Work, list_id: UUID) -> StoredList:
    stored = await tx.import_lists.get(list_id, to_change=True)
    if stored is None:
        raise UnknownImportList(f"there is no import list {list_id}")
    return stored


def _name(name: str) -> str:
    """A name on one line. Raises `InvalidImportList` if nothing of it can be shown."""
    cleaned = clean(name)
    if not cleaned:
        raise InvalidImportList(translatable("refused.empty_name", "the name is empty"))
    return cleaned
