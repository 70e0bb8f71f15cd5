"""The running service: real Postgres, real NATS and real messages, the stand-in of qBittorrent on loopback.

The test answers for the library and for MyAnonamouse's service.
"""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import nats
import pytest
from downloader.app import SPEC, build
from downloader.settings import SETTINGS, DownloaderSettings
from nats.aio.client import Client
from nats.aio.msg import Msg
from provisioning.broker import provision_services
from pydantic import TypeAdapter
from sandbox.testing import a_world, an_offer
from sandbox.torrent import make_torrent
from shared.chassis.service import running
from shared.chassis.serving import serving
from shared.contracts.downloads.commands import MonitorDownloads, SearchWanted
from shared.contracts.downloads.downloads import Download, DownloadStatus, ListDownloads
from shared.contracts.downloads.interactive_search import SearchReleases
from shared.contracts.library.books import ListBookFolders, ListBooks, SampleBookPaths
from shared.contracts.library.folders import LookInLibraryFolders
from shared.contracts.library.imports import ImportConfirmed
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook
from shared.contracts.mam.grabs import AssessGrabs, GrabAssessment, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, MamAnswer, QueryMam, Release, TorrentFile
from shared.contracts.message import Message, Request
from shared.contracts.page import Page
from shared.contracts.values import MissingStatus
from shared.testing.flushing import flush
from shared.testing.publishing import send_message

from sandbox import qbittorrent

OFFER = an_offer(size_bytes=144_000_000, files=[{"name": "Land of Oz.m4b", "duration_minutes": 300}])


class Neighbours:
    """Answers and sends messages like the other services."""

    def __init__(self, connection: Client) -> None:
        self._connection = connection
        self.received: list[Request[Any]] = []

    async def answer(self, request: type[Request[Any]], reply: Callable[[Any], Any]) -> None:
        shape = TypeAdapter(request.reply_type())

        async def respond(message: Msg) -> None:
            received = request.model_validate_json(message.data)
            self.received.append(received)
            await message.respond(shape.dump_json(reply(received)))

        await self._connection.subscribe(request.subject, cb=respond)
        await flush(self._connection)

    def received_by_mam(self) -> list[QueryMam | AssessGrabs | ReserveGrab | FetchMamTorrent]:
        asked = (QueryMam, AssessGrabs, ReserveGrab, FetchMamTorrent)
        return [each for each in self.received if isinstance(each, asked)]

    async def say(self, message: Message) -> None:
        await send_message(self._connection.jetstream(), message)

    async def ask(self, request: Request[Any]) -> Any:
        answer = await self._connection.request(request.subject, request.model_dump_json().encode(), timeout=60)
        return TypeAdapter(request.reply_type()).validate_json(answer.data)

    async def download(self) -> Download | None:
        page: Page[Download] = await self.ask(ListDownloads())
        return page.items[0] if page.items else None

    async def until(self, status: DownloadStatus, *, placed: bool = False, **tick: Message) -> Download:
        async with asyncio.timeout(60):
            while True:
                download = await self.download()
                if download is not None and download.status is status and (download.library_path or not placed):
                    return download
                for message in tick.values():
                    await self.say(message)
                await asyncio.sleep(0.2)


def found_in(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.m4b")]


@pytest.fixture
async def neighbours(
    nats_url: str,
    a_missing_book: Callable[..., MissingBook],
    a_release: Callable[..., Release],
    an_assessment: Callable[..., GrabAssessment],
) -> AsyncIterator[Neighbours]:
    connection = await nats.connect(nats_url)
    await provision_services(connection.jetstream())
    neighbours = Neighbours(connection)
    book, made = a_missing_book(), make_torrent(OFFER, "http://tracker/announce")

    def missing(request: ListMissingBooks) -> Page[MissingBook]:
        items = [book] if request.status == [MissingStatus.IDENTIFIED] else []
        return Page(items=items, total=len(items), limit=request.limit, offset=request.offset)

    file = TorrentFile(
        content=base64.b64encode(made.metainfo), info_hash=made.info_hash, name=made.name, size_bytes=made.size_bytes
    )
    await neighbours.answer(ListMissingBooks, missing)
    await neighbours.answer(ListBookFolders, lambda _: [])
    await neighbours.answer(
        ListBooks, lambda request: Page(items=[], total=0, limit=request.limit, offset=request.offset)
    )
    await neighbours.answer(QueryMam, lambda _: MamAnswer(releases=[a_release(id=OFFER.id)], queries=1))
    await neighbours.answer(SampleBookPaths, lambda _: [])
    await neighbours.answer(LookInLibraryFolders, lambda _: [])
    await neighbours.answer(AssessGrabs, lambda request: [an_assessment() for _ in request.releases])
    await neighbours.answer(ReserveGrab, lambda _: an_assessment())
    await neighbours.answer(FetchMamTorrent, lambda _: file)
    yield neighbours
    await connection.close()


@pytest.fixture
async def qbittorrent_url(download_folder: Path) -> AsyncIterator[str]:
    app = qbittorrent.create(
        a_world(offers=[OFFER.model_dump()]),
        default_save_path=download_folder,
        username="admin",
        password="a-password",
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with serving(app, "127.0.0.1", port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def settings(
    database_url: str, nats_url: str, qbittorrent_url: str, download_folder: Path, library_folder: Path
) -> DownloaderSettings:
    return SETTINGS.read(
        {
            "DATABASE_URL": database_url,
            "NATS_URL": nats_url,
            "SECRET_KEY": "s" * 32,
            "QBITTORRENT_URL": qbittorrent_url,
            "QBITTORRENT_PASSWORD": "a-password",
            "DOWNLOAD_PATH": str(download_folder),
            "LIBRARY_PATH": str(library_folder),
            "SERIES_AUTO_DOWNLOAD": "true",
            "MIN_FREE_DISK_GIB": "0",
            "HEALTH_PORT": "0",
        }
    )


async def test_a_wanted_book_is_searched_downloaded_and_imported_by_messages(
    settings: DownloaderSettings, neighbours: Neighbours, library_folder: Path
) -> None:
    async with running(settings, SPEC, build):
        await neighbours.say(SearchWanted(run_id=uuid4()))
        await neighbours.until(DownloadStatus.DOWNLOADING)
        download = await neighbours.until(DownloadStatus.IMPORTING, placed=True, tick=MonitorDownloads())
        await neighbours.say(ImportConfirmed(download_id=download.id, missing_book_id=None, book_id=uuid4()))
        await neighbours.until(DownloadStatus.IMPORTED)

    assert found_in(library_folder) == ["Land of Oz.m4b"]


async def test_only_an_interactive_search_says_that_a_person_waits(
    settings: DownloaderSettings, neighbours: Neighbours
) -> None:
    async with running(settings, SPEC, build):
        await neighbours.ask(SearchReleases(query="The Marvelous Land of Oz"))
        assert {(type(each), each.person_waits) for each in neighbours.received_by_mam()} == {
            (QueryMam, True), (AssessGrabs, True),
        }  # fmt: skip
        neighbours.received.clear()
        await neighbours.say(SearchWanted(run_id=uuid4()))
        await neighbours.until(DownloadStatus.DOWNLOADING)
    assert {(type(each), each.person_waits) for each in neighbours.received_by_mam()} == {
        (QueryMam, False), (AssessGrabs, False), (ReserveGrab, False), (FetchMamTorrent, False),
    }  # fmt: skip
