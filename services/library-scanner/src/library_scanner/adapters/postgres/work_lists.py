"""Stores the lists of works, and reads them with what is known now of each work."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.absences import AbsenceReason
from shared.contracts.library.books import Book, BookStatus
from shared.contracts.library.following import FollowMode
from shared.contracts.library.work_lists import ListEntry
from shared.contracts.metadata.bibliographies import BibliographyOf, ListSource
from shared.contracts.values import MissingStatus
from sqlalchemy import ColumnElement, RowMapping, and_, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_rows import SHOWN, book_of
from library_scanner.adapters.postgres.subjects import FOLLOWED
from library_scanner.adapters.postgres.tables import AUTHORS, BOOK_SERIES, BOOKS, MISSING_BOOKS, SERIES
from library_scanner.adapters.postgres.work_list_tables import WORK_ENTRIES, WORK_LISTS
from library_scanner.domain.live_entries import StoredEntry

_JOINED = (
    WORK_ENTRIES.c,
    (
        BOOKS.c.status.label("book_status"),
        MISSING_BOOKS.c.status.label("missing_status"),
        MISSING_BOOKS.c.absence,
        MISSING_BOOKS.c.closed_because,
        MISSING_BOOKS.c.book_id.label("missing_book_is"),
    ),
)
_OF_THE_MISSING_BOOK = {"missing_status", "absence"}
"""The fields of an entry that are not stored with it, because they are those of its missing book."""
MAX_CALENDAR_ENTRIES = 5_000


class WorkLists:
    """The lists within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def replace(
        self,
        of: BibliographyOf,
        subject_id: UUID,
        entries: Sequence[ListEntry],
        sources: Sequence[ListSource],
        now: datetime,
    ) -> None:
        """Replace the list of a series or an author."""
        own = _of(of, subject_id)
        await self._session.execute(delete(WORK_ENTRIES).where(own))
        if entries:
            rows = [_row(entry) | {"of": of.value, "subject_id": subject_id} for entry in entries]
            await self._session.execute(insert(WORK_ENTRIES), rows)
        values = {"sources": [each.model_dump(mode="json") for each in sources], "compared_at": now}
        stored = insert(WORK_LISTS).values({"of": of.value, "subject_id": subject_id, **values})
        keys = [WORK_LISTS.c.of, WORK_LISTS.c.subject_id]
        await self._session.execute(stored.on_conflict_do_update(index_elements=keys, set_=values))

    async def delete(self, of: BibliographyOf, subject_id: UUID) -> None:
        """Delete the list of a series or an author."""
        await self._session.execute(delete(WORK_ENTRIES).where(_of(of, subject_id)))
        lists = (WORK_LISTS.c.of == of.value, WORK_LISTS.c.subject_id == subject_id)
        await self._session.execute(delete(WORK_LISTS).where(*lists))

    async def sources(self, of: BibliographyOf, subject_id: UUID) -> tuple[list[ListSource], datetime] | None:
        """Return the provider lists that were merged and the time of the comparison, or None."""
        own = (WORK_LISTS.c.of == of.value, WORK_LISTS.c.subject_id == subject_id)
        row = (await self._session.execute(select(WORK_LISTS).where(*own))).mappings().first()
        if row is None:
            return None
        return [ListSource.model_validate(each) for each in row["sources"]], row["compared_at"]

    async def entries(self, of: BibliographyOf, subject_id: UUID) -> list[StoredEntry]:
        """Return the entries of a list in any order."""
        rows = await self._session.execute(STORED_ENTRIES.where(_of(of, subject_id)))
        return [stored_entry(row) for row in rows.mappings()]

    async def books_of_series(self, series_id: UUID) -> list[tuple[Book, str | None]]:
        """Return the active books of a series with their places."""
        linked = select(*SHOWN, BOOK_SERIES.c.sequence.label("place")).join(
            BOOK_SERIES, BOOK_SERIES.c.book_id == BOOKS.c.id
        )
        own = (BOOK_SERIES.c.series_id == series_id, BOOKS.c.status == BookStatus.ACTIVE)
        rows = await self._session.execute(linked.where(*own))
        return [(book_of(row), row["place"]) for row in rows.mappings()]

    async def books_concerned(
        self, series_ids: Sequence[UUID], names: Sequence[str], book_ids: Sequence[UUID]
    ) -> list[Book]:
        """Return the active books that are linked to these series, name them, or have these ids."""
        linked = select(BOOK_SERIES.c.book_id).where(is_one_of(BOOK_SERIES.c.series_id, series_ids))
        concerned = or_(
            BOOKS.c.id.in_(linked),
            is_one_of(BOOKS.c.id, book_ids),
            *(BOOKS.c.series.contains([{"name": name}]) for name in names),
        )
        rows = await self._session.execute(select(*SHOWN).where(concerned, BOOKS.c.status == BookStatus.ACTIVE))
        return [book_of(row) for row in rows.mappings()]

    async def released_between(self, first: date, last: date) -> list[StoredEntry]:
        """Return the entries of followed series and authors that are released in this time, the earliest first.

        At most `MAX_CALENDAR_ENTRIES`.
        """
        followed = or_(
            and_(WORK_ENTRIES.c.of == BibliographyOf.SERIES, SERIES.c.follow != FollowMode.NONE),
            and_(WORK_ENTRIES.c.of == BibliographyOf.AUTHOR, AUTHORS.c.follow.in_(FOLLOWED)),
        )
        wanted = (
            STORED_ENTRIES.add_columns(SERIES.c.name.label("series_name"), AUTHORS.c.name.label("author_name"))
            .outerjoin(SERIES, SERIES.c.id == WORK_ENTRIES.c.subject_id)
            .outerjoin(AUTHORS, AUTHORS.c.id == WORK_ENTRIES.c.subject_id)
            .where(WORK_ENTRIES.c.release_date.between(first, last), WORK_ENTRIES.c.state != "not_counted", followed)
            .order_by(WORK_ENTRIES.c.release_date, WORK_ENTRIES.c.of.desc(), WORK_ENTRIES.c.id)
            .limit(MAX_CALENDAR_ENTRIES)
        )
        return [stored_entry(row) for row in (await self._session.execute(wanted)).mappings()]


STORED_ENTRIES = (
    select(*_JOINED[0], *_JOINED[1])
    .select_from(WORK_ENTRIES)
    .outerjoin(BOOKS, BOOKS.c.id == WORK_ENTRIES.c.book_id)
    .outerjoin(MISSING_BOOKS, MISSING_BOOKS.c.id == WORK_ENTRIES.c.missing_book_id)
)
"""Entries with the present states of their books and missing books."""


def _of(of: BibliographyOf, subject_id: UUID) -> ColumnElement[bool]:
    return and_(WORK_ENTRIES.c.of == of.value, WORK_ENTRIES.c.subject_id == subject_id)


def _row(entry: ListEntry) -> dict[str, Any]:
    row = entry.model_dump(mode="python", exclude=_OF_THE_MISSING_BOOK)
    return row | {
        "kind": entry.kind.value,
        "state": entry.state.value,
        "evidence": [reason.model_dump() for reason in entry.evidence],
        "translatable": {name: each.model_dump() for name, each in entry.translatable.items()},
        "editions": [edition.model_dump(mode="json") for edition in entry.editions],
    }


def stored_entry(row: RowMapping) -> StoredEntry:
    """Return the entry of a row of `STORED_ENTRIES`."""
    entry = ListEntry(**{name: row[name] for name in ListEntry.model_fields if name not in _OF_THE_MISSING_BOOK})
    return StoredEntry(
        entry=entry,
        subject_id=row["subject_id"],
        of=BibliographyOf(row["of"]),
        subject_name=row.get("series_name") or row.get("author_name"),
        book_status=row["book_status"],
        missing_status=MissingStatus(row["missing_status"]) if row["missing_status"] else None,
        absence=AbsenceReason(row["absence"]) if row["absence"] else None,
        closed_because=row["closed_because"],
        missing_book_is=row["missing_book_is"],
    )
