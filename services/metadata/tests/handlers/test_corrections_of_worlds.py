"""The corrections of whole worlds, compared with their truth."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.refresh_metadata import RefreshRules
from metadata.settings import SETTINGS
from metadata_builders import Pipeline, library_of, messages_sent
from sandbox.scoring import Observed, ObservedCorrection, Score, score
from sandbox.world import World
from shared.chassis.database import Database
from shared.contracts.library.field_values import display_text
from shared.contracts.library.metadata_writes import FieldValue, WriteMetadata
from shared.contracts.metadata.refreshes import BookRefreshed, RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished
from shared.testing.clocks import ManualClock
from sqlalchemy.exc import SQLAlchemyError

RUN = UUID("5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10")
KILLS = 4
"""A limit, because a slow machine would be slowed down further by every delivery."""
RULES = RefreshRules(batch_size=7, daily_max=50, new_days=7, dry_run=False)


@pytest.fixture
def corrected(
    catalogues: Callable[..., Any],
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
    shipped: Callable[[str], World],
) -> Callable[..., Awaitable[Score]]:
    """Puts a world's library through the pipeline, message by message; the score of what is to be written."""

    async def run(name: str, mode: RefreshMode = RefreshMode.FULL, *, killed: bool = False) -> Score:
        world = shipped(name)
        shelf = library_of(world)
        # Servers of custom providers are used if the world has their catalogues; Goodreads has to be listed.
        providers = f"{SETTINGS.example().providers},goodreads:0.8"
        refreshing = Pipeline(transaction, shelf, catalogues(world, providers=providers).registry, RULES, clock)
        await refreshing.refresh(RefreshMetadata(mode=mode, run_id=RUN))
        for command in await messages_sent(database, RefreshBooks):
            await (deliver_until_handled(refreshing, command) if killed else refreshing.refresh_books(command))
        corrections = [
            ObservedCorrection(
                shelf.shelf[write.book_id].abs_id or "", change.field, shown_(change.old), shown_(change.new)
            )
            for write in await messages_sent(database, WriteMetadata)
            for change in write.changes
        ]
        return score(world, Observed(corrections=tuple(corrections)))

    return run


async def deliver_until_handled(refreshing: Pipeline, command: RefreshBooks) -> None:
    """Deliver a message several times to a handler that is killed at random moments, ever later, and then to its end.

    The database may report an error to the delivery after a kill. As the broker does, that message is delivered again.
    """
    chance = random.Random(str(command.book_ids))
    for attempt in range(1, KILLS + 1):
        delivery = asyncio.create_task(refreshing.refresh_books(command))
        await asyncio.wait({delivery}, timeout=chance.uniform(0, 0.1 * attempt))
        if delivery.done() and not isinstance(delivery.exception(), SQLAlchemyError):
            return await delivery
        delivery.cancel()
        await asyncio.wait({delivery})
    try:
        await refreshing.refresh_books(command)
    except SQLAlchemyError:
        await refreshing.refresh_books(command)


def shown_(value: FieldValue) -> str:
    return display_text(value).replace("nothing", "") if not value else display_text(value)


@pytest.mark.parametrize("world", ["small", "traps"])
async def test_every_right_correction_and_no_wrong_one_is_made(
    corrected: Callable[..., Awaitable[Score]], world: str
) -> None:
    result = await corrected(world)
    assert result.wrong_correction == []
    assert result.correction_not_made == []
    assert len(result.right_correction) > 20


async def test_a_full_run_that_is_killed_again_and_again_corrects_every_field_once(
    corrected: Callable[..., Awaitable[Score]], database: Database, shipped: Callable[[str], World]
) -> None:
    result = await corrected("traps", killed=True)
    assert result.wrong_correction == []
    assert result.correction_not_made == []
    written = [
        (each.book_id, change.field) for each in await messages_sent(database, WriteMetadata) for change in each.changes
    ]
    assert len(set(written)) == len(written)
    books = len(shipped("traps").library)
    assert len(await messages_sent(database, BookRefreshed)) == books
    (finished,) = await messages_sent(database, RunFinished)
    assert (finished.tally.succeeded, finished.tally.failed) == (books, 0)


async def test_without_the_full_mode_only_empty_fields_are_filled(corrected: Callable[..., Awaitable[Score]]) -> None:
    result = await corrected("traps", RefreshMode.NEW)
    assert result.wrong_correction == []
    assert sorted(result.correction_not_made) == [
        "li_0007.sequence: 3",
        "li_0029.sequence: 2",
        "li_0029.series: Richard Hannay",
    ]
