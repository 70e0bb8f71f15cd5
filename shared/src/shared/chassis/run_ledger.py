"""The ledger of a run that consists of many messages: its items and their results.

A service opens the ledger when it knows the items, and settles each item when it was handled. The last item ends the
run. Settling an item twice has no effect, so that a redelivered message does not change the figures. Settling an item
of a cancelled run has no effect either.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, Text, cast, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.ext.asyncio import AsyncSession

from shared.chassis.tables import ChassisTables
from shared.contracts.message import Event
from shared.contracts.runs import (
    ItemResult,
    RunFinished,
    RunOutcome,
    RunProgressed,
    RunStarted,
    RunTally,
    with_codes,
)
from shared.contracts.translatable import Translatable, translatables, with_code

PROBLEMS_LISTED = 200
"""How many problems a finished run lists; the others are only counted."""


class RunLedger:
    """The runs of one service, within one transaction. Every method does nothing when `run_id` is None."""

    def __init__(self, session: AsyncSession, tables: ChassisTables, announce: Callable[[Event], None]) -> None:
        self._session = session
        self._tables = tables
        self._announce = announce

    async def open(self, run_id: UUID | None, items: Sequence[str], *, details: dict[str, Any] | None = None) -> bool:
        """Start a run that ends when all `items` are settled. Returns False when it was opened before.

        Without items the run ends immediately, with `details` as its figures.
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
        """Record the result of one item. `words` describe the problem, or are a note about the success.

        `details` is called for the figures of the run when this was the last item.
        """
        await self.settle_all(run_id, [ItemResult(item, succeeded, words)], details=details)

    async def settle_all(
        self,
        run_id: UUID | None,
        results: Sequence[ItemResult],
        *,
        details: Callable[[], Awaitable[dict[str, Any]]] | None = None,
    ) -> set[str]:
        """Record the results of several items at once. Returns the items that were not settled before.

        Without a run, or when the run has ended, that is the empty set.
        """
        if run_id is None or not results:
            return set()
        ledgers = self._tables.run_ledgers
        # Every transaction locks the row of the ledger first, so that two last items cannot both miss the end.
        locked = await self._session.execute(
            select(ledgers.c.run_id)
            .where(ledgers.c.run_id == run_id, ledgers.c.finished_at.is_(None))
            .with_for_update()
        )
        if locked.first() is None:
            return set()
        newly_settled = await self._settled(run_id, results)
        if not newly_settled:
            return set()
        failed = sum(not each.succeeded for each in newly_settled)
        counted = await self._session.execute(
            update(ledgers)
            .where(ledgers.c.run_id == run_id)
            .values(
                processed=ledgers.c.processed + len(newly_settled),
                succeeded=ledgers.c.succeeded + len(newly_settled) - failed,
                failed=ledgers.c.failed + failed,
            )
            .returning(ledgers.c.expected, ledgers.c.processed, ledgers.c.succeeded, ledgers.c.failed)
        )
        tally = RunTally(**counted.mappings().one())
        if tally.processed == tally.expected:
            await self._finish(run_id, tally, await details() if details else {})
        else:
            self._announce_progress(run_id, tally, newly_settled)
        return {each.item for each in newly_settled}

    async def unsettled(self, run_id: UUID | None, items: Sequence[str]) -> list[str]:
        """The items that still have to be handled: none if the run has ended, all without a run."""
        if run_id is None:
            return list(items)
        rows, ledgers = self._tables.run_items, self._tables.run_ledgers
        still = select(rows.c.item).join(ledgers, ledgers.c.run_id == rows.c.run_id)
        wanted = (rows.c.run_id == run_id, rows.c.item.in_(items), rows.c.succeeded.is_(None))
        found = set(await self._session.scalars(still.where(*wanted, ledgers.c.finished_at.is_(None))))
        return [item for item in items if item in found]

    async def _settled(self, run_id: UUID, results: Sequence[ItemResult]) -> list[ItemResult]:
        items = self._tables.run_items
        # As arrays: a list of rows is another statement for each number of rows, which is compiled every time.
        new = (
            func.unnest(
                literal([each.item for each in results], ARRAY(Text)),
                literal([each.succeeded for each in results], ARRAY(Boolean)),
                literal([each.words for each in results], ARRAY(Text)),
                literal([_codes(each.words) for each in results], ARRAY(Text)),
            )
            .table_valued("item", "succeeded", "words", "translatable", name="results")
            .render_derived()
        )
        settling = (
            update(items)
            .where(items.c.run_id == run_id, items.c.item == new.c.item, items.c.succeeded.is_(None))
            .values(succeeded=new.c.succeeded, words=new.c.words, translatable=cast(new.c.translatable, JSONB))
            .returning(items.c.item)
        )
        newly_settled = set(await self._session.scalars(settling))
        return [each for each in results if each.item in newly_settled]

    def _announce_progress(self, run_id: UUID, tally: RunTally, newly_settled: Sequence[ItemResult]) -> None:
        """Announce every line of words; without one, announce each percent of the run."""
        lines = [each.words for each in newly_settled if each.words]
        step = max(1, (tally.expected or 1) // 100)
        for line in lines:
            self._announce(RunProgressed(run_id=run_id, tally=tally, line=line))
        if not lines and tally.processed // step > (tally.processed - len(newly_settled)) // step:
            self._announce(RunProgressed(run_id=run_id, tally=tally))

    async def cancel(self, run_id: UUID) -> None:
        """Close a run before all items are settled, even if it is not open yet."""
        ledgers = self._tables.run_ledgers
        # The row expects one item that is never settled, so that `open` finds the run closed.
        closed = insert_or_skip(ledgers).values(run_id=run_id, expected=1, finished_at=func.now())
        await self._session.execute(
            closed.on_conflict_do_update(
                index_elements=[ledgers.c.run_id],
                set_={"finished_at": func.coalesce(ledgers.c.finished_at, func.now())},
            )
        )

    async def cancelled(self, run_id: UUID | None) -> bool:
        """Whether the run was closed before all items were settled, so that its work can stop."""
        if run_id is None:
            return False
        ledgers = self._tables.run_ledgers
        closed = select(ledgers.c.run_id).where(
            ledgers.c.run_id == run_id, ledgers.c.finished_at.is_not(None), ledgers.c.processed < ledgers.c.expected
        )
        return (await self._session.execute(closed)).first() is not None

    async def started(self, run_id: UUID | None) -> None:
        """Announce the start of a run without items."""
        if run_id is not None:
            self._announce(RunStarted(run_id=run_id, service=self._tables.schema))

    def progressed(self, run_id: UUID | None, tally: RunTally, line: str | None = None) -> None:
        """Announce the progress of a run without items."""
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
        """Announce the end of a run without items. The sentences in `details` keep their codes and figures."""
        if run_id is not None:
            coded = with_codes(details or {}, problems)
            self._announce(
                RunFinished(run_id=run_id, outcome=outcome, tally=tally, problems=list(problems), details=coded)
            )

    async def _finish(self, run_id: UUID, tally: RunTally, details: dict[str, Any]) -> None:
        items, ledgers = self._tables.run_items, self._tables.run_ledgers
        described = (
            select(items.c.words, items.c.translatable)
            .where(items.c.run_id == run_id, items.c.words.is_not(None))
            .order_by(items.c.item)
            .limit(PROBLEMS_LISTED)
        )
        failures = await self._session.execute(described.where(items.c.succeeded.is_(False)))
        successes = await self._session.execute(described.where(items.c.succeeded.is_(True)))
        notes = [_sentence(*row) for row in successes]
        await self._session.execute(update(ledgers).where(ledgers.c.run_id == run_id).values(finished_at=func.now()))
        nothing_worked = tally.failed > 0 and tally.succeeded == 0
        self.finished(
            run_id,
            tally,
            outcome=RunOutcome.FAILED if nothing_worked else RunOutcome.COMPLETED,
            problems=[_sentence(*row) for row in failures if row.words],
            details=details | ({"notes": notes} if notes else {}),
        )


def _codes(words: str | None) -> str | None:
    return next((each.model_dump_json() for each in translatables(words=words).values()), None)


def _sentence(words: str, codes: dict[str, Any] | None) -> str:
    return with_code(words, None if codes is None else Translatable(**codes))
