"""How many SQL statements the lists and a refresh take."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, library_of, messages_sent
from sandbox.world import World
from shared.chassis.database import Database
from shared.contracts.metadata.corrections import ListCorrections
from shared.contracts.metadata.refreshes import RefreshBooks, RefreshMetadata, RefreshMode
from shared.testing.clocks import ManualClock
from shared.testing.statements import statements

RULES = RefreshRules(batch_size=100, daily_max=50, new_days=7, dry_run=False)


async def test_a_page_of_corrections_takes_two_statements_at_most(
    transaction: Transactions, clock: ManualClock
) -> None:
    with statements() as sent:
        await CorrectionHandlers(transaction, clock).list_corrections(ListCorrections())
    assert 1 <= len(sent) <= 2


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_refresh_from_cached_answers_takes_four_statements_for_a_book_at_most(
    catalogues: Callable[..., Any],
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
    shipped: Callable[[str], World],
    dry_run: bool,
) -> None:
    world = shipped("small")
    shelf = library_of(world)
    pipeline = Pipeline(transaction, shelf, catalogues(world).registry, RULES, clock)
    counts: list[int] = []
    for _ in range(2):
        run_id = uuid4()
        with statements() as sent:
            await pipeline.refresh(RefreshMetadata(run_id=run_id, mode=RefreshMode.FULL, dry_run=dry_run))
            for command in await messages_sent(database, RefreshBooks):
                if command.run_id == run_id:
                    await pipeline.refresh_books(command)
        counts.append(len(sent))
    assert counts[1] <= 4 * len(shelf.shelf)
