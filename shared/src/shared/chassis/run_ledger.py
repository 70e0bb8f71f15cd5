"""The ledger of a run whose work is many messages: who is still expected, and what came of the others.

A service opens the ledger when it knows the items, settles each one where it is handled, and the last one ends the run.
Settling twice does nothing, so that a message delivered again changes no figure; nor does settling what was cancelled.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Text, column, func, insert, select, update, values
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.ext.asyncio import AsyncSession

from shared.chassis.tables import ChassisTables
from shared.contracts.message import Event
from shared.contracts.runs import ItemResult, RunFinished, RunOutcome, RunProgressed, RunStarted, RunTally

PROBLEMS_TOLD = 200
"""How many problems a finished run names; the rest is counted."""


class RunLedger:
    """The runs of one service, within one transaction. Every method does nothing when there is no run."""

    def __init__(self, session: AsyncSession, tables: ChassisTables, announce: Callable[[Event], None]) -> None:
        self._session = session
        self._tables = tables
        self._announce = announce

    async def open(self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None) -> bool:
        """Begin a run that is over when all of `items` are settled. False when it was open before.

        Without items it is over at once, and `details` are its figures.
        """
        if run_id is None:
            return True
        ledgers = self._tables.run_ledgers
        distinct = sorted(set(items))
        opened = await self._session.execute(
            insert_or_skip(ledgers)
            .values(run_id=run_id, expected=len(distinct))
            .on_conflict_do_nothing()
            .returning(ledgers.c.run_id)
        )
        if opened.first() is None:
            return False
        self._announce(RunStarted(run_id=run_id, service=self._tables.schema))
        self._announce(RunProgressed(run_id=run_id, tally=RunTally(expected=len(distinct))))
        if distinct:
            rows = [{"run_id": run_id, "item": item} for item in distinct]
            await self._session.execute(insert(self._tables.run_items), rows)
        else:
            await self._finish(run_id, RunTally(expected=0), details or {})
        return True

    async def settle(
        self,
        run_id: UUID | None,
        item: str,
        *,
        succeeded: bool = True,
        words: str | None = None,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> None:
        """Say what came of one item; `words` name what could not be done, or are a note of what was.

        `details` is asked for the run's figures when this was the last item.
        """
        await self.settle_all(run_id, [ItemResult(item, succeeded, words)], details=details)

    async def settle_all(
        self,
        run_id: UUID | None,
        told: Sequence[ItemResult],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]:
        """Say what came of several items at once; those that were not settled before are given back.

        Without a run, or of one that is over, that is none.
        """
        if run_id is None or not told:
            return set()
        ledgers = self._tables.run_ledgers
        # The ledger's row is locked first, by everybody, so that two last items cannot both miss the end.
        locked = await self._session.execute(
            select(ledgers.c.run_id)
            .where(ledgers.c.run_id == run_id, ledgers.c.finished_at.is_(None))
            .with_for_update()
        )
        if locked.first() is None:
            return set()
        fresh = await self._settled(run_id, told)
        if not fresh:
            return set()
        failed = sum(not each.succeeded for each in fresh)
        counted = await self._session.execute(
            update(ledgers)
            .where(ledgers.c.run_id == run_id)
            .values(
                processed=ledgers.c.processed + len(fresh),
                succeeded=ledgers.c.succeeded + len(fresh) - failed,
                failed=ledgers.c.failed + failed,
            )
            .returning(ledgers.c.expected, ledgers.c.processed, ledgers.c.succeeded, ledgers.c.failed)
        )
        tally = RunTally(**counted.mappings().one())
        if tally.processed == tally.expected:
            await self._finish(run_id, tally, await details() if details else {})
        else:
            self._tell_progress(run_id, tally, fresh)
        return {each.item for each in fresh}

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]:
        """Those of these items that are still to be worked on: none of a run that is over, all without a run."""
        if run_id is None:
            return list(items)
        rows, ledgers = self._tables.run_items, self._tables.run_ledgers
        still = select(rows.c.item).join(ledgers, ledgers.c.run_id == rows.c.run_id)
        wanted = (rows.c.run_id == run_id, rows.c.item.in_(items), rows.c.succeeded.is_(None))
        found = set(await self._session.scalars(still.where(*wanted, ledgers.c.finished_at.is_(None))))
        return [item for item in items if item in found]

    async def _settled(self, run_id: UUID, told: Sequence[ItemResult]) -> list[ItemResult]:
        items = self._tables.run_items
        said = values(column("item", Text), column("succeeded", Boolean), column("words", Text), name="said").data(
            [(each.item, each.succeeded, each.words) for each in told]
        )
        settling = (
            update(items)
            .where(items.c.run_id == run_id, items.c.item == said.c.item, items.c.succeeded.is_(None))
            .values(succeeded=said.c.succeeded, words=said.c.words)
            .returning(items.c.item)
        )
        fresh = set(await self._session.scalars(settling))
        return [each for each in told if each.item in fresh]

    def _tell_progress(self, run_id: UUID, tally: RunTally, fresh: Sequence[ItemResult]) -> None:
        """Tell every line of words, and else each hundredth of the run."""
        lines = [each.words for each in fresh if each.words]
        step = max(1, (tally.expected or 1) // 100)
        for line in lines:
            self._announce(RunProgressed(run_id=run_id, tally=tally, line=line))
        if not lines and tally.processed // step > (tally.processed - len(fresh)) // step:
            self._announce(RunProgressed(run_id=run_id, tally=tally))

    async def cancel(self, run_id: UUID) -> None:
        """Close a run before all of it is settled, also one that is not open yet."""
        ledgers = self._tables.run_ledgers
        # A row of one expected item that never comes: whoever would open the run finds it closed.
        closed = insert_or_skip(ledgers).values(run_id=run_id, expected=1, finished_at=func.now())
        await self._session.execute(
            closed.on_conflict_do_update(
                index_elements=[ledgers.c.run_id],
                set_={"finished_at": func.coalesce(ledgers.c.finished_at, func.now())},
            )
        )

    async def cancelled(self, run_id: UUID | None) -> bool:
        """Whether the run was closed before all of it was settled, so that nothing more need be done for it."""
        if run_id is None:
            return False
        ledgers = self._tables.run_ledgers
        closed = select(ledgers.c.run_id).where(
            ledgers.c.run_id == run_id, ledgers.c.finished_at.is_not(None), ledgers.c.processed < ledgers.c.expected
        )
        return (await self._session.execute(closed)).first() is not None

    async def started(self, run_id: UUID | None) -> None:
        """A run of one piece has begun."""
        if run_id is not None:
            self._announce(RunStarted(run_id=run_id, service=self._tables.schema))

    def progressed(self, run_id: UUID | None, tally: RunTally, line: str | None = None) -> None:
        """A run of one piece went on."""
        if run_id is not None:
            self._announce(RunProgressed(run_id=run_id, tally=tally, line=line))

    def finished(
        self,
        run_id: UUID | None,
        tally: RunTally,
        *,
        outcome: RunOutcome = RunOutcome.COMPLETED,
        problems: Sequence[str] = (),
        details: dict[str, Any] | None = None,
    ) -> None:
        """A run of one piece is over."""
        if run_id is not None:
            self._announce(
                RunFinished(run_id=run_id, outcome=outcome, tally=tally, problems=list(problems), details=details or {})
            )

    async def _finish(self, run_id: UUID, tally: RunTally, details: dict[str, Any]) -> None:
        items, ledgers = self._tables.run_items, self._tables.run_ledgers
        told = (
            select(items.c.words)
            .where(items.c.run_id == run_id, items.c.words.is_not(None))
            .order_by(items.c.item)
            .limit(PROBLEMS_TOLD)
        )
        words = await self._session.scalars(told.where(items.c.succeeded.is_(False)))
        notes = list(await self._session.scalars(told.where(items.c.succeeded.is_(True))))
        await self._session.execute(update(ledgers).where(ledgers.c.run_id == run_id).values(finished_at=func.now()))
        nothing_worked = tally.failed > 0 and tally.succeeded == 0
        self.finished(
            run_id,
            tally,
            outcome=RunOutcome.FAILED if nothing_worked else RunOutcome.COMPLETED,
            problems=[word for word in words if word],
            details=details | ({"notes": notes} if notes else {}),
        )
