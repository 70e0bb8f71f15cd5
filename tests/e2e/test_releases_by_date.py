"""Two services and the stand-ins, on a clock that the test moves: announced works, and corrections of a series."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import library_scanner.app
import metadata.app
import nats
import pytest
from harness.plugin import FreshDatabase
from library_scanner.settings import LibraryScannerSettings
from metadata.settings import SETTINGS
from nats.aio.msg import Msg
from provisioning.broker import provision_services
from sandbox.providers import audible
from sandbox.testing import a_record
from sandbox.world import OwnedBook, World
from shared.chassis.bus import Bus
from shared.chassis.service import running
from shared.chassis.serving import serving
from shared.contracts.library.missing_books import ListMissingBooks, WantReleasedBooks
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.library.series import FindSeriesGaps, ListSeries, Series
from shared.contracts.library.series_corrections import CorrectSeries, UndoSeriesCorrection
from shared.contracts.library.work_lists import EntryState, GetWorkList, ListEntry
from shared.contracts.message import Command
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.runs import RunFinished, RunOutcome
from shared.testing.clocks import ManualClock
from shared.testing.flushing import flush
from shared.testing.publishing import send_message
from shared.testing.waiting import until

from sandbox import audiobookshelf

TITLES = {1: "The Wonderful Wizard of Oz", 2: "The Marvelous Land of Oz", 3: "Ozma of Oz", 4: "Tik-Tok of Oz"}
RELEASE = date(2026, 5, 1)
TOKEN = "only-for-tests"


def announcing_world() -> World:
    """Two volumes are owned. The third is released on `RELEASE`, and the fourth is out."""
    records = [
        a_record(
            id=f"B0OZ00000{place}",
            asin=f"B0OZ00000{place}",
            title=title,
            series=[{"name": "Oz", "sequence": str(place)}],
            published=RELEASE if place == 3 else date(2020, place, 1),
        )
        for place, title in TITLES.items()
    ]
    owned = [
        OwnedBook(
            id=f"oz-{place}",
            title=TITLES[place],
            authors=["L. Frank Baum"],
            series=[{"name": "Oz", "sequence": str(place)}],
            folder=f"L. Frank Baum/Oz/{place:02d} - {TITLES[place]}",
        )
        for place in (1, 2)
    ]
    providers = {"audible": [each.model_dump() for each in records]}
    library = [each.model_dump() for each in owned]
    return World.model_validate({"name": "announcing", "works": [], "library": library, "providers": providers})


@dataclass
class Installation:
    """The library scanner and the metadata service, with their clock."""

    bus: Bus
    clock: ManualClock
    nats_url: str

    async def run(self, command: type[Command]) -> None:
        """Run a task to its end."""
        connection = await nats.connect(self.nats_url)
        ended: asyncio.Queue[UUID] = asyncio.Queue()

        async def note(message: Msg) -> None:
            finished = RunFinished.model_validate_json(message.data)
            assert finished.outcome is RunOutcome.COMPLETED, finished
            await ended.put(finished.run_id)

        await connection.subscribe(RunFinished.subject, cb=note)
        await flush(connection)
        run_id = uuid4()
        await send_message(connection.jetstream(), command.model_validate({"run_id": run_id}))
        async with asyncio.timeout(60):
            while await ended.get() != run_id:
                pass
        await connection.close()

    async def series(self) -> Series:
        return (await self.bus.ask(ListSeries())).items[0]

    async def entries(self) -> dict[str, ListEntry]:
        request = GetWorkList(of=BibliographyOf.SERIES, id=(await self.series()).id)
        return {entry.title: entry for entry in (await self.bus.ask(request)).items}

    async def states(self) -> dict[str, EntryState]:
        return {title: entry.state for title, entry in (await self.entries()).items()}

    async def missing(self) -> dict[str, str]:
        return {each.title: each.status for each in (await self.bus.ask(ListMissingBooks())).items}


@pytest.fixture
async def installed(
    fresh_database: Callable[..., FreshDatabase], nats_url: str, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Installation]:
    connection = await nats.connect(nats_url)
    await provision_services(connection.jetstream())
    await connection.close()
    world, database = announcing_world(), fresh_database()
    clock = ManualClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
    common = {"NATS_URL": nats_url, "HEALTH_PORT": "0", "SECRET_KEY": "s" * 32}
    library_settings = LibraryScannerSettings.read(
        common
        | {
            "DATABASE_URL": database.url("library_scanner"),
            "ABS_URL": f"http://127.0.0.1:{unused_tcp_port}",
            "ABS_TOKEN": TOKEN,
        }
    )
    metadata_settings = SETTINGS.read(
        common | {"DATABASE_URL": database.url("metadata"), "PROVIDERS": "audible:1", "AUDIBLE_INTERVAL": "0"}
    )
    transports: dict[str, httpx.AsyncBaseTransport] = {"audible": httpx.ASGITransport(audible.AUDIBLE.create(world))}
    build_metadata = partial(metadata.app.build, transports=transports)
    shelf = audiobookshelf.create(world, library_folder=tmp_path, token=TOKEN)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(serving(shelf, "127.0.0.1", unused_tcp_port))
        await stack.enter_async_context(running(metadata_settings, metadata.app.SPEC, build_metadata, clock))
        scanner = await stack.enter_async_context(
            running(library_settings, library_scanner.app.SPEC, library_scanner.app.build, clock)
        )
        yield Installation(scanner.bus, clock, nats_url)


async def test_an_announced_volume_is_wanted_on_its_day_and_a_removed_one_never(installed: Installation) -> None:
    await installed.run(ScanLibrary)
    await installed.run(FindSeriesGaps)
    assert await installed.states() == {
        TITLES[1]: EntryState.OWNED,
        TITLES[2]: EntryState.OWNED,
        TITLES[3]: EntryState.UPCOMING,
        TITLES[4]: EntryState.MISSING,
    }
    third, fourth = (await installed.entries())[TITLES[3]], (await installed.entries())[TITLES[4]]
    assert third.release_date == RELEASE
    series = await installed.series()
    assert (series.owned, series.missing, series.upcoming) == (2, 1, 1)

    remove = {"id": series.id, "correction": {"kind": "remove", "entry_ids": [fourth.id]}}
    removed = await installed.bus.ask(CorrectSeries.model_validate(remove))
    assert await installed.missing() == {TITLES[4]: "ignored"}
    await until(lambda: _is(installed, TITLES[4], EntryState.NOT_COUNTED))

    await installed.run(WantReleasedBooks)
    assert (await installed.states())[TITLES[3]] is EntryState.UPCOMING
    installed.clock.at = datetime(2026, 4, 30, 23, 59, tzinfo=UTC)
    await installed.run(WantReleasedBooks)
    assert (await installed.states())[TITLES[3]] is EntryState.UPCOMING
    installed.clock.at = datetime(2026, 5, 1, 0, 5, tzinfo=UTC)
    await installed.run(WantReleasedBooks)
    assert await installed.missing() == {TITLES[3]: "identified", TITLES[4]: "ignored"}

    await installed.run(FindSeriesGaps)
    await installed.run(ScanLibrary)
    assert await installed.missing() == {TITLES[3]: "identified", TITLES[4]: "ignored"}
    assert (await installed.states())[TITLES[4]] is EntryState.NOT_COUNTED
    series = await installed.series()
    assert (series.missing, series.upcoming) == (1, 0)

    await installed.bus.ask(UndoSeriesCorrection(series_id=series.id, id=removed.id))
    await until(lambda: _is(installed, TITLES[4], EntryState.MISSING))
    assert (await installed.series()).missing == 2


async def _is(installed: Installation, title: str, state: EntryState) -> bool:
    return (await installed.states())[title] is state
