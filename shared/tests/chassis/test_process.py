"""A service as a process, and its exit status."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import nats
import psycopg
import pytest
from embedded.nats_server import NatsServer
from harness.forking import Fork
from nats.js import JetStreamContext
from shared.chassis.consumers import RETRY_POLICY
from shared.chassis.database import Database
from shared.chassis.failed_messages import FailedMessages
from shared.chassis.process import run
from shared.chassis.settings import EXIT_SETTINGS, ServiceSettings
from shared.chassis.startup_failure import read
from shared.chassis.subscriptions import durable_of
from shared.contracts.system import ListFailedMessages
from shared.testing.publishing import send_message
from shared.testing.tiny import TINY, Shelve, Tiny
from shared.testing.waiting import until

STARTED = "service_started"


def main() -> None:
    """The entry point of the process under test."""
    run(TINY, ServiceSettings, Tiny().build)


def command() -> list[str]:
    program = f"import runpy; runpy.run_path({str(Path(__file__))!r})['main']()"
    return [sys.executable, "-c", program]


def environment(**settings: str) -> dict[str, str]:
    return {"PATH": os.defpath, "HEALTH_PORT": "0", **settings}


def run_to_end(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(), env=environment(**settings), cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


def test_missing_settings_are_listed_line_by_line_and_the_exit_status_is_78(tmp_path: Path) -> None:
    process = run_to_end(tmp_path)
    assert process.returncode == EXIT_SETTINGS == 78
    lines = process.stderr.splitlines()
    assert [line.split(":")[:2] for line in lines] == [[TINY.name, " DATABASE_URL"], [TINY.name, " NATS_URL"]]
    assert "Traceback" not in process.stderr


@pytest.mark.parametrize("nats_url", ["nonsense:port", "nats://127.0.0.1:1"])
def test_wrong_settings_exit_with_78_even_if_nats_is_unreachable(nats_url: str, tmp_path: Path) -> None:
    process = run_to_end(tmp_path, NATS_URL=nats_url, LOG_LEVEL="loud", DATABASE_URL="postgresql://")
    assert process.returncode == EXIT_SETTINGS
    assert "LOG_LEVEL: " in process.stderr
    assert "Traceback" not in process.stderr


def test_a_database_of_a_newer_version_ends_the_service_with_the_remedy(database_url: str, tmp_path: Path) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("update library.alembic_version set version_num = '9999'")
    process = run_to_end(tmp_path, NATS_URL="nats://127.0.0.1:1", DATABASE_URL=database_url)
    assert process.returncode == 1
    (line,) = process.stderr.splitlines()
    assert line.startswith("library-scanner: the schema library has the revision 9999")
    assert line.endswith("Start that version, or restore a backup that was made before the update")


def test_an_unreadable_secret_file_exits_with_78(tmp_path: Path) -> None:
    process = run_to_end(tmp_path, NATS_URL_FILE=str(tmp_path / "nowhere"), DATABASE_URL="postgresql://x")
    assert process.returncode == EXIT_SETTINGS
    assert "NATS_URL_FILE: cannot read" in process.stderr
    assert "Traceback" not in process.stderr


async def test_wrong_settings_are_reported_as_a_startup_failure(
    nats_server: NatsServer, jetstream: JetStreamContext, tmp_path: Path
) -> None:
    process = await asyncio.to_thread(run_to_end, tmp_path, NATS_URL=nats_server.url())
    assert process.returncode == EXIT_SETTINGS
    connection = await nats.connect(nats_server.url())
    failure = await read(connection, TINY.name)
    await connection.close()
    assert failure is not None
    assert failure.lines[0].startswith("DATABASE_URL: missing. Format: ")


async def test_it_exits_with_0_when_stopped(
    database_url: str, nats_server: NatsServer, jetstream: JetStreamContext, tmp_path: Path
) -> None:
    process = await asyncio.create_subprocess_exec(
        *command(),
        env=environment(DATABASE_URL=database_url, NATS_URL=nats_server.url()),
        cwd=tmp_path,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while STARTED not in (await process.stderr.readline()).decode():
            assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


async def test_it_waits_for_postgres_and_exits_with_0_when_stopped_meanwhile(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *command(),
        env=environment(DATABASE_URL="postgresql://x:y@127.0.0.1:1/gapless", NATS_URL="nats://127.0.0.1:1"),
        cwd=tmp_path,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while "waiting_for_postgres" not in (await process.stderr.readline()).decode():
            assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0


CRASHING = """
import os, signal
from shared.chassis.process import run
from shared.chassis.settings import ServiceSettings
from shared.testing.tiny import TINY, Tiny

async def crash(message):
    os.kill(os.getpid(), signal.SIGKILL)

run(TINY, ServiceSettings, Tiny(shelve=crash).build)
"""
"""A service whose handler crashes its process without an exception, as a decoder can on a broken audio file."""


class RestartedProcess:
    """A process that is restarted whenever it crashes, as by a container engine."""

    def __init__(self, module: str, settings: dict[str, str], folder: Path) -> None:
        self.crashes = -1
        self._process: Fork | None = None
        self._arguments = module, settings, folder

    def restart_if_crashed(self) -> None:
        """Start the process unless it is running."""
        if self._process is None or self._process.poll() is not None:
            module, settings, folder = self._arguments
            command = [sys.executable, "-m", module]
            self._process = Fork(command, environment=settings, folder=folder, log=folder / "log")
            self.crashes += 1

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


async def test_a_message_that_crashes_the_process_each_time_is_stored_as_failed_and_blocks_nothing(
    database_url: str, database: Database, nats_server: NatsServer, jetstream: JetStreamContext, tmp_path: Path
) -> None:
    (tmp_path / "crashing_service.py").write_text(CRASHING)
    settings = environment(DATABASE_URL=database_url, NATS_URL=nats_server.url())
    process = RestartedProcess("crashing_service", settings, tmp_path)
    failures = FailedMessages(database, TINY.name)
    await send_message(jetstream, Shelve(book="Ozma of Oz"))

    async def is_stored() -> bool:
        process.restart_if_crashed()
        return await failures.count() > 0

    async def is_settled() -> bool:
        consumer = await jetstream.consumer_info("COMMANDS", durable_of(TINY.name, Shelve))
        return (consumer.num_pending, consumer.num_ack_pending) == (0, 0)

    try:
        await until(is_stored, seconds=120)
        await until(is_settled)
    finally:
        process.end()
    (message,) = (await failures.list(ListFailedMessages())).items
    assert (process.crashes, message.final) == (RETRY_POLICY.attempts, True)
    assert f"the service crashed {RETRY_POLICY.attempts} times" in message.error
    assert message.consumer == durable_of(TINY.name, Shelve)
