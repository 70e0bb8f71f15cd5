"""Judges an installation after faults: nothing was lost, nothing was done twice, and MyAnonamouse saw one pace."""

import asyncio
import time
from collections import Counter
from typing import Any

import httpx
import nats
import psycopg
from gapless_client import every
from gapless_client.models import DownloadStatus
from provisioning.roles import DATABASE, SCHEMAS
from psycopg import sql
from shared.chassis.streams import STREAMS

from harness.trial import Trial

DUE = "select count(*) from {}.outbox where available_at <= now()"
"""A message may be stored for later, such as the next look at an import."""
HANDLED_WITHIN_SECONDS = 240.0
"""A message whose handler failed is delivered again up to two minutes later, and one that was fetched by a process that
was killed after the ack wait."""


def assert_nothing_twice(installed: Trial) -> None:
    """Check that each wanted book was imported once, and that each folder of the library is one item."""
    api = installed.processes.api
    downloads = [
        each for each in every(api.downloads.list, sort="created_at") if each.status is DownloadStatus.IMPORTED
    ]
    api.close()
    assert max(Counter(each.missing_book_id for each in downloads).values(), default=1) == 1
    settings = dict(
        line.split("=", 1) for line in installed.processes.settings_file.read_text().splitlines() if "=" in line
    )
    with httpx.Client(
        base_url=settings["ABS_URL"], headers={"Authorization": f"Bearer {settings['ABS_TOKEN']}"}, timeout=60
    ) as abs_:
        library = abs_.get("/api/libraries").json()["libraries"][0]["id"]
        items = abs_.get(f"/api/libraries/{library}/items", params={"limit": 500}).json()["results"]
    assert len({item["relPath"] for item in items}) == len(items)
    assert len(items) == len(installed.world.library) + len(downloads)


def assert_nothing_lost(installed: Trial) -> None:
    """Check that every message was handled: none waits in an outbox or in a stream, and none failed for good."""
    deadline = time.monotonic() + HANDLED_WITHIN_SECONDS
    while waiting := {**_waiting_in_tables(installed), **asyncio.run(_waiting_in_streams(installed))}:
        assert time.monotonic() < deadline, f"not handled within {HANDLED_WITHIN_SECONDS:g} s: {waiting}"
        time.sleep(0.5)
    assert _failed_for_good(installed) == []


def forget_pace_at_mam(installed: Trial) -> None:
    """Begin to measure the pace at MyAnonamouse."""
    httpx.delete(_traffic_url(installed), timeout=60).raise_for_status()


def assert_one_pace_at_mam(installed: Trial, pace_seconds: float) -> None:
    """Check that all replicas together sent one request at a time, at the pace of one account.

    A request may arrive later than it was sent, but then it cannot hurry those after it: so the whole is judged.
    """
    traffic: dict[str, Any] = httpx.get(_traffic_url(installed), timeout=60).raise_for_status().json()
    assert traffic["greatest_in_flight"] <= 1, traffic["greatest_in_flight"]
    seconds = sum(traffic["gaps_seconds"])
    assert traffic["requests"] <= 2 + seconds / pace_seconds, (traffic["requests"], seconds)


def _traffic_url(installed: Trial) -> str:
    return f"{installed.processes.sandbox_addresses['mam']}/_sandbox/traffic"


def _waiting_in_tables(installed: Trial) -> dict[str, int]:
    with psycopg.connect(installed.processes.installation.postgres.url(DATABASE)) as connection:
        counts = {schema: _count(connection, schema, DUE) for schema in SCHEMAS.values()}
    return {f"{schema}.outbox": count for schema, count in counts.items() if count}


def _failed_for_good(installed: Trial) -> list[str]:
    statement = "select subject || ': ' || error from {}.failed_messages where final"
    with psycopg.connect(installed.processes.installation.postgres.url(DATABASE)) as connection:
        return [
            row[0]
            for schema in SCHEMAS.values()
            for row in connection.execute(sql.SQL(statement).format(sql.Identifier(schema))).fetchall()
        ]


def _count(connection: psycopg.Connection[Any], schema: str, statement: str) -> int:
    row = connection.execute(sql.SQL(statement).format(sql.Identifier(schema))).fetchone()
    return int(row[0]) if row else 0


async def _waiting_in_streams(installed: Trial) -> dict[str, int]:
    connection = await nats.connect(
        installed.processes.installation.nats_url("setup").split(","), inbox_prefix=b"_INBOX_setup"
    )
    try:
        js = connection.jetstream()
        found = [each for stream in STREAMS for each in await js.consumers_info(str(stream.name))]
    finally:
        await connection.close()
    waiting = {each.name: (each.num_pending or 0) + (each.num_ack_pending or 0) for each in found}
    return {name: count for name, count in waiting.items() if count}
