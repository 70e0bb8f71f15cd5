"""Builds the diagnostics: queries everything concurrently, and names the parts that do not answer in time."""

import asyncio
import platform
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TypeVar

from shared.chassis.bus import Bus
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import Refused, RemoteError
from shared.contracts.areas import SERVICES, Area
from shared.contracts.downloads.client_address import GetClientAddress
from shared.contracts.downloads.folders import ListFolders
from shared.contracts.gateway.diagnostics import (
    Diagnostics,
    ServiceState,
    Versions,
)
from shared.contracts.mam.account import GetTrackerAccess
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.system import FailedMessage, ListFailedMessages
from sqlalchemy.exc import SQLAlchemyError

from gateway.diagnostics.addresses import compare_addresses
from gateway.diagnostics.clocks import skews
from gateway.diagnostics.database import read_database
from gateway.diagnostics.limits import of_providers, of_tracker
from gateway.diagnostics.streams import NatsUnavailable, Streams
from gateway.routes.system import describe

TIMEOUT_SECONDS = 5.0
"""Timeout of each part of the report."""


PartT = TypeVar("PartT")


@dataclass(frozen=True)
class DiagnosticsReporter:
    """What the report is built from."""

    bus: Bus
    streams: Streams
    transaction: Transactions[Transaction]

    async def report(self) -> Diagnostics:
        """Build the report. Takes no longer than the slowest part."""
        untold: list[str] = []
        sent_at = datetime.now(UTC)
        (states, failed), traffic, database, (folders, client), access, providers = await asyncio.gather(
            self._services(),
            _part("streams and lags", self.streams.read, untold),
            _part("database", lambda: read_database(self.transaction), untold),
            asyncio.gather(
                _part("folders", lambda: self.bus.ask(ListFolders()), untold),
                _part("the address of the torrent client", lambda: self.bus.ask(GetClientAddress()), untold),
            ),
            _part("the tracker's limits and our address", lambda: self.bus.ask(GetTrackerAccess()), untold),
            _part("the providers' limits", lambda: self.bus.ask(ListProviders()), untold),
        )
        if access and access.egress_problem:
            untold.append(f"our address: {access.egress_problem}")
        return Diagnostics(
            services=states,
            failed_messages=[message for page in failed for message in page],
            versions=Versions(
                gapless=version("gapless-gateway"),
                python=platform.python_version(),
                postgres=database.server_version if database else None,
                nats=traffic.server_version if traffic else None,
            ),
            streams=traffic.streams if traffic else [],
            lags=traffic.lags if traffic else [],
            database=database,
            folders=folders or [],
            limits=[*(of_tracker(access) if access else []), *of_providers(providers or [])],
            egress=access.egress if access else None,
            addresses=compare_addresses(access, client),
            clocks=list(skews([state.report for state in states if state.report], sent_at, datetime.now(UTC))),
            untold=sorted(untold),
        )

    async def _services(self) -> tuple[list[ServiceState], list[list[FailedMessage]]]:
        return await asyncio.gather(
            asyncio.gather(*(describe(self.bus, area) for area in SERVICES)),
            asyncio.gather(*(self._failed(area) for area in SERVICES)),
        )

    async def _failed(self, area: Area) -> list[FailedMessage]:
        try:
            return (await self.bus.ask(ListFailedMessages(), of=area)).items
        except Refused:
            return []


async def _part(name: str, ask: Callable[[], Awaitable[PartT]], untold: list[str]) -> PartT | None:
    """Fetch one part of the report. Returns None and adds the reason to `untold` if it cannot be fetched in time."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            return await ask()
    except (Refused, RemoteError, NatsUnavailable) as error:
        untold.append(f"{name}: {error}")
    except (SQLAlchemyError, OSError) as error:
        untold.append(f"{name}: {type(error).__name__}")
    except TimeoutError:
        untold.append(f"{name}: no answer within {TIMEOUT_SECONDS:g} s")
    return None
