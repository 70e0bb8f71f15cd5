"""Which stored answers a search replaces."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from metadata.adapters.postgres.answer_cache import PostgresAnswerCache
from metadata.domain.catalogue import Found
from metadata_builders import an_entry
from shared.chassis.database import Database, Transaction
from shared.testing.clocks import ManualClock

KNOWN, SEARCH = "audible:asin:B0OZ000002", "audible:search:oz"
OLD, NEW = an_entry(title="Old"), an_entry(title="New")


@pytest.fixture
def cache_at(database: Database, clock: ManualClock) -> Callable[[], PostgresAnswerCache]:
    return lambda: PostgresAnswerCache(database.transactions(Transaction), clock, timedelta(hours=12))


@pytest.mark.parametrize(
    ("stored", "hours", "shown"),
    [(Found(), 1, "New"), (Found([OLD]), 1, "Old"), (Found([OLD]), 25, "New")],
    ids=["not known", "found recently", "found before"],
)
async def test_a_search_replaces_what_is_old_or_was_not_known(
    cache_at: Callable[[], PostgresAnswerCache], clock: ManualClock, stored: Found, hours: int, shown: str
) -> None:
    cache = cache_at()
    await cache.store({KNOWN: stored}, {})
    clock.forward(hours=hours)
    await cache.store({SEARCH: Found([NEW])}, {KNOWN: Found([NEW])})
    assert [each.title for each in (await cache.get([KNOWN]))[KNOWN].works] == [shown]


async def test_an_answer_without_results_ends_before_one_with_results(
    cache_at: Callable[[], PostgresAnswerCache], clock: ManualClock
) -> None:
    cache = cache_at()
    await cache.store({KNOWN: Found(), SEARCH: Found([NEW])}, {})
    clock.forward(hours=13)
    assert list(await cache.get([KNOWN, SEARCH])) == [SEARCH]
