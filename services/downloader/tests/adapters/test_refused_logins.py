"""A refused login is not repeated soon, even after a restart."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session
from downloader.adapters.postgres.refused_logins import RefusedLogins
from sandbox.outcomes import Controlled
from sandbox.testing import a_world
from shared.chassis.database import Database
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote
from shared.testing.clocks import ManualClock
from sqlalchemy import text

from sandbox import qbittorrent

ADDRESS = "http://stand-in"
Started = Callable[..., Session]


@pytest.fixture
def server(download_folder: Path) -> Controlled:
    return qbittorrent.create(
        a_world(), default_save_path=download_folder, username="admin", password="right", version="4.5"
    )


@pytest.fixture
async def started(server: Controlled, database: Database, clock: ManualClock) -> AsyncIterator[Started]:
    """A session of a process that has just been started."""
    remotes = []

    def start(password: str = "wrong") -> Session:
        remotes.append(remote := Remote(SYSTEM, ADDRESS, transport=httpx.ASGITransport(server)))
        return Session(remote, "admin", password, refused=RefusedLogins(database.engine, ADDRESS), now=clock.now)

    yield start
    for remote in remotes:
        await remote.aclose()


def logins(server: Controlled) -> int:
    return sum(call.path == "/api/v2/auth/login" for call in server.outcomes.requests)


async def test_restarts_do_not_repeat_a_refused_login(server: Controlled, started: Started) -> None:
    for _ in range(6):
        with pytest.raises(RemoteRefusedUs, match="wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"):
            await started().call("GET", "app/version")

    assert logins(server) == 1


async def test_another_password_is_tried_at_once(started: Started) -> None:
    with pytest.raises(RemoteRefusedUs):
        await started().call("GET", "app/version")

    assert (await started("right").call("GET", "app/version")).text.startswith("v")


async def test_a_refused_login_is_retried_after_fifteen_minutes(
    server: Controlled, started: Started, clock: ManualClock
) -> None:
    with pytest.raises(RemoteRefusedUs):
        await started().call("GET", "app/version")
    clock.at += timedelta(minutes=16)
    with pytest.raises(RemoteRefusedUs):
        await started().call("GET", "app/version")

    assert logins(server) == 2


async def test_a_successful_login_deletes_the_refusal_and_no_password_is_stored(
    started: Started, database: Database
) -> None:
    with pytest.raises(RemoteRefusedUs):
        await started("secret-of-mine").call("GET", "app/version")
    async with database.engine.connect() as connection:
        (row,) = await connection.execute(text("select * from downloads.refused_logins"))
    await started("right").call("GET", "app/version")
    async with database.engine.connect() as connection:
        left = (await connection.execute(text("select * from downloads.refused_logins"))).all()

    assert "secret-of-mine" not in str(row)
    assert left == []
