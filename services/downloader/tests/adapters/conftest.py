"""qBittorrent and Prowlarr for the adapters' tests."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session, key_header
from downloader.adapters.torrents import from_bytes
from downloader.domain.download_client import Torrent
from downloader.domain.folders import SharedFolder
from sandbox.outcomes import Controlled
from sandbox.torrent import TorrentFile, make_torrent
from sandbox.world import Offer
from shared.chassis.http import Remote

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
