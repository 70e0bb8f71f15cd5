"""Runs a service with settings that are changed over the API: it starts again with new ones, in the same process.

If the service cannot run with its settings, it waits: it answers requests about its settings, and refuses the others
with the reason. It starts when the settings are right.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from shared.chassis.clock import Clock
from shared.chassis.consumers import RETRY_POLICY, RetryPolicy
from shared.chassis.database import Database, postgres_unavailable
from shared.chassis.errors import ServiceUnavailable
from shared.chassis.live_settings import DoesNotStart, LiveSettings, Reading
from shared.chassis.logging import logger
from shared.chassis.service import RESTART_SECONDS, Service, ServiceSpec, running, until_postgres
from shared.chassis.settings import ServiceSettings
from shared.chassis.subscriptions import Subscriptions

SettingsT = TypeVar("SettingsT", bound=ServiceSettings)

TRY_AGAIN_SECONDS = 60.0
"""How often a service that cannot run with its settings tries again, because the cause may be outside of them."""


async def serve(  # noqa: PLR0913 - those of `running`, and two events
    live: LiveSettings[SettingsT],
    spec: ServiceSpec,
    build: Callable[[SettingsT, Service], Subscriptions],
    *,
    stop: asyncio.Event,
    started: asyncio.Event,
    clock: Clock | None = None,
    retry_policy: RetryPolicy = RETRY_POLICY,
) -> None:
    """Run a service until `stop` is set. Start it again whenever its stored settings have changed, and when NATS has
    closed its connection for good.

    Sets `started` when it runs or waits for settings. Raises `SettingsProblem` if it may not wait and values of the
    environment are wrong, and what `running` raises.
    """
    log = logger(service=spec.name)
    while not stop.is_set():
        live.applied = await _read(live, spec, log)
        while (settings := live.applied.settings) is not None:
            try:
                async with running(settings, spec, build, clock, retry_policy, live) as service:
                    started.set()
                    await _first_of(stop, live.changed, service.disconnected)
                break
            except DoesNotStart as error:
                reason = settings.without_secrets(str(error))
                log.error("service_not_built", because=reason)
                live.could_not_build(reason)
        else:
            log.warning("waiting_for_settings", because=live.applied.words)
            refusing = _refusing(live, spec, build)
            async with running(live.environment_only, spec, refusing, clock, retry_policy, live) as service:
                started.set()
                await _first_of(stop, live.changed, service.disconnected, seconds=TRY_AGAIN_SECONDS)


async def _read(live: LiveSettings[SettingsT], spec: ServiceSpec, log: Any) -> Reading[SettingsT]:
    """Read the stored settings as soon as Postgres is available."""
    url = live.environment_only.database_url.get_secret_value()
    while True:
        await until_postgres(url, spec, log)
        database = Database(url, spec.tables, pool_size=1)
        try:
            return await live.read(database.engine)
        except SQLAlchemyError as error:
            if postgres_unavailable(error) is None:
                raise
            log.warning("start_repeated", because=type(error).__name__)
            await asyncio.sleep(RESTART_SECONDS)
        finally:
            await database.aclose()


def _refusing(
    live: LiveSettings[SettingsT], spec: ServiceSpec, build: Callable[[SettingsT, Service], Subscriptions]
) -> Callable[[SettingsT, Service], Subscriptions]:
    """Builds a service that refuses every request, because it waits for settings. It consumes no messages."""

    async def refuse(_request: Any) -> Any:
        raise ServiceUnavailable(spec.name, f"{spec.name} {live.applied.words or 'waits for settings'}")

    def build_refusing(_settings: SettingsT, _service: Service) -> Subscriptions:
        example = live.kind.example()
        table = Subscriptions(spec.name, spec.area)
        for each in build(example, Service.of(spec, example)).answered:
            table.answer(each.message, refuse)
        return table

    return build_refusing


async def _first_of(*events: asyncio.Event, seconds: float | None = None) -> None:
    """Return when one of the events is set, or after this time."""
    waiting = [asyncio.create_task(each.wait()) for each in events]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
