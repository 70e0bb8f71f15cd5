"""What one library needs: messages, rows, bytes and requests to outside systems, for docs/scale.md.

Three spans are counted: the first cycle of a new library, the same cycle again when nothing is new, and minutes in
which nothing happens. A day is one such cycle and 1,440 minutes.
"""

import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import httpx
import psycopg
from harness.trial import Trial, trial
from provisioning.roles import DATABASE, SCHEMAS
from sandbox.worldmaking.shipped import SANDBOX

from bench.figures import Figure
from bench.measurement import ShowProgress

SECTION = "one library"
WORLD = SANDBOX / "worlds" / "small.json"
IDLE_SECONDS = 180.0
ROWS = "select coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_stat_user_tables where schemaname = any(%s)"
SIZE = "select coalesce(sum(pg_total_relation_size(relid)), 0) from pg_stat_user_tables where schemaname = any(%s)"
WAL = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"
STATISTICS_SECONDS = 1.5
"""Postgres reports the figures of a session at most once a second, and at its next statement."""


@dataclass(frozen=True)
class Counts:
    """Everything that is counted, since the start of the installation."""

    values: Counter[str]

    def since(self, before: "Counts") -> dict[str, float]:
        """The difference to an earlier count, by what was counted."""
        return {name: float(value - before.values[name]) for name, value in self.values.items()}


def measure_scale(settings: dict[str, str], show_progress: ShowProgress) -> list[Figure]:
    """The figures of both cycles and of a minute without work, on the small world."""
    show_progress("starting six processes on the small world")
    with trial(WORLD, settings) as installed:
        figures = [Figure(SECTION, "books", float(len(installed.world.library)), "books")]
        before = count(installed)
        for name in ("first cycle", "next cycle"):
            show_progress(name)
            installed.cycle()
            after = count(installed)
            figures += [Figure(SECTION, f"{name}, {what}", value, "") for what, value in after.since(before).items()]
            before = after
        show_progress("nothing to do")
        time.sleep(IDLE_SECONDS)
        idle = count(installed).since(before)
        figures += [
            Figure(SECTION, f"idle, {what}", value * 60 / IDLE_SECONDS, "per min") for what, value in idle.items()
        ]
        return figures


def count(installed: Trial) -> Counts:
    """Count what NATS, Postgres and the stand-ins have seen so far."""
    found: Counter[str] = Counter()
    monitor = installed.processes.installation.nats.monitor_url
    server: dict[str, Any] = httpx.get(f"{monitor}/varz", timeout=10, trust_env=False).json()
    found["messages received by NATS"] = server["in_msgs"]
    found["bytes received by NATS"] = server["in_bytes"]
    accounts = httpx.get(f"{monitor}/jsz?streams=true", timeout=10, trust_env=False).json()["account_details"]
    for stream in (each for account in accounts for each in account["stream_detail"]):
        found[f"{stream['name'].lower()} sent"] = stream["state"]["last_seq"]
        found[f"bytes of {stream['name'].lower()} kept"] = stream["state"]["bytes"]
    time.sleep(STATISTICS_SECONDS)
    with psycopg.connect(installed.processes.installation.postgres.url(DATABASE)) as connection:
        schemas = [[*SCHEMAS.values()]]
        found["rows written"] = _number(connection, ROWS, schemas)
        found["bytes of tables"] = _number(connection, SIZE, schemas)
        found["bytes of the write-ahead log"] = _number(connection, WAL)
    for name, address in sorted(installed.processes.sandbox_addresses.items()):
        log = httpx.get(f"{address}/_sandbox/requests", timeout=30, trust_env=False)
        if log.status_code == httpx.codes.OK:
            found[f"requests to {name}"] = len(log.json())
    return Counts(found)


def _number(connection: psycopg.Connection[Any], statement: str, values: list[list[str]] | None = None) -> int:
    row = connection.execute(statement, values).fetchone()
    return int(row[0]) if row else 0
