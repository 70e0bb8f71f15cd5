"""Runs one service as one process, with a meaningful exit status."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from shared.chassis import logging
from shared.chassis.error_reports import ErrorReports, report_to
from shared.chassis.live_settings import LiveSettings
from shared.chassis.schema import MigrationFailed
from shared.chassis.service import Service, ServiceSpec
from shared.chassis.settings import EXIT_SETTINGS, ServiceSettings, SettingsProblem
from shared.chassis.settings_loop import serve
from shared.chassis.startup_failure import report
from shared.chassis.subscriptions import Subscriptions
from shared.contracts.problem import SettingFault

SettingsT = TypeVar("SettingsT", bound=ServiceSettings)

STOP_SECONDS = 25.0
"""Time for a graceful stop. Containers are killed after 30 s."""


def run(spec: ServiceSpec, settings: type[SettingsT], build: Callable[[SettingsT, Service], Subscriptions]) -> None:
    """Run a service until SIGTERM or SIGINT. The exit status is 0, or 78 when settings of the environment are wrong.

    It is 1, with the reason on standard error, when the schema cannot be migrated or is that of a newer version.
    A service whose other settings are missing or wrong waits for them.
    """
    try:
        live = LiveSettings(settings, spec.tables, starts_without_wrong_ones=spec.starts_without_wrong_ones)
        environment = live.environment_only
        with logged(environment, spec.name):
            asyncio.run(_until_stopped(spec, live, build))
    except SettingsProblem as problem:
        for line in problem.lines:
            sys.stderr.write(f"{spec.name}: {line}\n")
        if nats_url := settings.nats_address():
            report(nats_url, spec.name, problem.lines)
        sys.exit(EXIT_SETTINGS)
    except MigrationFailed as failure:
        sys.exit(f"{spec.name}: {failure}")


def log_settings(environment: Mapping[str, str]) -> ServiceSettings:
    """The settings of the log of a process that runs several services, each of which has its own addresses.

    Raises `SettingsProblem` if one of them is malformed.
    """
    return ServiceSettings.read({**environment, "DATABASE_URL": "postgresql://", "NATS_URL": "nats://"})


@contextmanager
def logged(settings: ServiceSettings, service: str) -> Iterator[None]:
    """Log as the settings say within this context, and send errors to `SENTRY_DSN`. Raises `SettingsProblem`."""
    logging.configure(settings.log_level, settings.log_format, service, settings.file_of_log())
    reports = None
    if dsn := settings.sentry_dsn.get_secret_value():
        try:
            reports = ErrorReports(dsn, service)
        except ValueError as error:
            fault = SettingFault(setting="SENTRY_DSN", words=str(error))
            raise SettingsProblem([fault]) from None
    report_to(reports)
    try:
        yield
    finally:
        report_to(None)
        if reports is not None:
            reports.close()


async def _until_stopped(
    spec: ServiceSpec, live: LiveSettings[SettingsT], build: Callable[[SettingsT, Service], Subscriptions]
) -> None:
    stop, started = asyncio.Event(), asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    service = asyncio.create_task(serve(live, spec, build, stop=stop, started=started))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({service, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if not service.done():
        # A service that still waits for Postgres or NATS has nothing to stop gracefully.
        await asyncio.wait({service}, timeout=STOP_SECONDS if started.is_set() else 0)
        service.cancel()
    waiting.cancel()
    result = (await asyncio.gather(service, return_exceptions=True))[0]
    if isinstance(result, BaseException) and not isinstance(result, asyncio.CancelledError):
        raise result
