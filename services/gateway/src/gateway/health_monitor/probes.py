"""Checks the services and the outside systems at regular intervals."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from shared.chassis.bus import Bus
from shared.chassis.errors import Refused, RemoteError
from shared.chassis.logging import logger
from shared.contracts.areas import SERVICES, Area
from shared.contracts.health import PartKind
from shared.contracts.mam.account import GetAccount, GetStanding
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.settings import SettingsState
from shared.contracts.system import CheckIntegrations, DescribeService, Integration, IntegrationState
from sqlalchemy.exc import SQLAlchemyError

from gateway.health_monitor.monitor import HealthMonitor, Observation
from gateway.health_monitor.outage_rule import AlertPolicy

MONITORED_AREAS: tuple[Area, ...] = ("library", "mam", "downloads", "metadata", "scheduler")
LOCAL_AREAS: tuple[Area, ...] = ("library", "downloads")
"""Areas that use local outside systems. Remote ones get no extra requests from the health monitor."""
SERVICES_EVERY = timedelta(seconds=15)
LOCAL_EVERY = timedelta(minutes=5)
ACCOUNT_EVERY = timedelta(minutes=15)
PROVIDERS_EVERY = timedelta(minutes=5)
STANDING_MAX_AGE_SECONDS = 3600
"""A standing of this age is accepted, so that the site gets at most one request an hour for it."""
INTEGRATION_POLICY = AlertPolicy(
    down_after=timedelta(minutes=15), back_after=timedelta(minutes=5), forget_after=timedelta(minutes=40)
)
WORKS = frozenset({SessionState.OK, SessionState.UNTRIED, SessionState.NOT_CONFIGURED})
PASSES = frozenset({SessionState.PAUSED, SessionState.THROTTLED, SessionState.AWAY})
"""In these states of a session nothing is known about it: a person has paused all requests, or the site is away."""
NO_ANSWER = "it does not answer; check whether it runs, and its log"
Check = Callable[[], Awaitable[dict[str, str]]]


class Probes:
    """Five rounds of checks at different intervals. One replica does each round."""

    def __init__(self, bus: Bus, monitor: HealthMonitor, check: Check, *, down_after: timedelta) -> None:
        self._bus = bus
        self._monitor = monitor
        self._check = check
        self._policy = AlertPolicy(down_after=down_after, back_after=down_after, forget_after=4 * SERVICES_EVERY)

    async def run(self) -> None:
        """Check until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._repeat("services", SERVICES_EVERY, self.probe_services))
            group.create_task(self._repeat("local", LOCAL_EVERY, self.probe_local_integrations))
            group.create_task(self._repeat("account", ACCOUNT_EVERY, self.probe_account))
            group.create_task(self._repeat("pages", ACCOUNT_EVERY, self.probe_pages))
            group.create_task(self._repeat("providers", PROVIDERS_EVERY, self.probe_providers))

    async def _repeat(self, name: str, every: timedelta, probe: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(every.total_seconds())
            try:
                if await self._monitor.acquire_round(name, every):
                    await probe()
            except (SQLAlchemyError, OSError) as error:
                logger(service="gateway").warning("health_check_failed", because=type(error).__name__)

    async def probe_services(self) -> None:
        """Check whether each service answers. While NATS is unavailable, only NATS is reported."""
        nats = (await self._check())["nats"]
        if nats != "ok":
            return await self._monitor.record(
                Observation("nats", PartKind.SERVICE, IntegrationState.AWAY, nats), self._policy
            )
        seen = await asyncio.gather(*(self._service(area) for area in MONITORED_AREAS))
        for observation in (Observation("nats", PartKind.SERVICE, IntegrationState.OK), *seen):
            await self._monitor.record(observation, self._policy)

    async def probe_local_integrations(self) -> None:
        """Check the local outside systems, through the services that use them. A throttled one changes nothing."""
        for area in LOCAL_AREAS:
            for found in await self._integrations(area):
                if found.state is not IntegrationState.THROTTLED:
                    healthy = found.state in (IntegrationState.OK, IntegrationState.NOT_CONFIGURED)
                    state = IntegrationState.OK if healthy else found.state
                    await self._monitor.record(
                        Observation(found.name, PartKind.INTEGRATION, state, found.detail), INTEGRATION_POLICY
                    )

    async def probe_account(self) -> None:
        """Check whether the standing of the account can be read. A new standing is announced by mam-search itself."""
        state, detail = IntegrationState.OK, ""
        try:
            await self._bus.ask(GetStanding(max_age_seconds=STANDING_MAX_AGE_SECONDS))
        except Refused:
            return
        except RemoteError as error:
            state, detail = IntegrationState.of_failure(error.code), error.detail
        if state is not IntegrationState.THROTTLED:
            await self._monitor.record(
                Observation("myanonamouse", PartKind.INTEGRATION, state, detail), INTEGRATION_POLICY
            )

    async def probe_pages(self) -> None:
        """Check whether pages of MyAnonamouse can be read, by the stored state of the browser session.

        A challenge, a locked login or a refused session stops them until a person acts. The site gets no request.
        """
        try:
            account = await self._bus.ask(GetAccount())
        except (Refused, RemoteError):
            return
        for each in account.sessions:
            if each.kind is SessionKind.BROWSER and each.state not in PASSES:
                works = each.state in WORKS
                state = IntegrationState.OK if works else IntegrationState.REFUSED
                words = "" if works else "; ".join(part for part in (each.detail, each.remedy) if part)
                await self._monitor.record(
                    Observation("myanonamouse pages", PartKind.INTEGRATION, state, words), INTEGRATION_POLICY
                )

    async def probe_providers(self) -> None:
        """Check the health of the metadata providers as last seen. They get no extra requests.

        A single failure is not a problem yet: requests have to be paused because of it. A throttled one changes
        nothing.
        """
        try:
            providers = await self._bus.ask(ListProviders())
        except (Refused, RemoteError):
            return
        for each in providers:
            if each.enabled and each.health != "throttled":
                failing = each.health in ("refused", "blocked") or (each.health == "away" and each.blocked_until)
                state = IntegrationState(each.health) if failing else IntegrationState.OK
                words = "; ".join(part for part in (each.detail, each.remedy) if part) if failing else ""
                await self._monitor.record(
                    Observation(each.name, PartKind.INTEGRATION, state, words), INTEGRATION_POLICY
                )

    async def _service(self, area: Area) -> Observation:
        name = SERVICES[area]
        try:
            report = await self._bus.ask(DescribeService(), of=area)
        except Refused:
            failure = await self._bus.startup_failure(name)
            why = f"it could not start: {' '.join(failure.lines)}" if failure else NO_ANSWER
            return Observation(name, PartKind.SERVICE, IntegrationState.AWAY, why)
        if report.settings is SettingsState.WRONG_SETTINGS:  # a new installation only waits for its first settings
            return Observation(
                name, PartKind.SERVICE, IntegrationState.AWAY, f"wrong settings: {report.settings_words}"
            )
        return Observation(name, PartKind.SERVICE, IntegrationState.OK)

    async def _integrations(self, area: Area) -> list[Integration]:
        """Return the integrations of a service. Empty if it does not answer, which `probe_services` reports."""
        try:
            return await self._bus.ask(CheckIntegrations(), of=area)
        except (Refused, RemoteError):
            return []
