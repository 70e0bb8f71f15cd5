"""Gauges that `/metrics` reads from Postgres when it is scraped."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Executable, func, literal, select
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.database import Database, Transaction
from shared.chassis.logging import logger
from shared.chassis.tables import ChassisTables

KEPT_SECONDS = 10.0
"""Gauges that were read less long ago are shown again, so that a second scraper costs nothing."""
WHOLE_TABLE_SECONDS = 300.0
"""The same for gauges whose query reads a whole table that may be large: what they show changes slowly."""
READ_SECONDS = 5.0
"""Prometheus gives up after ten seconds by default."""


Row = Sequence[object]
"""The values of the labels of a gauge in their order, and then the figure; None: it has no value now."""


@dataclass(frozen=True)
class Gauge:
    """A figure that is read at a scrape: the rows of a query, or those that a function returns.

    What was read less than `kept_seconds` ago is shown again. Gauges with the same query object share one execution:
    its first columns are their labels, and `figure` names the column of each.
    """

    name: str
    words: str
    rows: Executable | Callable[[], Awaitable[Sequence[Row]]]
    labels: tuple[str, ...] = ()
    kept_seconds: float = KEPT_SECONDS
    figure: str | None = None
    """The column of the query that has the figure; by default the last one."""


class StoredGauges:
    """The gauges of one service. All are read with one connection."""

    def __init__(
        self, database: Database, gauges: Sequence[Gauge], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._transaction = database.read_only(Transaction)
        self._gauges = (*gauges_of_chassis(database.tables), *gauges)
        self._lock = asyncio.Lock()
        self._monotonic = monotonic
        self._metrics: dict[str, Metric] = {}
        self._read_at: dict[str, float] = {}
        self._failed_at: float | None = None

    async def metrics(self) -> list[Metric]:
        """The gauges, none older than it may be. Without Postgres there is only `gapless_gauges_readable 0`."""
        async with self._lock:
            now = self._monotonic()
            if self._failed_at is None or now - self._failed_at >= KEPT_SECONDS:
                await self._read([each for each in self._gauges if self._is_due(each, now)], now)
            readable = "1 if the gauges that are read at a scrape could be read, else 0"
            is_readable = GaugeMetricFamily("gapless_gauges_readable", readable, value=int(self._failed_at is None))
            return [*self._metrics.values(), is_readable]

    def _is_due(self, gauge: Gauge, now: float) -> bool:
        read_at = self._read_at.get(gauge.name)
        return read_at is None or now - read_at >= gauge.kept_seconds

    async def _read(self, due: Sequence[Gauge], now: float) -> None:
        """Read these gauges. If one cannot be read, none is shown, because others would be too old."""
        try:
            async with asyncio.timeout(READ_SECONDS), self._transaction() as tx:
                found: dict[int, Sequence[Row]] = {}
                for gauge in due:
                    rows = gauge.rows
                    if id(rows) in found:
                        pass
                    elif isinstance(rows, Executable):
                        found[id(rows)] = (await tx.session.execute(rows)).all()
                    else:
                        found[id(rows)] = await rows()
                    self._metrics[gauge.name] = _metric(gauge, found[id(rows)])
                    self._read_at[gauge.name] = now
            self._failed_at = None
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            logger().warning("gauges_unreadable", because=type(error).__name__)
            self._metrics.clear()
            self._read_at.clear()
            self._failed_at = now


class Scrape(Collector):
    """What one scrape returns: the metrics of a process and those that were read for it."""

    def __init__(self, registry: CollectorRegistry, metrics: Sequence[Metric]) -> None:
        self._registry = registry
        self._metrics = metrics

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        yield from self._registry.collect()
        yield from self._metrics


def gauges_of_chassis(tables: ChassisTables) -> tuple[Gauge, ...]:
    """The messages that wait to be sent, and those whose handler failed, of the service with these tables."""
    schema, outbox, failed = literal(tables.schema), tables.outbox, tables.failed_messages
    oldest_due = func.min(outbox.c.available_at).filter(outbox.c.available_at <= func.clock_timestamp())
    waited = func.coalesce(func.extract("epoch", func.clock_timestamp() - oldest_due), 0)
    waiting = select(schema, func.count().label("messages"), waited.label("oldest")).select_from(outbox)
    final = func.count().filter(failed.c.final)
    failures = select(schema, (func.count() - final).label("retried"), final.label("given_up")).select_from(failed)
    return (
        Gauge(
            "gapless_outbox_messages",
            "messages that wait to be sent, including those that are planned for later",
            waiting,
            ("schema",),
            figure="messages",
        ),
        Gauge(
            "gapless_outbox_oldest_seconds",
            "how long the oldest message that is due has waited to be sent",
            waiting,
            ("schema",),
            figure="oldest",
        ),
        Gauge(
            "gapless_messages_failed",
            "messages whose handler failed, and that are retried",
            failures,
            ("area",),
            figure="retried",
        ),
        Gauge(
            "gapless_messages_given_up",
            "messages whose handler failed at every attempt; a person has to send them again",
            failures,
            ("area",),
            figure="given_up",
        ),
    )


def _metric(gauge: Gauge, rows: Sequence[Row]) -> Metric:
    metric = GaugeMetricFamily(gauge.name, gauge.words, labels=gauge.labels)
    for row in rows:
        labels = row[: len(gauge.labels)]
        value = getattr(row, gauge.figure) if gauge.figure else row[-1]
        if value is not None:
            metric.add_metric(["" if label is None else str(label) for label in labels], float(str(value)))
    return metric
