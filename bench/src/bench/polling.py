"""The processor time of a poll of the download client, of which nearly all torrents belong to other programs."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import httpx
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import Session
from downloader.adapters.clients.transmission.client import Transmission
from downloader.adapters.clients.transmission.rpc import Rpc
from downloader.domain.download_client import DownloadClient
from downloader.domain.folders import SharedFolder
from sandbox.drift import recordings
from shared.chassis.http import Remote

from bench.figures import Figure

SECTION = "poll of the download client"
TORRENTS = (1_000, 10_000)
POLLS = 10
CHANGED_SHARE = 0.01
OURS = 20
_DOWNLOADS = SharedFolder(Path("/downloads"))


class _NoRefusals:
    """Nobody refuses a login here."""

    async def reason(self, credentials: str, since: datetime) -> str | None:
        return None

    async def store(self, credentials: str, reason: str, at: datetime) -> None:
        raise AssertionError(reason)

    async def delete(self) -> None:
        return None


def measure_polls() -> list[Figure]:
    """The first poll, and the mean of those after it, each with a lookup of our torrents."""
    return [figure for count in TORRENTS for figure in asyncio.run(_measure(count))]


async def _measure(count: int) -> list[Figure]:
    first, next_ones = await _polls(_qbittorrent(count), count)
    _, of_transmission = await _polls(_transmission(count), count)
    return [
        Figure(SECTION, f"qBittorrent, {count:,} torrents, first", first * 1000, "ms"),
        Figure(SECTION, f"qBittorrent, {count:,} torrents, 1 % changed", next_ones * 1000, "ms"),
        Figure(SECTION, f"Transmission, {count:,} torrents", of_transmission * 1000, "ms"),
    ]


async def _polls(client: DownloadClient, count: int) -> tuple[float, float]:
    """The processor seconds of the first poll, and the mean of the others."""
    first = await _cost(lambda: _poll(client, count))
    others = [await _cost(lambda: _poll(client, count)) for _ in range(POLLS)]
    return first, sum(others) / POLLS


async def _cost(act: Callable[[], Awaitable[None]]) -> float:
    started = time.process_time()
    await act()
    return time.process_time() - started


async def _poll(client: DownloadClient, count: int) -> None:
    _, seen = await client.changes()
    found = [seen.get(f"{number:040x}") for number in range(0, count, count // OURS)]
    assert all(found)


def _qbittorrent(count: int) -> QBittorrent:
    """A client whose first response has every torrent as recorded, and each further one the changes of some."""
    recorded = next(call for call in recordings("qbittorrent-5.1") if call.name == "maindata-full").response.body
    row = recorded["torrents"]["{hash}"]
    torrents = {f"{number:040x}": row | {"infohash_v1": f"{number:040x}"} for number in range(count)}
    whole = json.dumps(recorded | {"torrents": torrents}).encode()
    few = list(torrents)[:: int(1 / CHANGED_SHARE)]
    changes = json.dumps({"rid": 4, "torrents": {each: {"dlspeed": 7, "eta": 60} for each in few}}).encode()

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=whole if request.url.params["rid"] == "0" else changes)

    remote = Remote("qBittorrent", "http://bench", transport=httpx.MockTransport(answer), max_bytes=2**30)
    return QBittorrent(remote, Session(remote, "", "", refused=_NoRefusals()), category="gapless", downloads=_DOWNLOADS)


def _transmission(count: int) -> Transmission:
    """A client that gets every torrent with each response."""
    values = {
        "hashString": "", "name": "The Marvelous Land of Oz", "status": 6, "error": 0, "errorString": "",
        "percentDone": 1, "metadataPercentComplete": 1, "sizeWhenDone": 144_000_000, "leftUntilDone": 0,
        "rateDownload": 0, "eta": -1, "peersSendingToUs": 0, "secondsSeeding": 1000, "uploadedEver": 7,
        "uploadRatio": 0.5, "downloadDir": "/downloads", "labels": ["films"],
    }  # fmt: skip
    rows = [[f"{number:040x}", *list(values.values())[1:]] for number in range(count)]
    table = {"result": "success", "arguments": {"torrents": [list(values), *rows]}}
    content = json.dumps(table).encode()

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=content)

    remote = Remote("Transmission", "http://bench", transport=httpx.MockTransport(answer), max_bytes=2**30)
    rpc = Rpc(remote, "transmission/rpc", "", "", refused=_NoRefusals())
    return Transmission(rpc, label="gapless", downloads=_DOWNLOADS)
