"""`python -m harness.release` stores the version of this checkout as a release that later versions are tested against.

It runs one cycle on a small world, adds rows to the tables that are still empty, and dumps every schema as plain SQL.
"""

import json
import re
import subprocess
import time
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.output import console
from demo.demo import DEMO_SETTINGS
from embedded.folder import passing_folder
from embedded.process import LOOPBACK
from embedded.programs import postgres_programs
from generation.generated_files import OPENAPI
from generation.releases import RELEASES, Release, current_messages
from provisioning.roles import DATABASE, SCHEMAS
from psycopg import sql
from psycopg.rows import dict_row
from sandbox.five_books import oz

from harness.processes import Processes

SECRET_KEY = "only-for-the-tests-of-upgrades-0123456789"
PLACE = "/srv/gapless"
"""What replaces the folder of the installation in the dump."""
FAR = "2099-01-01T00:00:00Z"
_NOT_DUMPED = re.compile(r"^(--.*|\\(un)?restrict .*|CREATE SCHEMA .*;)?\n", re.MULTILINE)
_MADE_WITH_THE_SCHEMA = re.compile(r"CREATE FUNCTION \w+\.\w*lock_for_\w+\(.*?\$\$;\n", re.DOTALL)
"""The functions of the locks, which the installation creates with the schema, and which name its number."""
_COLUMNS = """
select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull and not a.atthasdef and a.attidentity = '' as required
from pg_attribute a where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
"""
_CHECKS = "select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and contype = 'c'"
_KEYS = """
select a.attname as name, confrelid::regclass::text as target, b.attname as target_column
from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
where c.conrelid = %s::regclass and c.contype = 'f'
"""
_VALUES = {
    "uuid": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10", "text": "text", "jsonb": "{}", "bytea": b"bytes",
    "timestamp with time zone": "2026-03-01T12:00:00Z", "date": "2026-03-01", "boolean": True, "text[]": ["text"],
    "uuid[]": [], "tsvector": "text", "double precision": 1.0, "integer": 1, "bigint": 1, "smallint": 1,
}  # fmt: skip
_CHOSEN: dict[tuple[str, str], object] = {
    ("outbox", "subject"): "evt.runs.run_alive", ("outbox", "available_at"): FAR,
    ("outbox", "payload"): '{"run_id": "5f0c5f6e-3b1a-4c39-9a4e-3f2f5f7c2a10"}',
    ("import_list_entries", "state"): "doubtful", ("import_list_entries", "authors"): "[]",
    ("import_list_entries", "reasons"): "[]", ("import_list_entries", "candidates"): "[]",
    ("put_off_books", "again_at"): FAR, ("put_off_books", "providers"): "[]",
    ("run_ledgers", "finished_at"): "2026-03-01T12:00:00Z",
    ("crawls", "state"): "completed", ("crawls", "ended_at"): "2026-03-01T12:00:00Z",
    ("notification_messages", "status"): "sent", ("notifications", "due_at"): FAR,
    ("spending", "state"): "done", ("seeding_duties", "seeding"): True,
    ("browser_sessions", "last_used_at"): FAR, ("idempotent_answers", "status"): 200,
}  # fmt: skip
"""Values that a service can read, and with which it has nothing to do for a row, by table and column."""


def main() -> None:
    """Store the contracts and the dumps of this version."""
    release = Release(RELEASES / version("gapless-gateway"))
    release.store(current_messages(), json.loads(OPENAPI.read_text(encoding="utf-8")))
    release.dumps.mkdir(exist_ok=True)
    with passing_folder() as folder, TemporaryDirectory() as other:
        (folder / "secrets.json").write_text(json.dumps({"secret_key": SECRET_KEY}))
        world = Path(other) / "oz.json"
        world.write_text(oz().model_dump_json())
        settings = {**DEMO_SETTINGS, "SERIES_AUTO_DOWNLOAD": "true"}
        with Processes(folder, settings, world=world) as processes:
            use(processes)
            for part in [name for name in processes.names() if name not in ("nats", "postgres")]:
                processes.kill(part)
            url = processes.installation.postgres.url(DATABASE)
            fill_empty_tables(url)
            for schema in SCHEMAS.values():
                text = dump(url, schema, folder).replace(str(folder), PLACE).replace(other, PLACE)
                release.dump(schema).write_text(text, encoding="utf-8")


def use(processes: Processes) -> None:
    """Run a cycle, and store some things that only a person makes."""
    api = processes.api
    try:
        run_cycle(api, Options(metadata_task="metadata_full_refresh", wait_minutes=5), console())
    finally:
        api.close()
    key = {"X-Api-Key": processes.installation.api_key}
    with httpx.Client(base_url=f"http://{LOOPBACK}:{processes.port}", headers=key, timeout=60) as client:
        for path, body in (
            ("/api/quality-profiles", {"name": "Patient", "delay_hours": 24}),
            ("/api/import-lists", {"name": "To read", "kind": "plain_list"}),
            ("/api/system/keys", {"name": "Reader", "scopes": ["read"]}),
        ):
            client.post(path, json=body).raise_for_status()
        time.sleep(5)  # the last messages of the cycle are handled


def fill_empty_tables(url: str) -> None:
    """Add one row to every table without rows. Raises `psycopg.Error` if that is impossible for one of them."""
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        tables = connection.execute(
            "select schemaname, tablename from pg_tables where schemaname = any(%s) order by 1, 2",
            [[*SCHEMAS.values()]],
        ).fetchall()
        empty = [(each["schemaname"], each["tablename"]) for each in tables]
        empty = [each for each in empty if connection.execute(_any_row(each)).fetchone() is None]
        while empty:
            table = empty.pop(0)
            try:
                _add_row(connection, table)
            except psycopg.errors.ForeignKeyViolation:
                if all(waiting[0] != table[0] for waiting in empty):
                    raise
                empty.append(table)


def _any_row(table: tuple[str, str]) -> sql.Composed:
    return sql.SQL("select 1 from {} limit 1").format(sql.Identifier(*table))


def _add_row(connection: psycopg.Connection[dict[str, object]], table: tuple[str, str]) -> None:
    name = ".".join(table)
    checks = " ".join(str(each["pg_get_constraintdef"]) for each in connection.execute(_CHECKS, [name]).fetchall())
    row: dict[str, object] = {}
    for column in connection.execute(_COLUMNS, [name]).fetchall():
        column_name, kind = str(column["name"]), str(column["type"])
        chosen = (table[1], column_name)
        if column["required"] or chosen in _CHOSEN:
            allowed = re.search(rf"\(?{column_name}\b[^']*?'([^']*)'", checks)
            row[column_name] = _CHOSEN.get(chosen, allowed[1] if allowed and kind == "text" else _VALUES[kind])
    for key in connection.execute(_KEYS, [name]).fetchall():
        if key["name"] in row:
            query = sql.SQL("select {} as value from {} limit 1").format(
                sql.Identifier(str(key["target_column"])), sql.Identifier(*str(key["target"]).split("."))
            )
            found = connection.execute(query).fetchone()
            row[str(key["name"])] = found["value"] if found else row[str(key["name"])]
    if not row:
        connection.execute(sql.SQL("insert into {} default values").format(sql.Identifier(*table)))
        return
    insert = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(*table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(map(sql.Placeholder, row)),
    )
    connection.execute(insert, row)


def dump(url: str, schema: str, folder: Path) -> str:
    """One schema as SQL that its owner can run in an empty schema of that name."""
    program = postgres_programs(folder, None) / "pg_dump"
    options = ["--schema", schema, "--no-owner", "--no-privileges", "--column-inserts", "--rows-per-insert=50"]
    text = subprocess.run([program, *options, url], capture_output=True, text=True, check=True, timeout=300).stdout
    return _MADE_WITH_THE_SCHEMA.sub("", _NOT_DUMPED.sub("", text))


if __name__ == "__main__":
    main()
