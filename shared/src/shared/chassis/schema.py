"""The schema of a service: its revision, and its migration when the code expects a newer one.

Alembic runs in a child process. It takes 11 MiB, and a service needs it only after an update.
"""

import asyncio
import os
import sys
from pathlib import Path

from sqlalchemy import Connection, column, create_engine, func, pool, select, table
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import async_url

EXIT_UNAVAILABLE = 69
"""The exit status of the child when Postgres is unavailable (`EX_UNAVAILABLE` in BSD sysexits.h)."""
_ERROR_CHARACTERS = 500


class PostgresUnavailable(Exception):
    """Postgres does not accept connections now. The message is the reason."""


class MigrationFailed(Exception):
    """The schema could not be migrated. The message is the error of the migration."""


class SchemaIsNewer(MigrationFailed):
    """A newer version of Gapless migrated the schema. Nothing was changed."""


def newest_revision(migrations: Path) -> str | None:
    """The revision that the code expects; None without migrations.

    The name of a file in `versions` begins with its revision, and each follows the one before it.
    """
    names = [path.name for path in (migrations / "versions").glob("[0-9]*_*.py")]
    return max(name.partition("_")[0] for name in names) if names else None


def current_revision(connection: Connection, schema: str) -> str | None:
    """The revision of the schema; None when it was never migrated."""
    versions = table("alembic_version", column("version_num"), schema=schema)
    if connection.execute(select(func.to_regclass(f"{schema}.alembic_version"))).scalar_one() is None:
        return None
    return connection.execute(select(versions.c.version_num)).scalar_one_or_none()


async def migrate_if_due(migrations: Path, url: str, schema: str) -> None:
    """Migrate the schema to the newest revision unless it is there already.

    Raises `PostgresUnavailable`, `MigrationFailed`, `SchemaIsNewer`, and `SQLAlchemyError` when Postgres refuses the
    query.
    """
    found, expected = await asyncio.to_thread(_revision_at, url, schema), newest_revision(migrations)
    if found == expected:
        return
    if found is not None and found > (expected or ""):
        raise SchemaIsNewer(
            f"the schema {schema} has the revision {found}, and the newest that this version knows is {expected}: a"
            " newer version of Gapless has used this database. Start that version, or restore a backup that was made"
            " before the update"
        )
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "shared.chassis.migrations",
        str(migrations),
        env={**os.environ, "DATABASE_URL": url},  # the arguments of a process are visible to all users
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, errors = await child.communicate()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        reason = errors.decode(errors="replace").strip()[-_ERROR_CHARACTERS:]
        raise (PostgresUnavailable if child.returncode == EXIT_UNAVAILABLE else MigrationFailed)(reason)


def _revision_at(url: str, schema: str) -> str | None:
    engine = create_engine(async_url(url), poolclass=pool.NullPool)
    try:
        with engine.connect() as connection:
            return current_revision(connection, schema)
    except SQLAlchemyError as error:
        if (reason := unavailable_because(error)) is None:
            raise
        raise PostgresUnavailable(reason) from error
    finally:
        engine.dispose()


def unavailable_because(error: SQLAlchemyError) -> str | None:
    """Why Postgres is unavailable; None when `error` has another cause."""
    reason = str(getattr(error, "orig", error)).strip()
    lost = getattr(error, "connection_invalidated", False) or "connection" in reason.lower()
    return reason if lost else None
