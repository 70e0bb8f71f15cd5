"""qBittorrent and Prowlarr for the adapters' tests."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from downloader.adapters.qbittorrent import QBittorrent
from downloader.adapters.qbittorrent.session import SYSTEM, Session
from downloader.adapters.torrents import from_bytes
from downloader.domain.folders import SharedFolder
from downloader.domain.ports import Torrent
from sandbox.outcomes import Controlled
from sandbox.torrent import TorrentFile, make_torrent
from sandbox.world import Offer
from shared.chassis.http import Remote

PASSWORD = "a-password"


def torrent_file(offer: Offer) -> TorrentFile:
    return make_torrent(offer, "http://tracker.invalid/announce")


@pytest.fixture
def torrent_of() -> Callable[[Offer], Torrent]:
    return lambda offer: from_bytes("indexer", torrent_file(offer).metainfo)


@pytest.fixture
async def client_for(download_folder: Path) -> AsyncIterator[Callable[..., QBittorrent]]:
    """Our client of a stand-in, or of a real server by its address."""
    remotes: list[Remote] = []

    def make(app: Controlled | None = None, url: str = "http://stand-in", **login: Any) -> QBittorrent:
        remote = Remote(SYSTEM, url, transport=httpx.ASGITransport(app) if app else None)
        remotes.append(remote)
        session = Session(remote, login.get("username", "admin"), login.get("password", PASSWORD))
        patience = 0.5 if app else 10.0
        return QBittorrent(
            remote,
            session,
            category="gapless",
            downloads=SharedFolder(download_folder),
            appears_within_seconds=patience,
        )

    yield make
    for remote in remotes:
        await remote.aclose()
