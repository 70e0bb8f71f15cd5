"""The download client against a real qbittorrent-nox, which finds the content on its disk and seeds it."""

import asyncio
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import Torrent
from sandbox.content import write_content
from sandbox.testing import an_offer
from sandbox.world import Offer
from shared.chassis.errors import RemoteRefusedUs

SETTINGS = """[LegalNotice]
Accepted=true
[BitTorrent]
Session\\DHTEnabled=false
Session\\LSDEnabled=false
Session\\PeXEnabled=false
[Preferences]
WebUI\\Address=127.0.0.1
WebUI\\LocalHostAuth=true
WebUI\\Port={port}
WebUI\\Username=admin
WebUI\\Password_PBKDF2="@ByteArray({password})"
"""
ADMINADMIN = (
    "ARQ77eY1NUZaQsuDHbIMCA==:0WMRkYTUWVT9wVvdDtHAjU9b3b7uB8NR1Gur2hmQCvCDpm39Q+PsJRJPaCU51dEiz+dTzh8qbPsL8WkFljQYFQ=="
)
"""The hash of the password that qBittorrent had by default before 4.6.1."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    settings = tmp_path / "profile/qBittorrent/config/qBittorrent.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS.format(port=port, password=ADMINADMIN))
    command = ["qbittorrent-nox", f"--profile={tmp_path / 'profile'}"]
    environment = os.environ | {"HOME": str(tmp_path)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


async def answering(client: QBittorrent, address: str) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            try:
                await http.get(f"{address}/api/v2/app/version")
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return


async def until_complete(client: QBittorrent, torrent: Torrent) -> str:
    async with asyncio.timeout(60):
        while True:
            _, seen = await client.changes()
            found = seen.get(torrent.identity.info_hash)
            if found is not None and found.state is ClientState.COMPLETE:
                return found.content_path
            await asyncio.sleep(0.2)


@pytest.mark.needs("qbittorrent-nox")
async def test_a_torrent_is_added_once_completed_and_removed(
    address: str,
    client_for: Callable[..., QBittorrent],
    torrent_of: Callable[[Offer], Torrent],
    download_folder: Path,
) -> None:
    offer, client = an_offer(), client_for(url=address, password="adminadmin")
    await answering(client, address)
    torrent = torrent_of(offer)
    (content,) = write_content(offer, download_folder / torrent.identity.info_hash)

    first = await client.add(torrent)
    again = await client.add(torrent)
    path = await until_complete(client, torrent)
    await client.remove(first, with_files=False)

    assert first.hashes[0] == again.hashes[0] == torrent.identity.info_hash
    assert path == str(content)
    assert await client.find(torrent.identity.hashes) is None
    assert content.exists()


@pytest.mark.needs("qbittorrent-nox")
async def test_a_real_server_refuses_a_wrong_password(address: str, client_for: Callable[..., QBittorrent]) -> None:
    client = client_for(url=address, password="wrong")
    await answering(client, address)

    with pytest.raises(RemoteRefusedUs, match="QBITTORRENT_PASSWORD"):
        await client.version()
