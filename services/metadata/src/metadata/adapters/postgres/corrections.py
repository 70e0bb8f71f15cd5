"""The corrections and their status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID, uuid4

from shared.chassis.traces import trace_id
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten
from shared.contracts.metadata.corrections import (
    Correction,
    CorrectionFilter,
    CorrectionStatus,
    ListCorrections,
)
from shared.contracts.page import Page
from shared.contracts.translatable import with_code
from shared.translatable import translatable
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.json_values import detail_values, json_value
from metadata.adapters.postgres.tables import CorrectionRow
from metadata.domain.changes import GAPLESS, BookChanges, Change, field_change
from metadata.domain.ports import Traced
from metadata.domain.refusals import UnknownSort

SORTABLE = {
    "made_at": CorrectionRow.made_at,
    "book_title": CorrectionRow.book_title,
    "field": CorrectionRow.field,
    "status": CorrectionRow.status,
    "source": CorrectionRow.source,
}
_LOCK_ORDER = (CorrectionRow.book_id, CorrectionRow.field, CorrectionRow.id)
"""The order in which rows are locked, so that two transactions never wait for each other."""
_UNSETTLED = (CorrectionStatus.PROPOSED.value, CorrectionStatus.UNDOING.value)
_UNDONE = (CorrectionStatus.UNDOING, CorrectionStatus.UNDONE)


@dataclass(frozen=True, slots=True)
class _Excluded:
    """The fields of a book that are being written, and the values that a person undid."""

    in_progress: set[str]
    undone: list[tuple[str, Any]]

    def remove_from(self, changes: Sequence[Change]) -> list[Change]:
        """The changes without these."""
        return [
            each
            for each in changes
            if each.field not in self.in_progress and (each.field, json_value(each.new)) not in self.undone
        ]


class Corrections:
    """The corrections, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def propose(
        self, books: Sequence[BookChanges], now: datetime, *, made_by: str = GAPLESS, run_id: UUID | None = None
    ) -> dict[UUID, list[FieldChange]]:
        """Store the changes as corrections to be written and return them by book.

        A field that is being written is left out, and so is a value that a person undid before.
        """
        proposed: dict[UUID, list[FieldChange]] = {}
        for each in await self._add(await self.wanted(books), made_by, now, run_id):
            proposed.setdefault(each.book_id, []).append(field_change(each))
        return proposed

    async def wanted(self, books: Sequence[BookChanges]) -> list[BookChanges]:
        """The changes that `propose` would store."""
        changed = [each for each in books if each.changes]
        if not changed:
            return []
        excluded = await self._excluded([each.book.id for each in changed])
        return [BookChanges(each.book, excluded[each.book.id].remove_from(each.changes)) for each in changed]

    async def set_by_hand(self, book: Book, changes: Sequence[Change], made_by: str, now: datetime) -> list[Correction]:
        """Store a person's changes as corrections to be written. A field that is being written is left out."""
        return await self._add([BookChanges(book, changes)], made_by, now)

    async def written(self, event: MetadataWritten, now: datetime) -> None:
        """Record what the library wrote and refused. Repeating it changes nothing."""
        await self._move(event.written, CorrectionStatus.PROPOSED, status=CorrectionStatus.APPLIED)
        undone = {"status": CorrectionStatus.UNDONE, "undone_at": now, "undone_trace_id": trace_id()}
        await self._move(event.written, CorrectionStatus.UNDOING, **undone)
        for identity, why in event.refused.items():
            reason = with_code(why, event.translatable.get(identity))
            refused = {"status": CorrectionStatus.REFUSED, **detail_values(reason)}
            await self._move([identity], CorrectionStatus.PROPOSED, **refused)
            kept = translatable("change.not_undone", f"not undone: {why}", why=reason)
            still_applied = {"status": CorrectionStatus.APPLIED, **detail_values(kept)}
            await self._move([identity], CorrectionStatus.UNDOING, **still_applied)

    async def fields_being_written(self, correction_ids: Sequence[UUID]) -> set[FieldName]:
        """The fields of those of these corrections that are being written, not undone."""
        if not correction_ids:
            return set()
        fields = await self._session.scalars(
            select(CorrectionRow.field).where(
                CorrectionRow.id.in_(correction_ids), CorrectionRow.status == CorrectionStatus.PROPOSED
            )
        )
        return set(cast(Iterable[FieldName], fields))

    async def get(self, correction_id: UUID, *, to_change: bool = False) -> Correction | None:
        """One correction; None if it does not exist. With `to_change` its row is locked."""
        row = await self._session.get(CorrectionRow, correction_id, with_for_update=to_change or None)
        return None if row is None else _model(row)

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Traced[Correction]]:
        """The latest corrections of these books."""
        ours = select(CorrectionRow).where(CorrectionRow.book_id.in_(book_ids))
        rows = await self._session.scalars(ours.order_by(CorrectionRow.made_at.desc()).limit(at_most))
        return [Traced(_model(row), row.trace_id, row.undone_trace_id) for row in rows]

    async def by_ids(self, correction_ids: Sequence[UUID]) -> list[Correction]:
        """These corrections, with their rows locked."""
        ours = select(CorrectionRow).where(CorrectionRow.id.in_(correction_ids))
        return [_model(row) for row in await self._session.scalars(ours.order_by(*_LOCK_ORDER).with_for_update())]

    async def applied(self, matching: CorrectionFilter, at_most: int) -> list[Correction]:
        """Applied corrections that match, with their rows locked: all of each of the first books.

        The books have at most `at_most` corrections together, unless the first one has more.
        """
        wanted = _applied(matching)
        per_book = (
            select(CorrectionRow.book_id, func.count().label("corrections"))
            .where(*wanted)
            .group_by(CorrectionRow.book_id)
            .subquery()
        )
        so_far = func.sum(per_book.c.corrections).over(order_by=per_book.c.book_id) - per_book.c.corrections
        counted = select(per_book.c.book_id, (so_far + per_book.c.corrections).label("total"), so_far.label("before"))
        books = counted.subquery()
        first = select(books.c.book_id).where((books.c.total <= at_most) | (books.c.before == 0))
        rows = await self._session.scalars(
            select(CorrectionRow)
            .where(*wanted, CorrectionRow.book_id.in_(first))
            .order_by(*_LOCK_ORDER)
            .with_for_update()
        )
        return [_model(row) for row in rows]

    async def count_applied(self, matching: CorrectionFilter) -> int:
        """The number of applied corrections that match."""
        return (
            await self._session.scalar(select(func.count()).select_from(CorrectionRow).where(*_applied(matching))) or 0
        )

    async def undoing(self, correction_ids: Sequence[UUID], now: datetime) -> None:
        """Record that the undo of these corrections was sent to the library."""
        undoing = {"status": CorrectionStatus.UNDOING, **detail_values(None), "sent_at": now}
        await self._move(correction_ids, CorrectionStatus.APPLIED, **undoing)

    async def unsettled(self, sent_before: datetime, now: datetime, at_most: int) -> list[Correction]:
        """Corrections that the library has not answered since then, now recorded as resent."""
        overdue = (
            select(CorrectionRow.id)
            .where(CorrectionRow.status.in_(_UNSETTLED), CorrectionRow.sent_at < sent_before)
            .order_by(CorrectionRow.sent_at)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        rows = await self._session.scalars(
            update(CorrectionRow)
            .where(CorrectionRow.id.in_(overdue.scalar_subquery()))
            .values(sent_at=now)
            .returning(CorrectionRow)
        )
        return [_model(row) for row in rows]

    async def page(self, request: ListCorrections) -> Page[Correction]:
        """A page of corrections. Raises `UnknownSort`."""
        column = SORTABLE.get(request.sort.removeprefix("-"))
        if column is None:
            raise UnknownSort(f"corrections cannot be sorted by {request.sort!r}; sort by: {', '.join(SORTABLE)}")
        filters = {
            "book_id": request.book_id,
            "field": request.field,
            "status": request.status,
            "source": request.source,
            "run_id": request.run_id,
            "made_by": request.made_by,
        }
        conditions: list[ColumnElement[bool]] = [
            getattr(CorrectionRow, name) == value for name, value in filters.items() if value is not None
        ]
        if request.day is not None:
            conditions += _on(request.day)
        total = await self._session.scalar(select(func.count()).select_from(CorrectionRow).where(*conditions))
        order = column.desc() if request.sort.startswith("-") else column.asc()
        rows = await self._session.scalars(
            select(CorrectionRow)
            .where(*conditions)
            .order_by(order, CorrectionRow.id)
            .limit(request.limit)
            .offset(request.offset)
        )
        return Page(items=[_model(row) for row in rows], total=total or 0, limit=request.limit, offset=request.offset)

    async def _add(
        self, books: Sequence[BookChanges], made_by: str, now: datetime, run_id: UUID | None = None
    ) -> list[Correction]:
        rows = [_row(each.book, change, made_by, now) | {"run_id": run_id} for each in books for change in each.changes]
        if not rows:
            return []
        # Sorted, so that two messages with the same books lock them in the same order.
        rows.sort(key=lambda row: (row["book_id"], row["field"]))
        adding = insert(CorrectionRow).values(rows)
        added = await self._session.scalars(adding.on_conflict_do_nothing().returning(CorrectionRow))
        return [_model(row) for row in added]

    async def _excluded(self, book_ids: Sequence[UUID]) -> dict[UUID, _Excluded]:
        found = await self._session.execute(
            select(CorrectionRow.book_id, CorrectionRow.field, CorrectionRow.new, CorrectionRow.status).where(
                CorrectionRow.book_id.in_(book_ids),
                CorrectionRow.status.in_((CorrectionStatus.PROPOSED, *_UNDONE)),
            )
        )
        known = {book_id: _Excluded(set(), []) for book_id in book_ids}
        for row in found:
            if row.status == CorrectionStatus.PROPOSED:
                known[row.book_id].in_progress.add(row.field)
            else:
                known[row.book_id].undone.append((row.field, row.new))
        return known

    async def _move(self, ids: Sequence[UUID], before: CorrectionStatus, **values: Any) -> None:
        if ids:
            await self._session.execute(
                update(CorrectionRow)
                .where(CorrectionRow.id.in_(ids), CorrectionRow.status == before)
                .values(values)
                .execution_options(populate_existing=True)
            )


def _applied(matching: CorrectionFilter) -> list[ColumnElement[bool]]:
    exact = {name: getattr(matching, name) for name in ("run_id", "book_id", "field", "source", "made_by")}
    conditions: list[ColumnElement[bool]] = [CorrectionRow.status == CorrectionStatus.APPLIED]
    conditions += [getattr(CorrectionRow, name) == value for name, value in exact.items() if value is not None]
    if matching.day is not None:
        conditions += _on(matching.day)
    if matching.made_from is not None:
        conditions.append(CorrectionRow.made_at >= matching.made_from)
    if matching.made_before is not None:
        conditions.append(CorrectionRow.made_at < matching.made_before)
    return conditions


def _on(day: date) -> list[ColumnElement[bool]]:
    """Made on this day, in UTC."""
    midnight = datetime.combine(day, time(), UTC)
    return [CorrectionRow.made_at >= midnight, CorrectionRow.made_at < midnight + timedelta(days=1)]


def _row(book: Book, change: Change, made_by: str, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "book_id": book.id,
        "abs_id": book.abs_id,
        "book_title": book.title,
        "field": change.field,
        "old": json_value(change.old),
        "new": json_value(change.new),
        "source": change.source,
        "confidence": change.confidence.value,
        "reasons": [each.model_dump(mode="json") for each in change.reasons],
        "status": CorrectionStatus.PROPOSED.value,
        "made_by": made_by,
        "made_at": now,
        "sent_at": now,
        "trace_id": trace_id(),
    }


def _model(row: CorrectionRow) -> Correction:
    columns = {column.name: getattr(row, column.name) for column in CorrectionRow.__table__.columns}
    return Correction.model_validate(columns)
