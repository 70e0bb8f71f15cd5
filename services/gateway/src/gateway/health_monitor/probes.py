"""Looks at the services all the time and at outside systems now and then, for as long as the gateway runs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from shared.chassis.bus import Bus
from shared.chassis.errors import (
    Refused,
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
)
from shared.chassis.logging import logger
from shared.contracts.areas import SERVICES, Area
from shared.contracts.health import PartKind
from shared.contracts.mam.account import GetStanding
from shared.contracts.system import CheckIntegrations, DescribeService, Integration, IntegrationState
from sqlalchemy.exc import SQLAlchemyError

from gateway.health_monitor.monitor import HealthMonitor, Observation
from gateway.health_monitor.outage_rule import AlertPolicy

MONITORED_AREAS: tuple[Area, ...] = ("library", "mam", "downloads", "metadata", "scheduler")
LOCAL_AREAS: tuple[Area, ...] = ("library", "downloads")
"""Areas whose outside systems are the household's own. Others are asked no more than their work asks them anyway."""
SERVICES_EVERY = timedelta(seconds=15)
LOCAL_EVERY = timedelta(minutes=5)
ACCOUNT_EVERY = timedelta(minutes=15)
STANDING_SECONDS = 3600
"""A standing this old will do: the site is asked once an hour at most for it."""
INTEGRATION_POLICY = AlertPolicy(patience=timedelta(minutes=15), calm=timedelta(minutes=5), gap=timedelta(minutes=40))
NO_ANSWER = "it does not answer; see whether it runs, and what its log says"
_STATES: dict[type[RemoteError], IntegrationState] = {
    RemoteRefusedUs: IntegrationState.REFUSED,
    RemoteAnsweredNonsense: IntegrationState.NONSENSE,
    RemoteThrottled: IntegrationState.THROTTLED,
}
Check = Callable[[], Awaitable[dict[str, str]]]


class Probes:
    """Three rounds, each at its own pace; of all replicas one looks."""

    def __init__(self, bus: Bus, watch: HealthMonitor, check: Check, *, down_after: timedelta) -> None:
        self._bus = bus
        self._watch = watch
        self._check = check
        self._manner = AlertPolicy(patience=down_after, calm=down_after, gap=4 * SERVICES_EVERY)

    async def run(self) -> None:
        """Look until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep("services", SERVICES_EVERY, self.probe_services))
            group.create_task(self._keep("household", LOCAL_EVERY, self.probe_local_integrations))
            group.create_task(self._keep("account", ACCOUNT_EVERY, self.probe_account))

    async def _keep(self, name: str, every: timedelta, look: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(every.total_seconds())
            try:
                if await self._watch.my_turn(name, every):
                    await look()
            except (SQLAlchemyError, OSError) as error:
                logger(service="gateway").warning("watching_waits", because=type(error).__name__)

    async def probe_services(self) -> None:
        """Whether each answers; while NATS is away it alone is to blame."""
        nats = (await self._check())["nats"]
        if nats != "ok":
            return await self._watch.saw(
                Observation("nats", PartKind.SERVICE, IntegrationState.AWAY, nats), self._manner
            )
        seen = await asyncio.gather(*(self._service(area) for area in MONITORED_AREAS))
        for sighting in (Observation("nats", PartKind.SERVICE, IntegrationState.OK), *seen):
            await self._watch.saw(sighting, self._manner)

    async def probe_local_integrations(self) -> None:
        """Outside systems, as the services that use them find them now. A throttled one is neither well nor ill."""
        for area in LOCAL_AREAS:
            for found in await self._integrations(area):
                if found.state is not IntegrationState.THROTTLED:
                    well = found.state in (IntegrationState.OK, IntegrationState.NOT_CONFIGURED)
                    state = IntegrationState.OK if well else found.state
                    await self._watch.saw(
                        Observation(found.name, PartKind.INTEGRATION, state, found.detail), INTEGRATION_POLICY
                    )

    async def probe_account(self) -> None:
        """The account's standing, which is news by itself when it was read; and whether it can be read."""
        state, detail = IntegrationState.OK, ""
        try:
            await self._bus.ask(GetStanding(max_age_seconds=STANDING_SECONDS))
        except Refused:
            return
        except RemoteError as error:
            state, detail = _STATES.get(type(error), IntegrationState.AWAY), error.detail
        if state is not IntegrationState.THROTTLED:
            await self._watch.saw(Observation("myanonamouse", PartKind.INTEGRATION, state, detail), INTEGRATION_POLICY)

    async def _service(self, area: Area) -> Observation:
        name = SERVICES[area]
        try:
            await self._bus.ask(DescribeService(), of=area)
        except Refused:
            words = await self._bus.startup_failure(name)
            why = f"it could not start: {' '.join(words.lines)}" if words else NO_ANSWER
            return Observation(name, PartKind.SERVICE, IntegrationState.AWAY, why)
        return Observation(name, PartKind.SERVICE, IntegrationState.OK)

    async def _integrations(self, area: Area) -> list[Integration]:
        """None of a service that does not answer: that is news of its own."""
        try:
            return await self._bus.ask(CheckIntegrations(), of=area)
        except (Refused, RemoteError):
            return []
