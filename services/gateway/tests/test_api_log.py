"""Every call is logged in the background, without secrets, and old rows are deleted."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from gateway.middleware.api_log import MAX_WAITING, ApiLog
from gateway.postgres.retention import Retention
from prometheus_client import CollectorRegistry
from shared.chassis.database import Database, Transaction
from shared.contracts.system import CleanUp, TellStatistics
from shared.testing.waiting import until
from sqlalchemy.exc import OperationalError

from .conftest import Gateway

SECRET = "abcdef0123456789abcdef"


def call(**changes: Any) -> dict[str, Any]:
    plain = {
        "at": datetime.now(UTC), "endpoint": "/api/books", "method": "GET", "key_id": None, "address": "203.0.113.7",
        "status": 200, "milliseconds": 3, "request_id": "toto-0001",
    }  # fmt: skip
    return plain | changes


@pytest.fixture
def rows(database_url: str) -> Callable[[], list[tuple[Any, ...]]]:
    def read() -> list[tuple[Any, ...]]:
        with psycopg.connect(database_url) as connection:
            return connection.execute("select * from gateway.api_logs order by id").fetchall()

    return read


@pytest.fixture
def log(database: Database) -> ApiLog:
    return ApiLog(database.transactions(Transaction), CollectorRegistry())


async def test_calls_are_logged_by_the_template_of_their_route(gateway: Gateway, rows: Callable[[], list[Any]]) -> None:
    book_id = uuid4()
    await gateway.call("GET", f"/api/books/{book_id}?token={SECRET}", headers={"Cookie": f"mam_id={SECRET}"})
    await gateway.call("GET", f"/{SECRET}", key=SECRET)
    await until(lambda: len(rows()) >= 2)
    known, unknown = rows()[:2]
    assert known[2:4] == ("/api/books/{book_id}", "GET")
    assert known[4] is not None
    assert known[6] == 503
    assert (unknown[2], unknown[4], unknown[6]) == ("none", None, 404)
    for hidden in (SECRET, str(book_id), "the-key-that-may-do-all"):
        assert hidden not in repr(rows())


async def test_a_call_answered_before_routing_is_logged_by_its_path(
    gateway: Gateway, rows: Callable[[], list[Any]]
) -> None:
    new, once = {"name": "dashboard", "scopes": ["read"]}, {"Idempotency-Key": "once"}
    for _ in range(2):
        await gateway.call("POST", "/api/system/keys", json=new, headers=once)
    await gateway.call("PUT", "/api/books/search")
    await gateway.call("DELETE", f"/api/books/{uuid4()}/timeline")
    await until(lambda: len(rows()) >= 4)
    first, again, *not_allowed = rows()
    assert (first[2], first[6]) == (again[2], again[6]) == ("/api/system/keys", 201)
    assert [(row[2], row[6]) for row in not_allowed] == [
        ("/api/books/search", 405),
        ("/api/books/{book_id}/timeline", 405),
    ]


async def test_a_full_queue_drops_and_counts_and_never_blocks(log: ApiLog) -> None:
    for _ in range(MAX_WAITING + 5):
        log.add(call())
    [dropped] = log.dropped.collect()
    assert dropped.samples[0].value == 5


async def test_rows_that_could_not_be_written_are_written_later(
    database: Database, rows: Callable[[], list[Any]]
) -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none", database.tables)
    databases = [away, database]
    log = ApiLog(lambda: databases[0].transactions(Transaction)(), CollectorRegistry())  # noqa: PLW0108 - the list changes
    log.add(call())
    with pytest.raises(OperationalError):
        await log.write_now()
    await away.aclose()
    databases.remove(away)
    await log.write_now()
    await log.write_now()
    assert len(rows()) == 1


async def test_old_calls_are_cleaned_up(database: Database, log: ApiLog, rows: Callable[[], list[Any]]) -> None:
    log.add(call(at=datetime.now(UTC) - timedelta(days=31)))
    log.add(call(at=datetime.now(UTC) - timedelta(days=29)))
    await log.write_now()
    retention = Retention(database.transactions(Transaction), 30, 30)
    for dry_run, left in ((True, 2), (False, 1)):
        cleaned = await retention.clean_up(CleanUp(dry_run=dry_run))
        assert {table: rows for table, rows in cleaned.deleted.items() if rows} == {"api_logs": 1}
        assert len(rows()) == left
    assert (await retention.clean_up(CleanUp())).deleted["api_logs"] == 0


async def test_records_of_old_events_are_cleaned_up_too(database: Database, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "insert into gateway.inbox (consumer, message_id, handled_at)"
            " values ('hears', 'old', now() - interval '31 days'), ('hears', 'new', now())"
        )
    await Retention(database.transactions(Transaction), 30, 30).clean_up(CleanUp())
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select message_id from gateway.inbox").fetchall() == [("new",)]


async def test_the_statistics_count_calls_by_status(database: Database, log: ApiLog) -> None:
    for status, milliseconds in ((200, 1), (204, 3), (503, 5)):
        log.add(call(status=status, milliseconds=milliseconds))
    await log.write_now()
    statistics = await Retention(database.transactions(Transaction), 30, 30).tell_statistics(TellStatistics())
    assert statistics.figures["answers_last_24_hours"] == {"200": 1, "204": 1, "503": 1}
    assert (statistics.figures["calls_last_24_hours"], statistics.figures["median_milliseconds"]) == (3, 3.0)


async def test_an_installation_without_calls_has_statistics(database: Database) -> None:
    statistics = await Retention(database.transactions(Transaction), 30, 30).tell_statistics(TellStatistics())
    assert statistics.figures["calls_last_24_hours"] == 0
