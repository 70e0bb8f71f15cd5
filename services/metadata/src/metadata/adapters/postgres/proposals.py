"""The proposals and their status."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from json import dumps
from typing import Any
from uuid import UUID, uuid4

from shared.contracts.metadata.proposals import (
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalKind,
    ProposalStatus,
    ProposedChange,
)
from shared.contracts.page import Page
from shared.translatable import translatable
from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from metadata.adapters.postgres.json_values import detail_values, json_value
from metadata.adapters.postgres.tables import METADATA, CorrectionRow, ProposalRow
from metadata.domain.proposals import CONFIDENCE_ORDER
from metadata.domain.refusals import UnknownSort

SORTABLE = {
    "made_at": ProposalRow.made_at,
    "book_title": ProposalRow.book_title,
    "field": ProposalRow.field,
    "kind": ProposalRow.kind,
    "source": ProposalRow.source,
    "score": ProposalRow.score,
}
_IN_ORDER = (ProposalRow.book_id, ProposalRow.field, ProposalRow.kind)
"""The order in which rows are locked, so that two transactions never wait for each other."""
_OPEN = ProposalRow.status == ProposalStatus.OPEN
_REPLACED = ("book_title", "old", "new", "source", "confidence", "score", "reasons", "finding_id", "run_id")
_EXACT = ("kind", "source", "field", "book_id", "run_id", "finding_id")


class Proposals:
    """The proposals, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def propose(
        self, changes: Sequence[ProposedChange], titles: Mapping[UUID, str], now: datetime, run_id: UUID | None = None
    ) -> list[Proposal]:
        """Open proposals, or replace the open ones of the same book, field and kind. Return them.

        A value that was declined before is left out. `titles` are the titles of the books.
        """
        allowed = await self._without(changes, ProposalStatus.DECLINED)
        if not allowed:
            return []
        rows = {
            (each.book_id, each.field, each.kind): _row(each, titles[each.book_id], now, run_id) for each in allowed
        }
        adding = insert(ProposalRow).values([rows[key] for key in sorted(rows)])
        renewed = adding.excluded.new.is_distinct_from(ProposalRow.new)
        replacing = adding.on_conflict_do_update(
            index_elements=[column.key for column in _IN_ORDER],
            index_where=text("status = 'open'"),
            set_={
                **{name: adding.excluded[name] for name in _REPLACED},
                "made_at": case((renewed, adding.excluded.made_at), else_=ProposalRow.made_at),
            },
        )
        return _models(await self._session.scalars(replacing.returning(ProposalRow), execution_options=_FRESH))

    async def new_among(self, changes: Sequence[ProposedChange]) -> list[ProposedChange]:
        """The changes that `propose` would open: they were not declined and are not open already."""
        return await self._without(changes, ProposalStatus.DECLINED, ProposalStatus.OPEN)

    async def outdate_others(
        self, books: Sequence[UUID], kinds: Sequence[ProposalKind], still_open: Sequence[UUID], now: datetime
    ) -> None:
        """Mark every other open proposal of these books and kinds as outdated."""
        others = _open_of(books, kinds).where(ProposalRow.id.not_in(still_open))
        await self._outdate(others.scalar_subquery(), _NO_LONGER, now)

    async def outdate_of_book(self, book_id: UUID, kinds: Sequence[ProposalKind], why: str, now: datetime) -> None:
        """Mark the open proposals of a book and of these kinds as outdated."""
        await self._outdate(_open_of([book_id], kinds).scalar_subquery(), why, now)

    async def outdate(self, reasons: Mapping[UUID, str], now: datetime) -> None:
        """Mark open proposals as outdated, each with its reason."""
        await self._set_each(
            [{"b_id": each, **detail_values(why)} for each, why in sorted(reasons.items())],
            status=ProposalStatus.OUTDATED,
            decided_at=now,
        )

    async def outdate_written(self, correction_ids: Sequence[UUID], now: datetime) -> None:
        """Mark the open proposals for the fields of these corrections as outdated."""
        if not correction_ids:
            return
        others = (
            select(ProposalRow.id)
            .join(
                CorrectionRow,
                (CorrectionRow.book_id == ProposalRow.book_id) & (CorrectionRow.field == ProposalRow.field),
            )
            .where(_OPEN, CorrectionRow.id.in_(correction_ids))
            .order_by(*_IN_ORDER)
            .with_for_update(of=ProposalRow)
        )
        await self._outdate(others.scalar_subquery(), _CHANGED, now)

    async def after(
        self, last: Proposal | None, status: ProposalStatus, matching: ProposalFilter, at_most: int
    ) -> list[Proposal]:
        """The proposals of this status that match and follow `last`, ordered by book, field, kind and id."""
        conditions = [ProposalRow.status == status, *_conditions(matching)]
        order = (*_IN_ORDER, ProposalRow.id)
        if last is not None:
            conditions.append(tuple_(*order) > tuple_(last.book_id, last.field, last.kind.value, last.id))
        return _models(
            await self._session.scalars(select(ProposalRow).where(*conditions).order_by(*order).limit(at_most))
        )

    async def by_ids(self, ids: Sequence[UUID]) -> list[Proposal]:
        """These proposals, whatever their status, ordered by book, field and kind."""
        return _models(
            await self._session.scalars(select(ProposalRow).where(ProposalRow.id.in_(ids)).order_by(*_IN_ORDER))
        )

    async def lock_open(self, ids: Sequence[UUID]) -> list[Proposal]:
        """Those of these proposals that are still open, with their rows locked."""
        ours = select(ProposalRow).where(_OPEN, ProposalRow.id.in_(ids)).order_by(*_IN_ORDER).with_for_update()
        return _models(await self._session.scalars(ours, execution_options=_FRESH))

    async def accept(self, corrections: Mapping[UUID, UUID], by: str, now: datetime) -> None:
        """Mark open proposals as accepted. `corrections` are their corrections, by the id of the proposal."""
        await self._set_each(
            [{"b_id": each, "correction_id": correction} for each, correction in sorted(corrections.items())],
            status=ProposalStatus.ACCEPTED,
            decided_at=now,
            decided_by=by,
        )

    async def decline(self, ids: Sequence[UUID], by: str, now: datetime) -> None:
        """Mark open proposals as declined."""
        await self._session.execute(
            update(ProposalRow)
            .where(_OPEN, ProposalRow.id.in_(ids))
            .values(status=ProposalStatus.DECLINED, decided_at=now, decided_by=by)
        )

    async def reopen(self, ids: Sequence[UUID]) -> list[UUID]:
        """Mark declined proposals as open, and return their ids.

        One is left out if another one of its kind is open for the field, or was declined later and is reopened.
        """
        other = aliased(ProposalRow)
        same = (getattr(other, column.key) == column for column in _IN_ORDER)
        is_open = exists(select(other.id).where(other.status == ProposalStatus.OPEN, *same))
        newest = (
            select(ProposalRow.id)
            .ext(distinct_on(*_IN_ORDER))
            .where(ProposalRow.status == ProposalStatus.DECLINED, ProposalRow.id.in_(ids), ~is_open)
            .order_by(*_IN_ORDER, ProposalRow.decided_at.desc(), ProposalRow.id)
        )
        reopened = await self._session.scalars(
            update(ProposalRow)
            .where(ProposalRow.status == ProposalStatus.DECLINED, ProposalRow.id.in_(newest))
            .values(status=ProposalStatus.OPEN, decided_at=None, decided_by=None)
            .returning(ProposalRow.id)
            .execution_options(synchronize_session=False)
        )
        return list(reopened)

    async def count(self, status: ProposalStatus, matching: ProposalFilter) -> int:
        """The number of proposals of this status that match."""
        conditions = (ProposalRow.status == status, *_conditions(matching))
        ours = select(func.count()).select_from(ProposalRow).where(*conditions)
        return await self._session.scalar(ours) or 0

    async def page(self, request: ListProposals) -> Page[Proposal]:
        """A page of proposals. Raises `UnknownSort`."""
        column = SORTABLE.get(request.sort.removeprefix("-"))
        if column is None:
            raise UnknownSort(f"proposals cannot be sorted by {request.sort!r}; sort by: {', '.join(SORTABLE)}")
        conditions = _conditions(request.matching())
        if request.status is not None:
            conditions.append(ProposalRow.status == request.status)
        total = await self._session.scalar(select(func.count()).select_from(ProposalRow).where(*conditions))
        rows = await self._session.scalars(
            select(ProposalRow)
            .where(*conditions)
            .order_by(column.desc() if request.sort.startswith("-") else column.asc(), ProposalRow.id)
            .limit(request.limit)
            .offset(request.offset)
        )
        return Page(items=_models(rows), total=total or 0, limit=request.limit, offset=request.offset)

    async def _without(self, changes: Sequence[ProposedChange], *statuses: ProposalStatus) -> list[ProposedChange]:
        """The changes whose value was not proposed before for the field, with one of these statuses."""
        if not changes:
            return []
        columns = (ProposalRow.book_id, ProposalRow.field, ProposalRow.kind, ProposalRow.new)
        books = {each.book_id for each in changes}
        found = await self._session.execute(
            select(*columns).where(ProposalRow.status.in_(statuses), ProposalRow.book_id.in_(books))
        )
        known = {(row.book_id, row.field, row.kind, _text(row.new)) for row in found}
        return [
            each for each in changes if (each.book_id, each.field, each.kind, _text(json_value(each.new))) not in known
        ]

    async def _outdate(self, ids: Any, why: str, now: datetime) -> None:
        await self._session.execute(
            update(ProposalRow)
            .where(ProposalRow.id.in_(ids))
            .values(status=ProposalStatus.OUTDATED, decided_at=now, **detail_values(why))
            .execution_options(synchronize_session=False)
        )

    async def _set_each(self, rows: Sequence[dict[str, Any]], **values: Any) -> None:
        """Set these values of open proposals, and the values of each row with the id `b_id`."""
        if not rows:
            return
        table = METADATA.tables["metadata.proposals"]
        own: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "b_id"}
        changing = update(table).where(table.c.status == ProposalStatus.OPEN, table.c.id == bindparam("b_id"))
        await (await self._session.connection()).execute(changing.values({**own, **values}), list(rows))


_NO_LONGER = translatable("change.not_proposed", "it is not proposed any more")
_CHANGED = translatable("change.field_changed", "the field was changed meanwhile")
_FRESH = {"populate_existing": True}
"""Rows that this transaction has read before are read again."""


def _open_of(books: Sequence[UUID], kinds: Sequence[ProposalKind]) -> Select[UUID]:
    """The ids of the open proposals of these books and kinds, with their rows locked."""
    ours = (_OPEN, ProposalRow.book_id.in_(books), ProposalRow.kind.in_(kinds))
    return select(ProposalRow.id).where(*ours).order_by(*_IN_ORDER).with_for_update()


def _text(value: Any) -> str:
    """A stored value as text, to compare it."""
    return dumps(value, sort_keys=True)


def _conditions(matching: ProposalFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        getattr(ProposalRow, name) == value for name in _EXACT if (value := getattr(matching, name)) is not None
    ]
    if matching.confidence_at_least is not None:
        sure = CONFIDENCE_ORDER[: CONFIDENCE_ORDER.index(matching.confidence_at_least) + 1]
        conditions.append(ProposalRow.confidence.in_(sure))
    if matching.score_at_least is not None:
        conditions.append(ProposalRow.score >= matching.score_at_least)
    return conditions


def _row(change: ProposedChange, title: str, now: datetime, run_id: UUID | None) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "book_id": change.book_id,
        "book_title": title,
        "field": change.field,
        "old": json_value(change.old),
        "new": json_value(change.new),
        "kind": change.kind.value,
        "source": change.source,
        "confidence": change.confidence.value,
        "score": change.score,
        "reasons": [each.model_dump(mode="json") for each in change.reasons],
        "finding_id": change.finding_id,
        "run_id": run_id,
        "status": ProposalStatus.OPEN.value,
        "made_at": now,
    }


def _models(rows: Any) -> list[Proposal]:
    return [
        Proposal.model_validate({column.name: getattr(row, column.name) for column in ProposalRow.__table__.columns})
        for row in rows
    ]
