"""The life cycle of a service: it migrates, connects, subscribes and serves, and stops in the reverse order."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from faststream.nats import NatsBroker
from faststream.nats.prometheus import NatsPrometheusMiddleware
from faststream.security import SASLPlaintext
from nats.aio.client import Client as NatsClient
from nats.errors import Error as NatsError
from nats.js.api import PubAck
from prometheus_client import CollectorRegistry
from prometheus_client.registry import Collector
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.chassis import startup_failure
from shared.chassis.bus import Bus
from shared.chassis.chassis_requests import answer_chassis_requests
from shared.chassis.clock import Clock, SystemClock
from shared.chassis.consumers import RETRY_POLICY, Consumers, RetryPolicy
from shared.chassis.counters import COUNTERS_OF_CHASSIS, Counter, Counters, Histogram, count_in
from shared.chassis.database import Database, Transaction, postgres_unavailable
from shared.chassis.deliveries import Deliveries
from shared.chassis.failed_messages import FailedMessages
from shared.chassis.live_settings import DoesNotStart, LiveSettings
from shared.chassis.logging import logger
from shared.chassis.memory import return_freed_memory
from shared.chassis.metrics import Gauge, Scrape, StoredGauges
from shared.chassis.nats_address import nats_address
from shared.chassis.nats_ready import is_refused, until_nats
from shared.chassis.outbox import OutboxRelay
from shared.chassis.pull_loop import WaitingFetches
from shared.chassis.run_heartbeat import RunHeartbeat
from shared.chassis.schema import PostgresUnavailable, migrate_if_due
from shared.chassis.settings import ServiceSettings
from shared.chassis.streams import stream_of
from shared.chassis.subscriptions import Subscriptions
from shared.chassis.tables import ChassisTables
from shared.chassis.traces import trace_in
from shared.contracts.runs import RunCancelled
from shared.contracts.settings import SettingFact

if TYPE_CHECKING:
    from shared.chassis.health import Endpoint, Scrapes

GRACEFUL_SECONDS = 15.0
RESTART_SECONDS = 1.0
CANCEL_AGAIN_SECONDS = 0.5
SWITCH_SECONDS = 0.0005
"""How long a computing thread may block the event loop. Python's default of 5 ms adds up to seconds per request."""
PING_SECONDS = 20
"""How often the connection to NATS is tested. The default of 120 s lets a service listen for minutes to a machine that
is gone; no other sign tells it, because nothing closes the connection."""
CHECK_SECONDS = 2.0
"""Time-out of the checks of Postgres and NATS. Together they are shorter than the time-out of the health check."""

SettingsT = TypeVar("SettingsT", bound=ServiceSettings)


SettingTest = Callable[[Any, "Service"], Awaitable[list[SettingFact]]]
"""Tests the values of one group of settings: `test(settings, service)`. It stores nothing."""


@dataclass(frozen=True)
class ServiceSpec:
    """The static description of a service: its name, its area, its tables and the folder of its migrations.

    `setting_tests` are the tests of its settings, by the name of their group. `starts_without_wrong_ones` is for the
    service over which settings are changed: it starts without stored values that are wrong. The others wait.
    `gauges` are its figures for `/metrics`; `build` may add others. `counters` are what it counts itself.
    """

    name: str
    area: str
    tables: ChassisTables
    migrations: Path
    setting_tests: Mapping[str, SettingTest] = field(default_factory=dict)
    starts_without_wrong_ones: bool = False
    gauges: Sequence[Gauge] = ()
    counters: Sequence[Counter | Histogram] = ()


@dataclass
class Service:
    """The parts of a service. `build(settings, service)` uses them and returns the table of subscriptions."""

    spec: ServiceSpec
    database: Database
    broker: NatsBroker
    bus: Bus
    clock: Clock
    registry: CollectorRegistry
    fetches: WaitingFetches
    counters: Counters
    started_at: datetime
    metrics_key: str = ""
    gauges: list[Gauge] = field(default_factory=list)
    live: LiveSettings[Any] | None = None
    """The settings that are changed over the API; None if the service was started with fixed ones."""
    asgi: Any = None
    starting: list[Callable[[], Any]] = field(default_factory=list)
    background: list[Callable[[], Any]] = field(default_factory=list)
    stopping: list[Callable[[], Any]] = field(default_factory=list)
    closing: list[Callable[[], Any]] = field(default_factory=list)
    subscribed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when every subscription has been sent to NATS. FastStream sends them in an arbitrary order."""
    disconnected: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the connection to NATS is closed and will not be opened again. The service has to start again."""

    @classmethod
    def of(
        cls,
        spec: ServiceSpec,
        settings: ServiceSettings,
        clock: Clock | None = None,
        live: LiveSettings[Any] | None = None,
    ) -> "Service":
        """Create the parts, without connecting."""
        registry = CollectorRegistry()
        disconnected = asyncio.Event()
        fetches = WaitingFetches()

        async def set_disconnected() -> None:
            disconnected.set()

        address = nats_address(settings.nats_url.get_secret_value())
        credentials = SASLPlaintext(address.user, address.password) if address.user and address.password else None
        broker = NatsBroker(
            address.servers,
            security=credentials,
            name=spec.name,
            inbox_prefix=f"_INBOX_{spec.name}",
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            connect_timeout=5,
            ping_interval=PING_SECONDS,
            closed_cb=set_disconnected,
            reconnected_cb=fetches.begin_again,
            graceful_timeout=GRACEFUL_SECONDS,
            log_level=10,
            logger=None,
            apply_types=False,  # `consumers` parses the bodies
            serializer=None,  # else FastStream makes a Pydantic model for each handler
            middlewares=[NatsPrometheusMiddleware(registry=registry, app_name=spec.name)],
        )
        service_clock = clock or SystemClock()
        return cls(
            spec=spec,
            database=Database(settings.database_url.get_secret_value(), spec.tables),
            broker=broker,
            bus=Bus(broker),
            clock=service_clock,
            registry=registry,
            fetches=fetches,
            counters=Counters(registry, (*COUNTERS_OF_CHASSIS, *spec.counters)),
            started_at=service_clock.now(),
            metrics_key=settings.metrics_key.get_secret_value(),
            gauges=list(spec.gauges),
            live=live,
            disconnected=disconnected,
        )

    def metrics(self) -> "Endpoint":
        """The endpoint `/metrics`: the metrics of this process, and the gauges, which are read at the scrape."""
        from shared.chassis.health import metrics_of  # noqa: PLC0415 - a service without a port needs no HTTP server

        return metrics_of(self.scrapes(), self.metrics_key)

    def scrapes(self) -> "Scrapes":
        """What reads the metrics of this process, and the gauges."""
        stored = StoredGauges(self.database, self.gauges)

        async def scrape() -> Collector:
            return Scrape(self.registry, await stored.metrics())

        return scrape

    def settings_words(self) -> str:
        """Which settings the service needs, or what is wrong with them; empty if nothing."""
        return self.live.applied.words if self.live else ""

    async def check(self) -> dict[str, str]:
        """Check Postgres and NATS. Returns `ok` or a description of the problem, by name."""
        postgres = asyncio.create_task(self._check_postgres())
        checks = {"nats": "ok" if await self.broker.ping(timeout=CHECK_SECONDS) else "no answer from NATS"}
        # Not wait_for: it also waits for the cancelled query, which takes seconds on a hung server.
        done, _ = await asyncio.wait([postgres], timeout=CHECK_SECONDS)
        if not done:
            postgres.cancel()
        checks["postgres"] = postgres.result() if done else f"no answer from Postgres in {CHECK_SECONDS:g} s"
        return checks

    async def _check_postgres(self) -> str:
        try:
            async with self.database.engine.connect() as connection:
                await connection.execute(text("select 1"))
        except (SQLAlchemyError, OSError) as error:
            return f"no answer from Postgres: {type(error).__name__}"
        return "ok"


@contextlib.asynccontextmanager
async def running(
    settings: SettingsT,
    spec: ServiceSpec,
    build: Callable[[SettingsT, Service], Subscriptions],
    clock: Clock | None = None,
    retry_policy: RetryPolicy = RETRY_POLICY,
    live: LiveSettings[Any] | None = None,
) -> AsyncIterator[Service]:
    """Run a service within this context, and stop it gracefully at the end.

    Waits until Postgres, NATS and the streams are available. If one of them is lost during the start, the start begins
    again. With `live`, it answers requests about its settings. Raises `DoesNotStart` if it cannot be built with these
    settings, and `nats.errors.Error` when the credentials of NATS are wrong.
    """
    log = logger(service=spec.name)
    sys.setswitchinterval(SWITCH_SECONDS)
    while True:
        try:
            service, stack = await _start(settings, spec, build, clock, retry_policy, live)
            break
        except (NatsError, ConnectionError, SQLAlchemyError) as error:
            if is_refused(error) or (isinstance(error, SQLAlchemyError) and not postgres_unavailable(error)):
                raise
            log.warning("start_repeated", because=f"{type(error).__name__}: {error}".splitlines()[0])
            await asyncio.sleep(RESTART_SECONDS)
    async with stack:
        log.info("service_started", version=version("gapless-shared"))
        yield service
        log.info("service_stopping")


async def _start(
    settings: SettingsT,
    spec: ServiceSpec,
    build: Callable[[SettingsT, Service], Subscriptions],
    clock: Clock | None,
    retry_policy: RetryPolicy,
    live: LiveSettings[Any] | None,
) -> tuple[Service, contextlib.AsyncExitStack]:
    """Start a service. Returns it with what stops it; if the start fails, everything is stopped."""
    log = logger(service=spec.name)
    await until_postgres(settings.database_url.get_secret_value(), spec, log)
    service = Service.of(spec, settings, clock, live)
    count_in(service.counters)
    try:
        table = build(settings, service)
    except Exception as error:
        raise DoesNotStart(f"{type(error).__name__}: {error}") from error
    await until_nats(settings.nats_url.get_secret_value(), table, log)
    failed_messages = FailedMessages(service.database, spec.name)
    run_heartbeat = RunHeartbeat(
        service.database.transactions(Transaction), every_seconds=retry_policy.run_heartbeat_seconds
    )
    if table.works_on_runs:
        table.on(RunCancelled, run_heartbeat.cancel, concurrency=1)
    deliveries = Deliveries(service.database)
    consumers = Consumers(
        service.broker, table, failed_messages, deliveries, retry_policy, runs=run_heartbeat, fetches=service.fetches
    )
    answer_chassis_requests(service, table, failed_messages, consumers)
    consumers.bind()
    async with contextlib.AsyncExitStack() as stack:
        _start_tracing(settings, spec, stack)
        stack.push_async_callback(service.database.aclose)
        for close in service.closing:
            stack.push_async_callback(close)
        connection = await service.broker.connect()
        stack.push_async_callback(_disconnect, service.broker, connection, log)
        js = connection.jetstream()
        await service.broker.start()
        service.subscribed.set()
        stack.push_async_callback(consumers.stop_requests)
        background: list[Callable[[], Awaitable[None]]] = [
            partial(_relay, service, js),
            return_freed_memory,
            *([partial(live.watch, service.database.engine)] if live else []),
            *service.background,
        ]
        tasks = [asyncio.create_task(_restarting(run, log)) for run in background]
        stack.push_async_callback(_cancel, tasks)
        for prepare in service.starting:
            await prepare()
        if settings.health_port:
            # Imported only here, because a service without an HTTP port needs no HTTP server.
            from shared.chassis.health import health_app  # noqa: PLC0415
            from shared.chassis.serving import serving  # noqa: PLC0415

            app = service.asgi or health_app(spec.name, service.check, service.metrics(), service.settings_words)
            await stack.enter_async_context(serving(app, settings.health_host, settings.health_port))
        for stop in service.stopping:
            stack.callback(stop)  # before the server stops, because it waits for open responses
        lines = [words] if (words := service.settings_words()) else []
        await startup_failure.publish(js, spec.name, lines)
        return service, stack.pop_all()


def _start_tracing(settings: ServiceSettings, spec: ServiceSpec, stack: contextlib.AsyncExitStack) -> None:
    """Record spans in this context until the stack is closed, if there is an address for them."""
    trace_in(None)
    if not settings.otel_exporter_otlp_endpoint:
        return
    from shared.chassis.otel_tracer import otlp_tracer  # noqa: PLC0415 - OpenTelemetry takes memory in each process

    headers = settings.otel_exporter_otlp_headers.get_secret_value()
    tracer = otlp_tracer(spec.name, version("gapless-shared"), settings.otel_exporter_otlp_endpoint, headers)
    trace_in(tracer)
    stack.push_async_callback(asyncio.to_thread, tracer.close)


async def _disconnect(broker: NatsBroker, connection: NatsClient, log: Any) -> None:
    """Stop the subscribers, and close the connection. Without NATS, only close it."""
    try:
        await broker.stop()
    except* NatsError as errors:
        log.warning("nats_unavailable_at_stop", because=repr(errors.exceptions[0]))
    finally:
        if not connection.is_closed:
            await connection.close()


async def _relay(service: Service, js: Any) -> None:
    async def publish(subject: str, payload: bytes, headers: dict[str, str]) -> PubAck:
        headers = {"content-type": "application/json", **headers}
        ack: PubAck = await js.publish(subject, payload, timeout=5, headers=headers, stream=stream_of(subject))
        return ack

    await OutboxRelay(service.database.url, service.spec.tables.schema, publish).run()


async def _restarting(run: Callable[[], Awaitable[None]], log: Any) -> None:
    """Run a background task and restart it when it fails. A task that returns is complete.

    Nothing awaits the task, so that a failure would otherwise go unnoticed.
    """
    while True:
        try:
            return await run()
        except Exception as error:
            log.error("background_task_failed", error=f"{type(error).__name__}: {error}", exc_info=error)
            await asyncio.sleep(RESTART_SECONDS)


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel tasks until they have ended: psycopg can turn a cancellation into an error that the task survives."""
    waiting = set(tasks)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=CANCEL_AGAIN_SECONDS)


async def until_postgres(url: str, spec: ServiceSpec, log: Any) -> None:
    """Wait until Postgres is available, and migrate the schema of the service. Raises `MigrationFailed`."""
    while True:
        try:
            await migrate_if_due(spec.migrations, url, spec.tables.schema)
        except PostgresUnavailable as unavailable:
            log.warning("waiting_for_postgres", because=str(unavailable))
            await asyncio.sleep(1.0)
        else:
            return
