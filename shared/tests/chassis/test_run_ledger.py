"""A run of many messages ends once, with the last of its items."""

import asyncio
from collections.abc import Sequence
from uuid import UUID, uuid4

import psycopg
import pytest
from shared.chassis.database import Transaction, Transactions
from shared.contracts.runs import ItemResult, RunFinished, RunOutcome, RunProgressed, RunStarted, RunTally
from shared.translatable import translatable

Open = Transactions[Transaction]
RUN = uuid4()


async def opened(transaction: Open, items: Sequence[str], run_id: UUID | None = RUN) -> bool:
    async with transaction() as tx:
        return await tx.runs.open(run_id, items)


async def settled(transaction: Open, item: str, *, succeeded: bool = True, words: str | None = None) -> None:
    async with transaction() as tx:
        await tx.runs.settle(RUN, item, succeeded=succeeded, words=words)


async def killed_while_settling(transaction: Open) -> None:
    async with transaction() as tx:
        await tx.runs.settle(RUN, "a")
        raise RuntimeError("killed in the middle")


def announced(url: str, kind: type[RunFinished] | type[RunProgressed] | type[RunStarted]) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select payload from library.outbox where subject = %s order by id", [kind.subject]
        ).fetchall()
    return [str(payload) for (payload,) in rows]


def ends(url: str) -> list[RunFinished]:
    return [RunFinished.model_validate_json(payload) for payload in announced(url, RunFinished)]


async def test_the_last_item_ends_the_run(transaction: Open, database_url: str) -> None:
    assert await opened(transaction, ["a", "b"])
    assert len(announced(database_url, RunStarted)) == 1
    await settled(transaction, "a")
    assert ends(database_url) == []
    await settled(transaction, "b", succeeded=False, words="b: Audible is away")
    (end,) = ends(database_url)
    assert end.outcome is RunOutcome.COMPLETED
    assert end.tally == RunTally(expected=2, processed=2, succeeded=1, failed=1)
    assert end.problems == ["b: Audible is away"]


async def test_a_run_without_a_successful_item_fails(transaction: Open, database_url: str) -> None:
    await opened(transaction, ["a", "b"])
    for item in ("a", "b"):
        await settled(transaction, item, succeeded=False, words=f"{item}: away")
    assert ends(database_url)[0].outcome is RunOutcome.FAILED


async def test_settling_an_item_twice_has_no_effect(transaction: Open, database_url: str) -> None:
    await opened(transaction, ["a", "b"])
    await settled(transaction, "a")
    await settled(transaction, "a", succeeded=False, words="a: once more")
    assert ends(database_url) == []
    await settled(transaction, "b")
    await settled(transaction, "b")
    (end,) = ends(database_url)
    assert end.tally == RunTally(expected=2, processed=2, succeeded=2, failed=0)


async def test_concurrent_last_items_end_the_run_once(transaction: Open, database_url: str) -> None:
    items = [f"item {number}" for number in range(12)]
    await opened(transaction, items)
    await asyncio.gather(*(settled(transaction, item) for item in items))
    (end,) = ends(database_url)
    assert end.tally == RunTally(expected=12, processed=12, succeeded=12, failed=0)


async def test_a_run_without_items_ends_immediately(transaction: Open, database_url: str) -> None:
    assert await opened(transaction, [])
    (end,) = ends(database_url)
    assert (end.outcome, end.tally) == (RunOutcome.COMPLETED, RunTally(expected=0))


async def test_an_item_named_twice_counts_once(transaction: Open, database_url: str) -> None:
    await opened(transaction, ["a", "a"])
    await settled(transaction, "a")
    assert ends(database_url)[0].tally.expected == 1


async def test_a_run_is_opened_once(transaction: Open, database_url: str) -> None:
    assert await opened(transaction, ["a"])
    assert not await opened(transaction, ["a", "b"])
    await settled(transaction, "a")
    assert ends(database_url)[0].tally.expected == 1
    assert not await opened(transaction, ["a"])


@pytest.mark.parametrize("item", ["a", "unknown"])
async def test_settling_outside_of_an_open_run_has_no_effect(item: str, transaction: Open, database_url: str) -> None:
    await settled(transaction, item)
    await opened(transaction, ["a", "b"])
    await settled(transaction, "unknown")
    assert ends(database_url) == []


async def test_without_a_run_nothing_is_announced(transaction: Open, database_url: str) -> None:
    assert await opened(transaction, ["a"], None)
    async with transaction() as tx:
        await tx.runs.settle(None, "a")
        await tx.runs.started(None)
        tx.runs.progressed(None, RunTally())
        tx.runs.finished(None, RunTally())
    for kind in (RunStarted, RunProgressed, RunFinished):
        assert announced(database_url, kind) == []


async def test_a_run_without_a_ledger_announces_its_start_and_its_end(transaction: Open, database_url: str) -> None:
    async with transaction() as tx:
        await tx.runs.started(RUN)
        tx.runs.progressed(RUN, RunTally(processed=1), "one page read")
        tx.runs.finished(RUN, RunTally(processed=2), outcome=RunOutcome.FAILED, problems=["away"], details={"books": 2})
    assert (len(announced(database_url, RunStarted)), len(announced(database_url, RunProgressed))) == (1, 1)
    (end,) = ends(database_url)
    assert (end.outcome, end.problems, end.details) == (RunOutcome.FAILED, ["away"], {"books": 2})


async def test_a_rolled_back_item_is_not_settled(transaction: Open, database_url: str) -> None:
    await opened(transaction, ["a"])
    with pytest.raises(RuntimeError, match="killed"):
        await killed_while_settling(transaction)
    assert ends(database_url) == []
    await settled(transaction, "a")
    assert len(ends(database_url)) == 1


async def cancelled(transaction: Open, run_id: UUID = RUN) -> bool:
    async with transaction() as tx:
        return await tx.runs.cancelled(run_id)


async def cancel(transaction: Open) -> None:
    async with transaction() as tx:
        await tx.runs.cancel(RUN)


async def test_settling_an_item_of_a_cancelled_run_has_no_effect(transaction: Open, database_url: str) -> None:
    await opened(transaction, ["a", "b"])
    await settled(transaction, "a")
    assert not await cancelled(transaction)
    await cancel(transaction)
    await cancel(transaction)
    assert await cancelled(transaction)
    await settled(transaction, "b")
    assert ends(database_url) == []


async def test_a_run_that_was_cancelled_before_its_start_is_not_opened(transaction: Open, database_url: str) -> None:
    await cancel(transaction)
    assert not await opened(transaction, ["a"])
    assert announced(database_url, RunStarted) == []


async def test_a_completed_run_does_not_count_as_cancelled(transaction: Open) -> None:
    await opened(transaction, ["a"])
    await settled(transaction, "a")
    await cancel(transaction)
    assert not await cancelled(transaction)
    assert not await cancelled(transaction, uuid4())


async def test_items_settled_together_are_counted_once_each_and_end_the_run(
    transaction: Open, database_url: str
) -> None:
    await opened(transaction, ["a", "b", "c"])
    async with transaction() as tx:
        assert await tx.runs.settle_all(RUN, [ItemResult("a"), ItemResult("b", succeeded=False, words="b: away")]) == {
            "a",
            "b",
        }
    async with transaction() as tx:
        assert await tx.runs.unsettled(RUN, ["a", "b", "c", "d"]) == ["c"]
        assert await tx.runs.settle_all(RUN, [ItemResult("b"), ItemResult("c")]) == {"c"}
    (end,) = ends(database_url)
    assert end.tally == RunTally(expected=3, processed=3, succeeded=2, failed=1)
    assert end.problems == ["b: away"]


async def test_a_cancelled_run_has_no_unsettled_items(transaction: Open) -> None:
    await opened(transaction, ["a", "b"])
    async with transaction() as tx:
        await tx.runs.cancel(RUN)
        assert await tx.runs.unsettled(RUN, ["a", "b"]) == []
        assert await tx.runs.unsettled(None, ["a", "b"]) == ["a", "b"]
        assert await tx.runs.settle_all(RUN, [ItemResult("a")]) == set()


async def test_the_end_of_a_run_has_the_codes_of_its_problems_and_notes(transaction: Open, database_url: str) -> None:
    away = translatable("remote.timed_out", "b: GET timed out", call="GET")
    wanted = translatable("run.chosen", "“Ozma” chosen", title="Ozma", score=0.5)
    await opened(transaction, ["a", "b", "c"])
    await settled(transaction, "c", succeeded=False, words=away)
    await settled(transaction, "b", succeeded=False, words="b: without a code")
    await settled(transaction, "a", words=wanted)
    (end,) = ends(database_url)
    assert (end.problems, end.details["notes"]) == (["b: without a code", away], [wanted])
    assert end.details["translatable"] == {
        "problems.1": {"code": "remote.timed_out", "figures": {"call": "GET"}},
        "notes.0": {"code": "run.chosen", "figures": {"title": "Ozma", "score": 0.5}},
    }
