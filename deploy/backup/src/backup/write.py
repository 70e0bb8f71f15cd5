"""Copies all schemas into one file, consistent even while the services are running."""

import os
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import psycopg
from provisioning.roles import SCHEMAS
from psycopg import sql

from backup.manifest import MANIFEST, SECRETS, Manifest, SequenceRecord, TableRecord, WrongBackup
from backup.sealing import seal

OnProgress = Callable[[str, int, int], None]
"""Called with the current table, the number of finished tables and their total."""

_TABLES = """
select n.nspname, c.relname,
       array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '')
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
where n.nspname = any(%s) and c.relkind = 'r' and c.relname <> 'alembic_version' and a.attnum > 0 and not a.attisdropped
group by 1, 2 order by 1, 2
"""
_SEQUENCES = "select schemaname, sequencename from pg_sequences where schemaname = any(%s) order by 1, 2"


def write_backup(
    admin_url: str,
    file: Path,
    on_progress: OnProgress,
    *,
    secrets: Mapping[str, str] | None = None,
    passphrase: str = "",
) -> Manifest:
    """Write a consistent copy of all schemas into a file that only its owner can read; an existing file is overwritten.

    The role in `admin_url` must be able to read all schemas. Raises `WrongBackup` if no service has ever run, and
    `psycopg.Error`.
    """
    with psycopg.connect(admin_url) as connection, _archive(file) as archive:
        return _write(connection, archive, on_progress, secrets, passphrase)


def stream_backup(url: str, output: BinaryIO) -> Manifest:
    """Write a consistent copy of all schemas, without secrets, to an output that cannot be rewound.

    The manifest is its last entry, so that a copy that ends too early is not a backup. The role in `url` must be able
    to read all schemas. Raises `WrongBackup` if no service has ever run, `psycopg.Error` and `OSError`.
    """
    with psycopg.connect(url) as connection, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        return _write(connection, archive, lambda *_: None, None, "")


def _write(
    connection: psycopg.Connection,
    archive: zipfile.ZipFile,
    on_progress: OnProgress,
    secrets: Mapping[str, str] | None,
    passphrase: str,
) -> Manifest:
    connection.execute("set transaction isolation level repeatable read, read only")
    manifest = Manifest(
        gapless=version("gapless-backup"),
        made_at=datetime.now(UTC),
        revisions=revisions(connection),
        tables=list(_copy_tables(connection, archive, on_progress)),
        sequences=list(_sequences(connection)),
        has_secrets=secrets is not None,
    )
    text = manifest.model_dump_json(indent=1).encode()
    if secrets is not None:
        archive.writestr(SECRETS, seal(secrets, passphrase, text))
    archive.writestr(MANIFEST, text)
    return manifest


def revisions(connection: psycopg.Connection) -> dict[str, str]:
    """The revision of each schema. A service that has never run has none.

    Raises `WrongBackup` if no schema has a revision.
    """
    found = {}
    for schema in SCHEMAS.values():
        try:
            with connection.transaction():
                query = sql.SQL("select version_num from {}.alembic_version").format(sql.Identifier(schema))
                row = connection.execute(query).fetchone()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            row = None
        if row is not None:
            found[schema] = str(row[0])
    if not found:
        raise WrongBackup("this database has no data of Gapless: start the services once")
    return found


def tables(connection: psycopg.Connection) -> dict[tuple[str, str], list[str]]:
    """The columns of every table of Gapless, without generated columns."""
    rows = connection.execute(_TABLES, [list(SCHEMAS.values())]).fetchall()
    return {(schema, table): columns for schema, table, columns in rows}


def _copy_tables(
    connection: psycopg.Connection, archive: zipfile.ZipFile, on_progress: OnProgress
) -> Iterator[TableRecord]:
    found = tables(connection)
    for done, ((schema, table), columns) in enumerate(found.items()):
        on_progress(f"{schema}.{table}", done, len(found))
        record = TableRecord(schema_name=schema, table=table, columns=columns, rows=0, size_bytes=0, sha256="")
        statement = sql.SQL("copy {}.{} ({}) to stdout").format(
            sql.Identifier(schema), sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        digest = sha256()
        with connection.cursor() as cursor, archive.open(record.entry, "w", force_zip64=True) as entry:
            with cursor.copy(statement) as rows:
                for block in rows:
                    digest.update(block)
                    record.size_bytes += entry.write(block)
            record.rows = cursor.rowcount
        record.sha256 = digest.hexdigest()
        yield record
    on_progress("", len(found), len(found))


def _sequences(connection: psycopg.Connection) -> Iterator[SequenceRecord]:
    for schema, name in connection.execute(_SEQUENCES, [list(SCHEMAS.values())]).fetchall():
        query = sql.SQL("select last_value, is_called from {}.{}").format(sql.Identifier(schema), sql.Identifier(name))
        for last_value, is_called in connection.execute(query):
            yield SequenceRecord(schema_name=schema, name=name, last_value=last_value, is_called=is_called)


@contextmanager
def _archive(file: Path) -> Iterator[zipfile.ZipFile]:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        os.fchmod(descriptor, 0o600)
        with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as archive:
            yield archive
        opened.flush()
        os.fsync(descriptor)
