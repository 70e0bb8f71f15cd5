"""Download clients and Prowlarr for the adapters' tests."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session, key_header
from downloader.adapters.clients.transmission.client import Transmission
from downloader.adapters.clients.transmission.rpc import Rpc
from downloader.adapters.torrents import from_bytes
from downloader.domain.download_client import Torrent
from downloader.domain.folders import SharedFolder
from harness.qbittorrent import USERNAME, QBittorrentServer
from harness.transmission import TransmissionServer
from sandbox.outcomes import Controlled
from sandbox.testing import a_world
from sandbox.torrent import TorrentFile, make_torrent
from sandbox.world import Offer
from shared.chassis.http import Remote

from sandbox import qbittorrent, transmission

from .tested_client import REAL, STAND_INS, ClientUnderTest, QBittorrentPerson, TransmissionPerson

PASSWORD = "a-password"


def torrent_file(offer: Offer) -> TorrentFile:
    return make_torrent(offer, "http://tracker.invalid/announce")


class InMemoryRefusedLogins:
    """Stores a refused login in memory. Another test shows that the real one survives a restart."""

    def __init__(self) -> None:
        self._last: tuple[str, str, datetime] | None = None

    async def reason(self, credentials: str, since: datetime) -> str | None:
        if self._last is None or self._last[0] != credentials or self._last[2] <= since:
            return None
        return self._last[1]

    async def store(self, credentials: str, reason: str, at: datetime) -> None:
        self._last = (credentials, reason, at)

    async def delete(self) -> None:
        self._last = None


@pytest.fixture
def torrent_of() -> Callable[[Offer], Torrent]:
    return lambda offer: from_bytes("indexer", torrent_file(offer).metainfo)


@pytest.fixture
async def remote_for() -> AsyncIterator[Callable[..., Remote]]:
    """The connection to a stand-in, or to a real server by its address."""
    remotes: list[Remote] = []

    def make(app: Controlled | None = None, url: str = "http://stand-in", api_key: str = "") -> Remote:
        transport = httpx.ASGITransport(app) if app else None
        remotes.append(Remote(SYSTEM, url, headers=key_header(api_key), transport=transport))
        return remotes[-1]

    yield make
    for remote in remotes:
        await remote.aclose()


@pytest.fixture
def person_at(remote_for: Callable[..., Remote]) -> Callable[[Controlled], Session]:
    """The session of a person at the stand-in."""
    return lambda app: Session(remote_for(app), "admin", PASSWORD, refused=InMemoryRefusedLogins())


@pytest.fixture
def client_for(download_folder: Path, remote_for: Callable[..., Remote]) -> Callable[..., QBittorrent]:
    """Our client of a stand-in, or of a real server by its address."""

    def make(app: Controlled | None = None, url: str = "http://stand-in", **login: Any) -> QBittorrent:
        api_key = login.get("api_key", "")
        remote = remote_for(app, url, api_key)
        session = Session(
            remote,
            login.get("username", "admin"),
            login.get("password", PASSWORD),
            refused=login.get("refused") or InMemoryRefusedLogins(),
            uses_api_key=bool(api_key),
        )
        appears_within_seconds = 0.5 if app else 10.0
        return QBittorrent(
            remote,
            session,
            category="gapless",
            downloads=SharedFolder(download_folder),
            appears_within_seconds=appears_within_seconds,
        )

    return make


class Seconds:
    """The clock of a stand-in."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def forward(self) -> None:
        self.now += 60


@pytest.fixture(scope="session")
def real_qbittorrent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QBittorrentServer]:
    with QBittorrentServer(tmp_path_factory.mktemp("qbittorrent"), password=PASSWORD) as server:
        yield server


@pytest.fixture(scope="session")
def real_transmission(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TransmissionServer]:
    with TransmissionServer(tmp_path_factory.mktemp("transmission"), password=PASSWORD) as server:
        yield server


@pytest.fixture(params=[*STAND_INS, *(pytest.param(name, marks=pytest.mark.needs(name)) for name in REAL)])
def tested(
    request: pytest.FixtureRequest,
    download_folder: Path,
    client_for: Callable[..., QBittorrent],
    remote_for: Callable[..., Remote],
) -> ClientUnderTest:
    """Each download client, connected to each stand-in and each real program."""
    name, seconds = str(request.param), Seconds()
    kind, _, version = name.partition(" ")
    options: dict[str, Any] = {"default_save_path": download_folder, "password": PASSWORD, "clock": seconds}
    if kind.startswith("qbittorrent"):
        if name in REAL:
            where = {"url": request.getfixturevalue("real_qbittorrent").url, "username": USERNAME}
        else:
            of_version: Any = version
            where = {"app": qbittorrent.create(a_world(), username="admin", version=of_version, **options)}
        client = client_for(**where)
        person = QBittorrentPerson(client._session)
        return ClientUnderTest(
            client, download_folder, person, lambda password: client_for(**where, password=password), seconds.forward
        )
    if name in REAL:
        remote = remote_for(url=request.getfixturevalue("real_transmission").url)
    else:
        app = transmission.create(a_world(), username=USERNAME, **options)
        remote = remote_for(app)

    def connected(password: str) -> Transmission:
        rpc = Rpc(remote, "transmission/rpc", USERNAME, password, refused=InMemoryRefusedLogins())
        return Transmission(rpc, label="gapless", downloads=SharedFolder(download_folder))

    client_of_transmission = connected(PASSWORD)
    return ClientUnderTest(
        client_of_transmission,
        download_folder,
        TransmissionPerson(client_of_transmission._rpc),
        connected,
        seconds.forward,
    )
