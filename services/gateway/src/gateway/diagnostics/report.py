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
from shared.contracts.translatable import numbered, translatables, with_code
from shared.translatable import about, translatable
from sqlalchemy.exc import SQLAlchemyError

from gateway.diagnostics.addresses import compare_addresses
from gateway.diagnostics.clocks import skews
from gateway.diagnostics.database import read_database
from gateway.diagnostics.limits import of_providers, of_tracker
from gateway.diagnostics.streams import NatsUnavailable, Streams
from gateway.routes.system import describe

TIMEOUT_SECONDS = 5.0
"""Timeout of each part of the report."""
_CLIENT_ADDRESS = translatable("untold.client_address", "the address of the torrent client")
_TRACKER = translatable("untold.tracker", "the tracker's limits and our address")
_PROVIDERS = translatable("untold.providers", "the providers' limits")


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
            _part(translatable("untold.streams", "streams and lags"), self.streams.read, untold),
            _part(translatable("untold.database", "database"), lambda: read_database(self.transaction), untold),
            asyncio.gather(
                _part(translatable("untold.folders", "folders"), lambda: self.bus.ask(ListFolders()), untold),
                _part(_CLIENT_ADDRESS, lambda: self.bus.ask(GetClientAddress()), untold),
            ),
            _part(_TRACKER, lambda: self.bus.ask(GetTrackerAccess()), untold),
            _part(_PROVIDERS, lambda: self.bus.ask(ListProviders()), untold),
        )
        if access and access.egress_problem:
            why = with_code(access.egress_problem, access.translatable.get("egress_problem"))
            untold.append(about(translatable("untold.our_address", "our address"), why))
        untold.sort()
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
            untold=untold,
            translatable=translatables(**numbered("untold", untold)),
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
        untold.append(about(name, _why(error)))
    except (SQLAlchemyError, OSError) as error:
        untold.append(about(name, type(error).__name__))
    except TimeoutError:
        words = f"no answer within {TIMEOUT_SECONDS:g} s"
        untold.append(about(name, translatable("remote.no_answer", words, seconds=TIMEOUT_SECONDS)))
    return None


def _why(error: Refused | RemoteError | NatsUnavailable) -> str:
    if isinstance(error, Refused):
        return error.detail
    return error.words if isinstance(error, RemoteError) else str(error)
