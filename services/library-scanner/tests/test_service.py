"""The whole service on a real Postgres and a real NATS."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from uuid import uuid4

import nats
import pytest
from harness.plugin import FreshDatabase
from library_builders import TOKEN, a_book, a_world
from library_scanner.app import SPEC, build
from library_scanner.settings import LibraryScannerSettings
from provisioning.broker import provision_services
from shared.chassis.bus import Bus
from shared.chassis.service import Service, running
from shared.chassis.serving import serving
from shared.contracts.library.books import ListBooks
from shared.contracts.library.scans import ScanLibrary
from shared.contracts.runs import RunFinished, RunOutcome
from shared.testing.publishing import send_message

from sandbox import audiobookshelf


@pytest.fixture
async def service(
    fresh_database: Callable[..., FreshDatabase], nats_url: str, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Service]:
    connection = await nats.connect(nats_url)
    await provision_services(connection.jetstream())
    stand_in = audiobookshelf.create(a_world(a_book(1), a_book(2)), library_folder=tmp_path, token=TOKEN)
    settings = LibraryScannerSettings(
        _env_file=None,
        database_url=fresh_database().url("library_scanner"),
        nats_url=nats_url,
        abs_url=f"http://127.0.0.1:{unused_tcp_port}",
        abs_token=TOKEN,
        secret_key="only-for-tests" * 3,
        health_port=0,
    )
    async with serving(stand_in, "127.0.0.1", unused_tcp_port), running(settings, SPEC, build) as service:
        yield service
    await connection.close()


async def test_a_scan_sent_as_a_message_finishes_its_run_and_stores_the_books(service: Service, nats_url: str) -> None:
    connection = await nats.connect(nats_url)
    jetstream = connection.jetstream()
    ended = await jetstream.subscribe(RunFinished.subject)
    command = ScanLibrary(run_id=uuid4())
    await send_message(jetstream, command)
    async with asyncio.timeout(60):
        message = await anext(ended.messages)
    finished = RunFinished.model_validate_json(message.data)
    assert (finished.run_id, finished.outcome, finished.details["added"]) == (command.run_id, RunOutcome.COMPLETED, 2)
    bus: Bus = service.bus
    assert (await bus.ask(ListBooks())).total == 2
    await connection.close()
