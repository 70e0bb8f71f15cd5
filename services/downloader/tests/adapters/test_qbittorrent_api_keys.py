"""API keys, which qBittorrent has from 5.2 on."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session
from downloader.domain.download_client import Torrent
from downloader.domain.folders import SharedFolder
from sandbox.outcomes import Controlled
from sandbox.qbittorrent.dialect import Version
from sandbox.testing import a_world, an_offer
from sandbox.world import Offer
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote

from sandbox import qbittorrent

from .conftest import InMemoryRefusedLogins

OFFER = an_offer()
Person = Callable[[Controlled], Session]


@pytest.fixture
def server_of(download_folder: Path) -> Callable[[Version], Controlled]:
    world = a_world(offers=[OFFER.model_dump()])
    return lambda version: qbittorrent.create(
        world, default_save_path=download_folder, username="admin", password="a-password", version=version
    )


@pytest.fixture
def server(server_of: Callable[[Version], Controlled]) -> Controlled:
    return server_of("5.3")


async def new_key(server: Controlled, person_at: Person) -> str:
    key: str = (await person_at(server).call("POST", "app/rotateAPIKey")).json()["apiKey"]
    return key


def logins(server: Controlled) -> int:
    return sum(call.path == "/api/v2/auth/login" for call in server.outcomes.requests)


async def test_an_api_key_needs_no_login(
    server: Controlled,
    person_at: Person,
    client_for: Callable[..., QBittorrent],
    torrent_of: Callable[[Offer], Torrent],
) -> None:
    client = client_for(server, api_key=await new_key(server, person_at), password="")
    before = logins(server)

    added = await client.add(torrent_of(OFFER))
    _, seen = await client.changes()

    assert seen.get(added.hashes[0]) is not None
    assert logins(server) == before


async def test_a_deleted_api_key_is_refused_without_a_login(
    server: Controlled, person_at: Person, client_for: Callable[..., QBittorrent]
) -> None:
    client = client_for(server, api_key=await new_key(server, person_at))
    await person_at(server).call("POST", "app/deleteAPIKey")
    before = logins(server)

    for _ in range(6):
        with pytest.raises(RemoteRefusedUs, match="QBITTORRENT_API_KEY"):
            await client.version()
    assert logins(server) == before


@pytest.mark.parametrize("version", ["4.5", "5.1"])
async def test_an_api_key_for_a_version_without_them_is_refused_with_advice(
    version: Version, server_of: Callable[[Version], Controlled], client_for: Callable[..., QBittorrent]
) -> None:
    client = client_for(server_of(version), api_key="qbt_0123456789abcdef0123456789ab")

    with pytest.raises(RemoteRefusedUs, match=r"before 5\.2, use QBITTORRENT_USERNAME") as refused:
        await client.version()
    assert "qbt_" not in str(refused.value)


async def test_two_programs_with_the_same_api_key_do_not_look_like_restarts_of_the_client(
    server: Controlled, person_at: Person, client_for: Callable[..., QBittorrent]
) -> None:
    """They share one session, so each gets a full update after the other has asked."""
    key = await new_key(server, person_at)
    first, second = client_for(server, api_key=key), client_for(server, api_key=key)

    for _ in range(3):
        await first.changes()
        await second.changes()

    assert first.session_began_at is None


async def test_a_restart_of_the_client_is_noticed_with_an_api_key() -> None:
    """The numbers of the responses start again from 1."""
    numbers = iter([7, 8, 1])

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"rid": next(numbers), "full_update": True})

    remote = Remote(SYSTEM, "http://qbittorrent", transport=httpx.MockTransport(answer))
    session = Session(remote, "", "", refused=InMemoryRefusedLogins(), uses_api_key=True)
    client = QBittorrent(remote, session, category="gapless", downloads=SharedFolder(Path("/downloads")))

    await client.changes()
    await client.changes()
    before = client.session_began_at
    await client.changes()

    assert before is None
    assert client.session_began_at is not None
