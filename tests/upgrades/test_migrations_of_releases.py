"""The database of every release is migrated with its data, by steps that a service of the release can work with."""

from dataclasses import dataclass, field

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from generation.releases import Release, releases
from harness.plugin import FreshDatabase, schema_differences
from provisioning.services import PARTS, Part
from psycopg import sql
from shared.chassis.migrations import alembic_config

from .conftest import Restore

EACH = pytest.mark.parametrize("release", releases(), ids=lambda release: release.version)
TRANSIENT = {"alembic_version"}
_COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       a.atthasdef or a.attidentity <> '' or a.attgenerated <> ''
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where n.nspname = %s and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
"""
_CONSTRAINTS = """
select c.relname, k.conname, pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace where n.nspname = %s and k.contype in ('c', 'f', 'u', 'p')
"""


@dataclass(frozen=True)
class Column:
    """What an old service relies on in a column."""

    type: str
    required: bool
    filled: bool
    """Whether Postgres fills it when an insert leaves it out."""


@dataclass
class Catalog:
    """The columns and constraints of a schema, by table and name."""

    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    constraints: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def tables(self) -> set[str]:
        """The names of the tables."""
        return {table for table, _ in self.columns}


def catalog(url: str, schema: str) -> Catalog:
    with psycopg.connect(url) as connection:
        columns = {
            (table, name): Column(kind, required, filled)
            for table, name, kind, required, filled in connection.execute(_COLUMNS, [schema]).fetchall()
        }
        constraints = {(table, name): text for table, name, text in connection.execute(_CONSTRAINTS, [schema])}
    return Catalog(columns, constraints)


def breaks_old_services(before: Catalog, after: Catalog) -> list[str]:
    """What a service that was written for `before` cannot do with `after`, one line for each place."""
    found = [f"the table {table} is gone" for table in sorted(before.tables - after.tables)]
    kept = [(key, column) for key, column in before.columns.items() if key[0] in after.tables]
    for (table, name), column in kept:
        now = after.columns.get((table, name))
        if now is None:
            found.append(f"{table}.{name} is gone or renamed")
        elif now.type != column.type:
            found.append(f"{table}.{name} was {column.type} and is {now.type}")
        elif now.required and not column.required:
            found.append(f"{table}.{name} may not be null any more")
    for (table, name), column in after.columns.items():
        if table in before.tables and (table, name) not in before.columns and column.required and not column.filled:
            found.append(f"{table}.{name} is new, may not be null and has no default")
    for (table, name), text in after.constraints.items():
        if (
            table in before.tables
            and before.constraints.get((table, name)) != text
            and not _allows_more(before.constraints.get((table, name)), text)
        ):
            found.append(f"{table} has the new constraint {name}: {text}")
    return found


def _allows_more(before: str | None, after: str) -> bool:
    """Whether a constraint lists all values that it listed before, and only adds some."""
    return before is not None and set(before.split("'")[1::2]) <= set(after.split("'")[1::2])


ADVICE = """
Services of the last release run while a migration is applied, and after it. Expand first: add a table, or a column that
may be null or has a default, and write both the old and the new one. Contract in a later release, when no service that
needs the old one runs any more. CONTRIBUTING.md, "Versions side by side", explains it."""


@EACH
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_migration_leaves_what_services_of_the_release_use(part: Part, release: Release, restored: Restore) -> None:
    url, schema = restored(release).url(part.role), part.spec.tables.schema
    config, scripts = (
        alembic_config(part.spec.migrations, url),
        ScriptDirectory.from_config(alembic_config(part.spec.migrations)),
    )
    with psycopg.connect(url) as connection:
        row = connection.execute(
            sql.SQL("select version_num from {}").format(sql.Identifier(schema, "alembic_version"))
        ).fetchone()
    assert row is not None
    found, before = [], catalog(url, schema)
    steps = [each.revision for each in scripts.iterate_revisions("head", row[0])][::-1]
    for revision in steps:
        command.upgrade(config, revision)
        after = catalog(url, schema)
        found += [f"{part.name} {revision}: {line}" for line in breaks_old_services(before, after)]
        before = after
    assert found == [], "\n".join([*found, ADVICE])
    assert schema_differences(part.spec, url) == []


@EACH
def test_the_data_of_a_release_is_still_there(release: Release, restored: Restore) -> None:
    database = restored(release)
    before = rows(database)
    assert [name for name, count in before.items() if count == 0] == []
    for part in PARTS:
        command.upgrade(alembic_config(part.spec.migrations, database.url(part.role)), "head")
    after = rows(database)
    assert {name: after.get(name) for name in before} == before


def rows(database: FreshDatabase) -> dict[str, int]:
    """The number of rows of each table."""
    counts = {}
    with psycopg.connect(database.admin_url) as admin:
        for part in PARTS:
            schema = part.spec.tables.schema
            names = admin.execute("select tablename from pg_tables where schemaname = %s", [schema]).fetchall()
            for (name,) in names:
                count = admin.execute(
                    sql.SQL("select count(*) from {}").format(sql.Identifier(schema, name))
                ).fetchone()
                counts[f"{schema}.{name}"] = count[0] if count else 0
    return counts


BEFORE = Catalog(
    {("books", "id"): Column("uuid", True, False), ("books", "title"): Column("text", False, False)},
    {("books", "ck_kind"): "CHECK (kind = ANY (ARRAY['a'::text, 'b'::text]))"},
)


@pytest.mark.parametrize(
    ("columns", "constraints", "line"),
    [
        ({}, {}, "the table books is gone"),
        ({("books", "id"): Column("uuid", True, False)}, {}, "books.title is gone or renamed"),
        (
            {**BEFORE.columns, ("books", "title"): Column("integer", False, False)},
            {},
            "books.title was text and is integer",
        ),
        (
            {**BEFORE.columns, ("books", "title"): Column("text", True, False)},
            {},
            "books.title may not be null any more",
        ),
        (
            {**BEFORE.columns, ("books", "isbn"): Column("text", True, False)},
            {},
            "books.isbn is new, may not be null and has no default",
        ),
        (BEFORE.columns, {("books", "u"): "UNIQUE (title)"}, "books has the new constraint u: UNIQUE (title)"),
        (
            BEFORE.columns,
            {("books", "ck_kind"): "CHECK (kind = 'a'::text)"},
            "books has the new constraint ck_kind: CHECK (kind = 'a'::text)",
        ),
    ],
)
def test_a_step_that_breaks_an_old_service_is_found(
    columns: dict[tuple[str, str], Column], constraints: dict[tuple[str, str], str], line: str
) -> None:
    assert breaks_old_services(BEFORE, Catalog(columns, constraints)) == [line]


def test_tables_columns_with_defaults_and_more_values_may_be_added() -> None:
    columns = {
        **BEFORE.columns,
        ("books", "isbn"): Column("text", False, False),
        ("books", "pages"): Column("integer", True, True),
        ("shelves", "id"): Column("uuid", True, False),
    }
    constraints = {
        ("books", "ck_kind"): "CHECK (kind = ANY (ARRAY['a'::text, 'b'::text, 'c'::text]))",
        ("shelves", "pk"): "PRIMARY KEY (id)",
    }
    assert breaks_old_services(BEFORE, Catalog(columns, constraints)) == []
