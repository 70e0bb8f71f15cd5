"""An engine is kept for the next test, and two databases that are open at the same time have one each."""

from collections.abc import Callable

import sqlalchemy
from harness.plugin import FreshDatabase
from shared.chassis.database import Database
from shared.testing.tiny import CHASSIS, ROLE


async def test_a_database_uses_the_engine_of_a_closed_one_with_the_same_address(
    fresh_database: Callable[..., FreshDatabase],
) -> None:
    url = fresh_database().url(ROLE)
    first = Database(url, CHASSIS)
    await first.aclose()

    second = Database(url, CHASSIS)
    third = Database(url, CHASSIS)

    assert second.engine is first.engine
    assert third.engine is not second.engine
    async with second.engine.connect() as connection:
        assert (await connection.execute(sqlalchemy.text("select 1"))).scalar_one() == 1
    await second.aclose()
    await third.aclose()


async def test_databases_with_different_options_have_different_engines(
    fresh_database: Callable[..., FreshDatabase],
) -> None:
    url = fresh_database().url(ROLE)
    first = Database(url, CHASSIS)
    await first.aclose()

    other = Database(url, CHASSIS, lock_seconds=1)

    assert other.engine is not first.engine
    await other.aclose()
