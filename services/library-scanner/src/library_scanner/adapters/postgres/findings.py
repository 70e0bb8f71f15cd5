"""Stores the findings, their counts by day, and what the checks read."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from shared.chassis.array_parameters import is_one_of
from shared.contracts.library.findings import (
    DayCount,
    Finding,
    FindingCounts,
    FindingFilter,
    FindingKind,
    FindingStatus,
    KindCount,
    ListFindings,
)
from shared.contracts.metadata.proposals import ProposedChange
from shared.contracts.page import Page
from shared.contracts.translatable import Translatable, translatables, with_code
from shared.contracts.values import Reason
from sqlalchemy import ColumnElement, RowMapping, Uuid, delete, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.tables import FINDING_COUNTS, FINDINGS, LIBRARY_CHECKS
from library_scanner.domain.refusals import UnknownSort
from library_scanner.domain.stored_findings import StoredFinding

MAX_DECIDED = 5000
_SORTS = ("found_at", "changed_at", "kind", "status")
_REASONS: TypeAdapter[tuple[Reason, ...]] = TypeAdapter(tuple[Reason, ...])
_REPAIRS: TypeAdapter[tuple[ProposedChange, ...]] = TypeAdapter(tuple[ProposedChange, ...])
_ROW_PER_STATEMENT = 500


class Findings:
    """The findings within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_books(self, book_ids: Collection[UUID]) -> list[StoredFinding]:
        """Return every finding that concerns one of these books, and lock them."""
        overlap = FINDINGS.c.book_ids.op("&&")(literal(list(book_ids), ARRAY(Uuid)))
        return await self._where(overlap)

    async def of_keys(self, keys: Collection[str]) -> list[StoredFinding]:
        """Return the findings with these keys, and lock them."""
        return await self._where(is_one_of(FINDINGS.c.key, keys)) if keys else []

    async def open_keys(self, kinds: Collection[FindingKind], after: str | None, limit: int) -> list[str]:
        """Return the next `limit` keys of open findings of these kinds, in their order."""
        wanted = select(FINDINGS.c.key).where(_is_of(kinds), FINDINGS.c.status == FindingStatus.OPEN)
        following = wanted if after is None else wanted.where(FINDINGS.c.key > after)
        return list(await self._session.scalars(following.order_by(FINDINGS.c.key).limit(limit)))

    async def open_of_kinds(self, kinds: Collection[FindingKind]) -> list[StoredFinding]:
        """Return the open findings of these kinds, and lock them."""
        return await self._where(_is_of(kinds), FINDINGS.c.status == FindingStatus.OPEN)

    async def chosen(self, chosen: FindingFilter, status: FindingStatus) -> list[StoredFinding]:
        """Return the findings with this status that a filter chooses, at most `MAX_DECIDED`, and lock them."""
        conditions = [FINDINGS.c.status == status]
        if chosen.ids is not None:
            conditions.append(is_one_of(FINDINGS.c.id, chosen.ids))
        if chosen.kind is not None:
            conditions.append(FINDINGS.c.kind == chosen.kind)
        if chosen.book_id is not None:
            conditions.append(FINDINGS.c.book_ids.contains([chosen.book_id]))
        wanted = select(FINDINGS).where(*conditions).order_by(FINDINGS.c.id).limit(MAX_DECIDED).with_for_update()
        return [_finding_of(row) for row in (await self._session.execute(wanted)).mappings()]

    async def save(self, findings: Sequence[StoredFinding]) -> None:
        """Insert or update findings."""
        statement = insert(FINDINGS)
        values = {name: statement.excluded[name] for name in FINDINGS.c.keys() if name not in ("id", "key")}  # noqa: SIM118
        for start in range(0, len(findings), _ROW_PER_STATEMENT):
            await self._session.execute(
                statement.on_conflict_do_update(index_elements=[FINDINGS.c.key], set_=values),
                [_row_of(each) for each in findings[start : start + _ROW_PER_STATEMENT]],
            )

    async def page(self, request: ListFindings) -> Page[Finding]:
        """Return a page of findings. Raises `UnknownSort`."""
        field = request.sort.removeprefix("-")
        if field not in _SORTS:
            raise UnknownSort(request.sort, _SORTS)
        conditions = _conditions(request)
        column = FINDINGS.c[field]
        order = [column.desc(), FINDINGS.c.id.desc()] if request.sort.startswith("-") else [column, FINDINGS.c.id]
        wanted = select(FINDINGS).where(*conditions).order_by(*order).limit(request.limit).offset(request.offset)
        rows = (await self._session.execute(wanted)).mappings()
        total = await self._session.scalar(select(func.count()).select_from(FINDINGS).where(*conditions)) or 0
        items = [_finding_of(row).shown() for row in rows]
        return Page(items=items, total=total, limit=request.limit, offset=request.offset)

    async def one(self, finding_id: UUID) -> Finding | None:
        """Return one finding, or None."""
        row = (await self._session.execute(select(FINDINGS).where(FINDINGS.c.id == finding_id))).mappings().first()
        return None if row is None else _finding_of(row).shown()

    async def counts(self, days: int, today: date) -> FindingCounts:
        """Return the counts of all findings, and those of the open ones by day."""
        by_kind: dict[str, dict[str, int]] = {}
        grouped = select(FINDINGS.c.kind, FINDINGS.c.status, func.count()).group_by(FINDINGS.c.kind, FINDINGS.c.status)
        for kind, status, count in await self._session.execute(grouped):
            by_kind.setdefault(kind, {})[status] = count
        by_day: dict[date, dict[FindingKind, int]] = {}
        since = FINDING_COUNTS.c.day > today - timedelta(days=days)
        for row in await self._session.execute(select(FINDING_COUNTS).where(since).order_by(FINDING_COUNTS.c.day)):
            by_day.setdefault(row.day, {})[FindingKind(row.kind)] = row.open
        checked = await self._session.scalar(select(LIBRARY_CHECKS.c.checked_at))
        return FindingCounts(
            kinds=[
                KindCount(kind=FindingKind(kind), **{each: counts.get(each, 0) for each in FindingStatus})
                for kind, counts in sorted(by_kind.items())
            ],
            days=[DayCount(day=day, open=counts) for day, counts in by_day.items()],
            checked_at=checked,
        )

    async def checked(self, version: int, now: datetime) -> None:
        """Store that a check finished, and the counts of the open findings of the day."""
        row = {"id": 1, "version": version, "checked_at": now}
        await self._session.execute(
            insert(LIBRARY_CHECKS).values(row).on_conflict_do_update(index_elements=[LIBRARY_CHECKS.c.id], set_=row)
        )
        grouped = select(FINDINGS.c.kind, func.count()).where(FINDINGS.c.status == FindingStatus.OPEN)
        counted = (await self._session.execute(grouped.group_by(FINDINGS.c.kind))).all()
        await self._session.execute(delete(FINDING_COUNTS).where(FINDING_COUNTS.c.day == now.date()))
        rows = [{"day": now.date(), "kind": kind, "open": count} for kind, count in counted]
        if rows:
            await self._session.execute(insert(FINDING_COUNTS), rows)

    async def version(self) -> int:
        """Return the version of the rules of the last check; 0 if there was none."""
        return await self._session.scalar(select(LIBRARY_CHECKS.c.version)) or 0

    async def _where(self, *conditions: ColumnElement[bool]) -> list[StoredFinding]:
        wanted = select(FINDINGS).where(*conditions).order_by(FINDINGS.c.id).with_for_update()
        rows = await self._session.execute(wanted)
        return [_finding_of(row) for row in rows.mappings()]


def _is_of(kinds: Collection[FindingKind]) -> ColumnElement[bool]:
    return FINDINGS.c.kind.in_([str(kind) for kind in kinds])


def _conditions(request: ListFindings) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if request.kind is not None:
        conditions.append(FINDINGS.c.kind == request.kind)
    if request.status is not None:
        conditions.append(FINDINGS.c.status == request.status)
    if request.book_id is not None:
        conditions.append(FINDINGS.c.book_ids.contains([request.book_id]))
    if request.repairable is not None:
        has_repairs = func.jsonb_array_length(FINDINGS.c.repairs) > 0
        conditions.append(has_repairs if request.repairable else ~has_repairs)
    return conditions


def _row_of(finding: StoredFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": str(finding.kind),
        "key": finding.key,
        "fingerprint": finding.fingerprint,
        "book_ids": list(finding.book_ids),
        "words": finding.words,
        "translatable": next((each.model_dump() for each in translatables(words=finding.words).values()), None),
        "evidence": _REASONS.dump_python(finding.evidence, mode="json"),
        "repairs": _REPAIRS.dump_python(finding.repairs, mode="json"),
        "status": str(finding.status),
        "found_at": finding.found_at,
        "changed_at": finding.changed_at,
        "decided_by": finding.decided_by,
    }


def _finding_of(row: RowMapping) -> StoredFinding:
    codes = row["translatable"]
    return StoredFinding(
        id=row["id"],
        kind=FindingKind(row["kind"]),
        key=row["key"],
        fingerprint=row["fingerprint"],
        book_ids=tuple(row["book_ids"]),
        words=with_code(row["words"], None if codes is None else Translatable(**codes)),
        evidence=_REASONS.validate_python(row["evidence"]),
        repairs=_REPAIRS.validate_python(row["repairs"]),
        status=FindingStatus(row["status"]),
        found_at=row["found_at"],
        changed_at=row["changed_at"],
        decided_by=row["decided_by"],
    )
