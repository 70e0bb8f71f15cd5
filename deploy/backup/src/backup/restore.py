"""Replaces the data of an installation with the contents of a backup, in one transaction."""

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from provisioning.roles import SCHEMAS, on_database
from provisioning.services import PARTS
from psycopg import sql
from shared.chassis.migrations import alembic_config, upgrade
from shared.chassis.schema import newest_revision

from backup.manifest import Manifest, WrongBackup
from backup.verify import Verified, verified
from backup.write import OnProgress, revisions, tables, write_backup

_CONNECTED = """
select distinct usename from pg_stat_activity
where usename = any(%s) and datname = current_database() order by 1
"""


def check_restorable(admin_url: str, manifest: Manifest) -> None:
    """Raise `WrongBackup` if this backup cannot be restored into this installation now. Changes nothing."""
    with psycopg.connect(admin_url) as connection:
        found = [row[0] for row in connection.execute(_CONNECTED, [list(SCHEMAS)])]
        if found:
            raise WrongBackup(f"still connected to the database: {', '.join(found)}. Stop these services first")
        here = revisions(connection)
    for part in PARTS:
        schema = part.spec.tables.schema
        newest = newest_revision(part.spec.migrations)
        if schema not in manifest.revisions:
            continue
        if here.get(schema) != newest:
            raise WrongBackup(
                f"the schema {schema!r} is at {here.get(schema, 'no revision')}, this Gapless expects {newest}:"
                " start its services once, stop them, then restore"
            )
        if not _knows(part.spec.migrations, manifest.revisions[schema]):
            raise WrongBackup(
                f"the backup has the schema {schema!r} at {manifest.revisions[schema]}, which this version of"
                f" Gapless does not know: install version {manifest.gapless} or newer"
            )


def restore(admin_url: str, backup: Verified, on_progress: OnProgress, last: Callable[[], None]) -> None:
    """Replace the contents of all tables. `last` is called after the last table, before the commit.

    This includes the tables of messages and runs: pending messages are sent when the services start, and a handler may
    get a message again. A backup with older revisions is first migrated in a temporary database. Raises `WrongBackup`
    if the tables differ, and `psycopg.Error`.
    """
    parts = [part for part in PARTS if part.spec.tables.schema in backup.manifest.revisions]
    newest = {part.spec.tables.schema: newest_revision(part.spec.migrations) for part in parts}
    if backup.manifest.revisions == newest:
        return _replace(admin_url, backup, on_progress, last)
    with tempfile.TemporaryDirectory(prefix="gapless-restore-") as folder, _staging(admin_url) as staging:
        for part in parts:
            revision = backup.manifest.revisions[part.spec.tables.schema]
            command.upgrade(alembic_config(part.spec.migrations, staging), revision)
        _replace(staging, backup, on_progress, lambda: None)
        for part in parts:
            upgrade(part.spec.migrations, staging)
        newer = Path(folder) / "newer"
        write_backup(staging, newer, on_progress)
        with verified(newer, on_progress) as migrated:
            return _replace(admin_url, migrated, on_progress, last)


def _replace(admin_url: str, backup: Verified, on_progress: OnProgress, last: Callable[[], None]) -> None:
    with psycopg.connect(admin_url) as connection:
        connection.execute("set local lock_timeout = '15s'")
        # No foreign keys or triggers while the tables are filled one by one: the copy is consistent.
        connection.execute("set local session_replication_role = replica")
        here = tables(connection)
        written = {(table.schema_name, table.table): table.columns for table in backup.manifest.tables}
        wanted = {name: sorted(columns) for name, columns in here.items() if name[0] in backup.manifest.revisions}
        if wanted != {name: sorted(columns) for name, columns in written.items()}:
            raise WrongBackup(
                "the tables of the backup differ from those of this installation, although the revisions are equal"
            )
        names = sql.SQL(", ").join(sql.Identifier(*name) for name in here)
        connection.execute(sql.SQL("truncate {}").format(names))
        _fill(connection, backup, on_progress)
        for sequence in backup.manifest.sequences:
            name = sql.Identifier(sequence.schema_name, sequence.name).as_string(connection)
            connection.execute("select setval(%s, %s, %s)", [name, sequence.last_value, sequence.is_called])
        last()


def _fill(connection: psycopg.Connection, backup: Verified, on_progress: OnProgress) -> None:
    for done, table in enumerate(backup.manifest.tables):
        on_progress(f"{table.schema_name}.{table.table}", done, len(backup.manifest.tables))
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        place = sql.Identifier(table.schema_name, table.table)
        with connection.cursor() as cursor:
            with cursor.copy(sql.SQL("copy {} ({}) from stdin").format(place, columns)) as rows:
                for block in backup.blocks(table):
                    rows.write(block)
            if cursor.rowcount != table.rows:
                raise WrongBackup(f"Postgres stored {cursor.rowcount} of {table.rows} rows of {table.table}")
    on_progress("", len(backup.manifest.tables), len(backup.manifest.tables))


@contextmanager
def _staging(admin_url: str) -> Iterator[str]:
    """A temporary database on the same server, with empty schemas. It is dropped afterwards."""
    name = f"gapless_restore_{uuid.uuid4().hex[:12]}"
    url = on_database(admin_url, name)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("create database {} encoding 'UTF8' template template0").format(sql.Identifier(name)))
        try:
            with psycopg.connect(url, autocommit=True) as inside:
                for extension in ("pg_trgm", "unaccent"):
                    inside.execute(sql.SQL("create extension {}").format(sql.Identifier(extension)))
                for schema in SCHEMAS.values():
                    inside.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
            yield url
        finally:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def _knows(migrations: Path, revision: str) -> bool:
    try:
        return (
            bool(revision)
            and ScriptDirectory.from_config(alembic_config(migrations)).get_revision(revision) is not None
        )
    except CommandError:
        return False
