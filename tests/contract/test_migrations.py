"""The migrations of every service produce its table definitions, under its own role, and can run again."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from harness.plugin import FreshDatabase, schema_differences
from provisioning.services import PARTS, Part
from psycopg import sql
from psycopg.rows import dict_row
from shared.chassis.database import async_url
from shared.chassis.migrations import alembic_config, upgrade
from shared.chassis.rate_limit_state import Account, Count, Health, Line, account_of, line_of
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


def test_the_state_of_the_providers_is_kept_when_they_get_the_shared_rate_limiter(
    fresh_database: Callable[..., FreshDatabase],
) -> None:
    part, url = at_revision("metadata", "0005", fresh_database)
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into metadata.providers (name, fingerprint, next_request_at, health, detail, failures_in_a_row,"
            " last_answer_at, blocked_until, minute_began_at, asked_in_minute, day_began_at, asked_in_day)"
            " values ('hardcover', 'print', %s, 'refused', '401', 2, %s, %s, %s, 7, %s, 4000)",
            [minute(2), minute(0), minute(15), minute(1), minute(-60)],
        )
    upgrade(part.spec.migrations, url)
    assert rate_limits(url, "metadata") == (
        [Account("hardcover", "print", "refused", "401", 2, minute(0), minute(15))],
        [Line("requests", minute(2), Count(minute(1), 7), Count(minute(-60), 4000))],
    )


@pytest.mark.parametrize(
    ("closed_why", "failures", "health", "detail"),
    [
        ("away: no answer", 4, "away", "no answer"),
        ("too many requests", 0, "throttled", "too many requests"),
        (None, 1, "away", ""),
        (None, 0, "ok", ""),
    ],
)
def test_the_state_of_the_tracker_is_kept_when_it_gets_the_shared_rate_limiter(
    closed_why: str | None, failures: int, health: Health, detail: str, fresh_database: Callable[..., FreshDatabase]
) -> None:
    part, url = at_revision("mam-search", "0003", fresh_database)
    closed_until = minute(15) if closed_why else None
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into mam.sessions (account, seed_fingerprint, session, next_request_at, closed_until, closed_why,"
            " failures_in_a_row) values ('default', 'print', 'sealed', %s, %s, %s, %s)",
            [minute(2), closed_until, closed_why, failures],
        )
    upgrade(part.spec.migrations, url)
    assert rate_limits(url, "mam") == (
        [Account("myanonamouse", "print", health, detail, failures, None, closed_until)],
        [Line("requests", minute(2))],
    )
    with psycopg.connect(url) as connection:
        assert connection.execute("select session from mam.sessions").fetchall() == [(b"sealed",)]


def test_a_refusal_of_the_tracker_is_kept_when_it_becomes_a_state_of_the_session(
    fresh_database: Callable[..., FreshDatabase],
) -> None:
    part, url = at_revision("mam-search", "0003", fresh_database)
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into mam.sessions (account, seed_fingerprint, session, next_request_at, closed_until, closed_why,"
            " failures_in_a_row) values ('default', 'print', 'sealed', %s, %s, 'refused: 403', 3)",
            [minute(2), minute(15)],
        )
    upgrade(part.spec.migrations, url)
    ((account,), _lines) = rate_limits(url, "mam")
    assert (account.health, account.paused_until) == ("unknown", None)
    with psycopg.connect(url) as connection:
        (stored,) = connection.execute(
            "select kind, state, detail, refusals, closed_until from mam.sessions"
        ).fetchall()
    assert stored == ("api", "refused", "403", 3, minute(15))


def test_pages_that_could_not_be_read_are_kept_in_one_table(fresh_database: Callable[..., FreshDatabase]) -> None:
    part, url = at_revision("mam-search", "0011", fresh_database)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.executemany(
            "insert into mam.unreadable_pages (address, selector, html, read_at) values (%s, %s, '<p>', %s)",
            [("/guides/", ".a", minute(1)), ("/guides/?gid=2", ".a", minute(2)), ("/f/b/21/p/1", ".b", minute(1))],
        )
        cursor.executemany(
            "insert into mam.changed_pages (path, selector, html, read_at) values (%s, %s, '<p>', %s)",
            [("/t/1", ".title", minute(1)), ("/t/2", ".b", minute(3))],
        )
    upgrade(part.spec.migrations, url)
    with psycopg.connect(url) as connection:
        kept = connection.execute("select selector, path, read_at from mam.unreadable_pages order by selector")
        assert kept.fetchall() == [
            (".a", "/guides/?gid=2", minute(2)), (".b", "/t/2", minute(3)), (".title", "/t/1", minute(1)),
        ]  # fmt: skip


def at_revision(service: str, revision: str, fresh_database: Callable[..., FreshDatabase]) -> tuple[Part, str]:
    """A service, and the address of its database with the schema of an older revision."""
    part = next(each for each in PARTS if each.name == service)
    url = fresh_database().url(part.role)
    command.upgrade(alembic_config(part.spec.migrations, url), revision)
    return part, url


def minute(number: int) -> datetime:
    return datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(minutes=number)


def rate_limits(url: str, schema: str) -> tuple[list[Account], list[Line]]:
    """The stored state of the rate limiters."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        accounts, lines = (
            connection.execute(sql.SQL("select * from {}").format(sql.Identifier(schema, table))).fetchall()
            for table in ("rate_limited_accounts", "rate_limited_lines")
        )
    assert [each["account"] for each in lines] == [each["name"] for each in accounts]
    return [account_of(each) for each in accounts], [line_of(each) for each in lines]


@parts
def test_the_newest_revision_is_the_last_one_of_the_chain(part: Part) -> None:
    script = ScriptDirectory.from_config(alembic_config(part.spec.migrations))
    assert newest_revision(part.spec.migrations) == script.get_current_head()
