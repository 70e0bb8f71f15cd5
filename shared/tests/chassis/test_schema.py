"""The schema is migrated by a child process, and only when the code expects a newer revision."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from harness.plugin import FreshDatabase
from shared.chassis.database import async_url
from shared.chassis.schema import (
    MigrationFailed,
    PostgresUnavailable,
    SchemaIsNewer,
    current_revision,
    migrate_if_due,
    newest_revision,
)
from shared.testing.tiny import CHASSIS, ROLE, TINY
from sqlalchemy import create_engine

SCHEMA = CHASSIS.schema


def revision_at(url: str) -> str | None:
    engine = create_engine(async_url(url))
    with engine.connect() as connection:
        found = current_revision(connection, SCHEMA)
    engine.dispose()
    return found


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of the migrations of the tiny service, which a test may change."""
    return shutil.copytree(TINY.migrations, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))


async def test_replicas_that_start_together_on_an_empty_schema_migrate_it_once(
    fresh_database: Callable[..., FreshDatabase],
) -> None:
    url = fresh_database().url(ROLE)
    assert revision_at(url) is None
    await asyncio.gather(*(migrate_if_due(TINY.migrations, url, SCHEMA) for _ in range(2)))
    assert revision_at(url) == newest_revision(TINY.migrations)


async def test_a_schema_at_the_newest_revision_is_left_alone(database_url: str, migrations: Path) -> None:
    (migrations / "env.py").write_text("raise RuntimeError('migrated again')\n")
    await migrate_if_due(migrations, database_url, SCHEMA)


async def test_a_migration_that_fails_is_reported_with_its_error(database_url: str, migrations: Path) -> None:
    newest = newest_revision(migrations)
    (migrations / "versions" / "0999_wrong.py").write_text(
        f"from alembic import op\nrevision, down_revision = '0999', {newest!r}\n"
        "def upgrade(): op.execute('select nothing_like_it')\n"
    )
    with pytest.raises(MigrationFailed, match='"nothing_like_it" does not exist'):
        await migrate_if_due(migrations, database_url, SCHEMA)
    assert revision_at(database_url) == newest


async def test_a_schema_of_a_newer_version_is_refused(database_url: str, migrations: Path) -> None:
    newest = sorted((migrations / "versions").glob("0*.py"))[-1]
    newest.unlink()
    (migrations / "env.py").write_text("raise RuntimeError('migrated')\n")
    with pytest.raises(SchemaIsNewer, match=f"has the revision {newest.name[:4]}.*restore a backup.*before the update"):
        await migrate_if_due(migrations, database_url, SCHEMA)
    assert revision_at(database_url) == newest.name[:4]


async def test_postgres_that_accepts_no_connection_is_unavailable() -> None:
    with pytest.raises(PostgresUnavailable, match="connection"):
        await migrate_if_due(TINY.migrations, "postgresql://x:y@127.0.0.1:1/gapless", SCHEMA)


def test_a_folder_without_migrations_has_no_revision(tmp_path: Path) -> None:
    assert newest_revision(tmp_path) is None
