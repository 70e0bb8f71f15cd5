"""Databases for tests: copies of a template. A copy is emptied and used again, unless a test changed more than rows.

A test that connects and inserts a row takes 52 ms of processor time with a new copy, and 19 with an emptied one.
"""

import time
import uuid
from dataclasses import dataclass, field
from typing import cast

import psycopg
from provisioning.roles import grant_connect, on_database
from psycopg import sql

IDLE = 6
"""How many databases without a test are kept. Each has a connection."""
DISCONNECT_SECONDS = 60
PAGES = 10
"""Postgres plans for a table of fewer pages as for one that was just created, although deleted rows fill it."""

_OTHERS = """
select row(datacl, datconnlimit, datallowconn,
           array(select row(setrole, setconfig) from pg_db_role_setting where setdatabase = d.oid))::text,
       array(select pid from pg_stat_activity where datid = d.oid and pid <> %s)
from pg_database d where datname = %s
"""
_WRITTEN = """
select oid::regclass::text, relnamespace = 'pg_catalog'::regnamespace or relpersistence <> 'p' or reltuples >= 0
       or pg_relation_size(oid) >= %s * current_setting('block_size')::integer
from pg_class
where relkind in ('r', 'p', 'm') and not relisshared
      and pg_stat_get_tuples_inserted(oid) + pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid) > 0
"""
"""The tables that were written since the counters were reset, and whether deleting their rows is not enough.

The catalogs are written by each change of the schema. A table that was analyzed has a number of rows.
"""
_SEQUENCES = "select seqrelid::regclass::text, pg_sequence_last_value(seqrelid), seqstart from pg_sequence"
_TABLES = """
select oid::regclass::text from pg_class
where relkind = 'r' and relnamespace <> all(array['pg_catalog', 'information_schema']::regnamespace[])
"""


@dataclass(frozen=True)
class Template:
    """A database to copy, with its contents: the rows of its tables that have any, and the values of its sequences."""

    name: str
    rows: dict[str, bytes]
    sequences: dict[str, int | None]


@dataclass
class Copy:
    """A copy of a template."""

    name: str
    template: Template
    described: str = ""
    """Who may connect, and the settings of the database, when it was made."""
    inside: psycopg.Connection | None = field(default=None, repr=False)


class Copies:
    """The copies of all templates of a server."""

    def __init__(self, admin_url: str, admin: psycopg.Connection) -> None:
        """`admin` is a connection of the superuser with autocommit."""
        self._admin_url, self._admin = admin_url, admin
        self._idle: list[Copy] = []

    def template(self, name: str) -> Template:
        """The database of this name as a template. From now on it must not change."""
        with self._connected(name) as inside:
            rows = {table: rows for (table,) in inside.execute(_TABLES).fetchall() if (rows := _rows(inside, table))}
            return Template(name, rows, {name: last for name, last, _ in inside.execute(_SEQUENCES)})

    def take(self, template: Template) -> Copy:
        """A database that equals the template: an emptied one, or a new one."""
        for copy in reversed(self._idle):
            if copy.template is template:
                self._idle.remove(copy)
                return copy
        copy = Copy(f"test_{uuid.uuid4().hex[:12]}", template)
        # Copying the files takes half the processor time of writing them to the log first.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._admin.execute(create.format(sql.Identifier(copy.name), sql.Identifier(template.name)))
        grant_connect(self._admin, copy.name)
        copy.described, _ = self._state(copy) or ("", [])
        return copy

    def give_back(self, copy: Copy, *, again: bool = True) -> None:
        """End all connections to a database, and empty it for the next test, or drop it."""
        try:
            usable = again and self._emptied(copy)
        except psycopg.Error:
            usable = False
        if not usable:
            self._drop(copy)
            return
        self._idle.append(copy)
        while len(self._idle) > IDLE:
            self._drop(self._idle.pop(0))

    def close(self) -> None:
        """Drop the databases that no test uses."""
        for copy in self._idle:
            self._drop(copy)

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(on_database(self._admin_url, name), autocommit=True)

    def _state(self, copy: Copy) -> tuple[str, list[int]] | None:
        """The description of a database, and the processes of its other connections. None if there is none."""
        own = copy.inside.info.backend_pid if copy.inside else 0
        return cast("tuple[str, list[int]] | None", self._admin.execute(_OTHERS, [own, copy.name]).fetchone())

    def _emptied(self, copy: Copy) -> bool:
        """Whether a database equals its template again."""
        # A process adds what it wrote to the counters before it ends.
        latest = time.monotonic() + DISCONNECT_SECONDS
        while state := self._state(copy):
            described, others = state
            if not others or time.monotonic() > latest:
                break
            self._admin.execute("select pg_terminate_backend(pid) from unnest(%s::integer[]) pid", [others])
            time.sleep(0.001)
        if not state or others or described != copy.described:
            return False
        if copy.inside is None:
            copy.inside = self._connected(copy.name)
            copy.inside.execute("set session_replication_role = replica")  # no triggers, and so no foreign keys
        return self._as_copied(copy.inside, copy.template)

    def _as_copied(self, inside: psycopg.Connection, template: Template) -> bool:
        written = inside.execute(_WRITTEN, [PAGES]).fetchall()
        if any(more_than_rows for _, more_than_rows in written):
            return False
        for table, _ in written:
            inside.execute(f"delete from {table}".encode())
            if table in template.rows:
                with inside.cursor().copy(f"copy {table} from stdin".encode()) as copy:
                    copy.write(template.rows[table])
        for name, last, start in inside.execute(_SEQUENCES).fetchall():
            before = template.sequences[name]
            if last != before:
                inside.execute("select setval(%s, %s, %s)", [name, before or start, before is not None])
        if written:
            inside.execute("select pg_stat_force_next_flush()")
            inside.execute("select pg_stat_reset()")
        return True

    def _drop(self, copy: Copy) -> None:
        if copy.inside is not None:
            copy.inside.close()
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(copy.name)))


def _rows(inside: psycopg.Connection, table: str) -> bytes:
    with inside.cursor().copy(f"copy {table} to stdout".encode()) as copy:
        return b"".join(copy)
