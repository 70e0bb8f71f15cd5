"""The import lists and their entries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.metadata.import_lists import (
    EntryState,
    ImportList,
    ImportListEntry,
    ListImportListEntries,
    NewImportList,
)
from shared.contracts.page import Page
from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from metadata.adapters.postgres.tables import ImportListEntryRow as Entry
from metadata.adapters.postgres.tables import ImportListRow as List
from metadata.domain.import_lists import ListedBook, Reading, StoredEntry, StoredList
from metadata.domain.refusals import UnknownSort

SORTABLE = {"added_at": Entry.added_at, "title": Entry.title, "state": Entry.state, "matched_at": Entry.matched_at}
ROWS_AT_ONCE = 1_000
_CHANGED = (
    "state",
    "words",
    "confidence",
    "reasons",
    "work",
    "candidates",
    "book_id",
    "missing_book_id",
    "decided_by",
    "decided_at",
    "matched_at",
)
"""The columns of an entry that change after it was added."""


class ImportLists:
    """The import lists, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def all(self) -> list[StoredList]:
        """Every list with the counts of its entries, by name."""
        rows = list(await self._session.scalars(select(List).order_by(func.lower(List.name), List.id)))
        return await self._with_counts(rows)

    async def get(self, list_id: UUID, *, to_change: bool = False) -> StoredList | None:
        """One list with the counts of its entries; None if it does not exist. With `to_change` its row is locked."""
        row = await self._session.get(List, list_id, with_for_update=to_change or None, populate_existing=True)
        return None if row is None else (await self._with_counts([row]))[0]

    async def add(self, list_id: UUID, new: NewImportList, now: datetime) -> bool:
        """Add a list. Returns False if its name is taken."""
        values = new.model_dump(mode="json") | {"id": list_id, "created_at": now, "validators": []}
        added = await self._session.scalar(insert(List).values(values).on_conflict_do_nothing().returning(List.id))
        return added is not None

    async def change(self, list_id: UUID, values: Mapping[str, object]) -> bool:
        """Change settings of a list. Returns False if its name is taken."""
        if not values:
            return True
        try:
            async with self._session.begin_nested():
                await self._session.execute(update(List).where(List.id == list_id).values(dict(values)))
        except IntegrityError:
            return False
        return True

    async def delete(self, list_id: UUID) -> None:
        """Delete a list with its entries."""
        await self._session.execute(delete(List).where(List.id == list_id))

    async def record(
        self, list_id: UUID, *, read_at: datetime | None, validators: Sequence[str] | None, problem: str | None
    ) -> None:
        """Store the result of an attempt to read a list.

        Without a time it failed, and without validators it is unchanged: what was stored before then stays.
        """
        values: dict[str, Any] = {"problem": problem}
        if read_at is not None:
            values["read_at"] = read_at
        if validators is not None:
            values["validators"] = list(validators)
        await self._session.execute(update(List).where(List.id == list_id).values(values))

    async def keys(self, list_id: UUID) -> dict[str, bool]:
        """The keys of all entries of a list, each with whether the list names it no longer."""
        rows = await self._session.execute(
            select(Entry.key, Entry.removed_at.is_not(None)).where(Entry.list_id == list_id)
        )
        return {key: removed for key, removed in rows}

    async def apply(self, list_id: UUID, reading: Reading, now: datetime) -> None:
        """Add the new entries, and mark those that are back or gone."""
        for some in _split(reading.added):
            adding = insert(Entry).values([_new_row(list_id, book, now) for book in some])
            await self._session.execute(adding.on_conflict_do_nothing())
        for keys, removed_at in ((reading.back, None), (reading.gone, now)):
            for named in _split(keys):
                mine = (Entry.list_id == list_id, Entry.key.in_(named))
                await self._session.execute(update(Entry).where(*mine).values(removed_at=removed_at))

    async def next_entries(self, list_id: UUID, after: UUID | None, limit: int) -> list[StoredEntry]:
        """The entries after this id, in the order of their ids, without removed ones."""
        conditions = [Entry.list_id == list_id, Entry.removed_at.is_(None)]
        if after is not None:
            conditions.append(Entry.id > after)
        rows = await self._session.scalars(select(Entry).where(*conditions).order_by(Entry.id).limit(limit))
        return [_stored(row) for row in rows]

    async def withdrawable(self, list_id: UUID, gone: Collection[str], limit: int) -> list[StoredEntry]:
        """The wanted entries that the list no longer names, and whose missing book no other entry names.

        The entries with the keys `gone` count as removed too.
        """
        other = aliased(Entry)
        is_gone, other_is_gone = Entry.key.in_(gone), and_(other.list_id == list_id, other.key.in_(gone))
        elsewhere = select(other.id).where(
            other.missing_book_id == Entry.missing_book_id, other.removed_at.is_(None), ~other_is_gone
        )
        rows = await self._session.scalars(
            select(Entry)
            .where(
                Entry.list_id == list_id,
                or_(Entry.removed_at.is_not(None), is_gone),
                Entry.missing_book_id.is_not(None),
                Entry.state == EntryState.WANTED,
                ~elsewhere.exists(),
            )
            .order_by(Entry.id)
            .limit(limit)
        )
        return [_stored(row) for row in rows]

    async def entry(self, entry_id: UUID, *, to_change: bool = False) -> StoredEntry | None:
        """One entry; None if it does not exist. With `to_change` its row is locked."""
        row = await self._session.get(Entry, entry_id, with_for_update=to_change or None, populate_existing=True)
        return None if row is None else _stored(row)

    async def update(self, entries: Collection[StoredEntry]) -> None:
        """Store changed entries. One that a person changed in between is left as it is."""
        if not entries:
            return
        table = Entry.__table__
        statement = (
            update(table)  # type: ignore[arg-type]  # a declarative table
            .where(table.c.id == bindparam("entry_id"), table.c.version == bindparam("known_version"))
            .values({name: bindparam(f"new_{name}") for name in _CHANGED} | {"version": table.c.version + 1})
        )
        # Sorted, so that two transactions lock the rows in the same order.
        rows = [_changes(each) for each in sorted(entries, key=lambda each: each.entry.id)]
        connection = await self._session.connection()
        await connection.execute(statement, rows)

    async def page(self, request: ListImportListEntries) -> Page[ImportListEntry]:
        """A page of entries. Raises `UnknownSort`."""
        column = SORTABLE.get(request.sort.removeprefix("-"))
        if column is None:
            raise UnknownSort(f"entries cannot be sorted by {request.sort!r}; sort by: {', '.join(SORTABLE)}")
        conditions: list[ColumnElement[bool]] = [Entry.list_id == request.list_id]
        if request.state is not None:
            conditions.append(Entry.state == request.state)
        if request.removed is not None:
            conditions.append(Entry.removed_at.is_not(None) if request.removed else Entry.removed_at.is_(None))
        total = await self._session.scalar(select(func.count()).select_from(Entry).where(*conditions))
        order = column.desc() if request.sort.startswith("-") else column.asc()
        rows = await self._session.scalars(
            select(Entry)
            .where(*conditions)
            .order_by(order.nulls_last(), Entry.id)
            .limit(request.limit)
            .offset(request.offset)
        )
        items = [_stored(row).entry for row in rows]
        return Page(items=items, total=total or 0, limit=request.limit, offset=request.offset)

    async def _with_counts(self, rows: Sequence[List]) -> list[StoredList]:
        counted = await self._session.execute(
            select(Entry.list_id, Entry.state, Entry.removed_at.is_not(None), func.count())
            .where(Entry.list_id.in_([row.id for row in rows]))
            .group_by(Entry.list_id, Entry.state, Entry.removed_at.is_not(None))
        )
        counts: dict[UUID, dict[EntryState, int]] = {}
        removed: dict[UUID, int] = {}
        for list_id, state, is_removed, number in counted:
            if is_removed:
                removed[list_id] = removed.get(list_id, 0) + number
            else:
                counts.setdefault(list_id, {})[EntryState(state)] = number
        return [_list(row, counts.get(row.id, {}), removed.get(row.id, 0)) for row in rows]


def _list(row: List, counts: Mapping[EntryState, int], removed: int) -> StoredList:
    columns = {column.name: getattr(row, column.name) for column in List.__table__.columns}
    settings = ImportList.model_validate(columns | {"counts": counts, "removed": removed})
    return StoredList(settings, tuple(row.validators))


def _new_row(list_id: UUID, book: ListedBook, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "list_id": list_id,
        "key": book.key,
        "title": book.title,
        "authors": list(book.authors),
        "isbn": book.isbn,
        "asin": book.asin,
        "published_year": book.published_year,
        "state": EntryState.NEW.value,
        "words": "",
        "reasons": [],
        "candidates": [],
        "added_at": now,
        "version": 0,
    }


def _stored(row: Entry) -> StoredEntry:
    columns = {column.name: getattr(row, column.name) for column in Entry.__table__.columns}
    return StoredEntry(ImportListEntry.model_validate(columns), row.key, row.version)


def _changes(stored: StoredEntry) -> dict[str, Any]:
    entry = stored.entry
    changed = entry.model_dump(mode="json", include=set(_CHANGED))
    plain = {name: getattr(entry, name) for name in ("book_id", "missing_book_id", "decided_at", "matched_at")}
    values = {f"new_{name}": value for name, value in (changed | plain).items()}
    return values | {"entry_id": entry.id, "known_version": stored.version}


def _split(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + ROWS_AT_ONCE] for start in range(0, len(items), ROWS_AT_ONCE)]
