"""The migrations of every service produce its table definitions, under its own role, and can run again."""

import asyncio
from collections.abc import Callable

import pytest
from alembic.script import ScriptDirectory
from harness.plugin import FreshDatabase, schema_differences
from provisioning.services import PARTS, Part
from shared.chassis.database import async_url
from shared.chassis.migrations import alembic_config, upgrade
from shared.chassis.schema import current_revision, newest_revision
from sqlalchemy import create_engine

parts = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)


@parts
def test_the_migrated_schema_matches_the_table_definitions(
    part: Part, fresh_database: Callable[..., FreshDatabase]
) -> None:
    url = fresh_database().url(part.role)
    upgrade(part.spec.migrations, url)
    assert schema_differences(part.spec, url) == []


async def test_replicas_that_start_at_the_same_time_migrate_once(fresh_database: Callable[..., FreshDatabase]) -> None:
    part, database = PARTS[0], fresh_database()
    migrations, url = part.spec.migrations, database.url(part.role)
    await asyncio.gather(*(asyncio.to_thread(upgrade, migrations, url) for _ in range(3)))
    engine = create_engine(async_url(url))
    with engine.connect() as connection:
        assert current_revision(connection, part.spec.tables.schema) == newest_revision(migrations)
    engine.dispose()


@parts
def test_the_newest_revision_is_the_last_one_of_the_chain(part: Part) -> None:
    script = ScriptDirectory.from_config(alembic_config(part.spec.migrations))
    assert newest_revision(part.spec.migrations) == script.get_current_head()
