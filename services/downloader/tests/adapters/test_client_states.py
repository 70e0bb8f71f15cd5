"""The states of a torrent that people, disks and trackers bring about, at each stand-in and each real program."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from downloader.domain.client_state import ClientState
from downloader.domain.torrent import ClientTorrent
from embedded.server import Server
from harness.qbittorrent import QBittorrentServer

from .tested_client import ClientUnderTest
from .torrent_content import content_of


@pytest.fixture
async def refusing_tracker() -> AsyncIterator[str]:
    """The address of a tracker that knows no torrent."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = b"d14:failure reason20:unregistered torrente"
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/announce"


async def test_a_torrent_that_a_person_stops_is_stopped(tested: ClientUnderTest) -> None:
    content = content_of("Stopped", one=1)
    torrent = await tested.client.add(content.torrent)
    await tested.until_state(content, ClientState.STALLED)

    await tested.person.stop(torrent)

    await tested.until_state(content, ClientState.STOPPED)


async def test_a_complete_torrent_that_a_person_stops_is_complete_and_no_longer_seeds(tested: ClientUnderTest) -> None:
    content = content_of("Complete and stopped", one=1)
    torrent = await tested.complete(content)

    await tested.person.stop(torrent)

    await tested.until_state(content, ClientState.COMPLETE_STOPPED)


async def test_the_path_of_a_torrent_that_a_person_moves_is_the_new_one(tested: ClientUnderTest) -> None:
    content = content_of("Moved", one=1, two=1)
    torrent = await tested.complete(content)
    elsewhere = tested.folder / "elsewhere"

    await tested.person.move(torrent, elsewhere)

    new_path = str(elsewhere / "Moved")
    moved = await tested.until(
        content, lambda found: found.content_path == new_path and found.state is ClientState.COMPLETE
    )
    assert moved.progress == 1.0
    assert (elsewhere / "Moved" / "one.m4b").exists()


async def test_a_torrent_whose_category_a_person_removes_is_still_found(tested: ClientUnderTest) -> None:
    content = content_of("Without category", one=1)
    torrent = await tested.complete(content)

    await tested.person.clear_category(torrent)

    found = await tested.until(content, lambda found: found.category == "")
    _, seen = await tested.client.changes()
    assert found.state is ClientState.COMPLETE
    assert seen.get(content.info_hash) is not None
    assert (await tested.client.add(content.torrent)).category == ""


async def test_the_words_of_a_tracker_that_refuses_a_torrent_are_reported(
    tested: ClientUnderTest, refusing_tracker: str
) -> None:
    content = content_of("Unregistered", tracker=refusing_tracker, one=1)
    await tested.client.add(content.torrent)

    await tested.until(content, lambda found: _is_stalled_as_unregistered(tested, found))


async def test_a_torrent_with_deleted_files_is_downloaded_again(tested: ClientUnderTest) -> None:
    """Of a torrent with several files, one is left. A client whose torrent has none left may have to add it again."""
    content = content_of("Partly deleted", one=1, two=1)
    torrent = await tested.complete(content)
    (tested.folder / torrent.hashes[0] / "Partly deleted" / "two.m4b").unlink()

    assert await tested.client.recover(torrent)

    waiting = await tested.until_state(content, ClientState.STALLED)
    assert waiting.progress == 0.5


@pytest.mark.parametrize(
    ("tested", "server", "can_recover"),
    [
        pytest.param("qbittorrent-nox", "real_qbittorrent", True, marks=pytest.mark.needs("qbittorrent-nox")),
        pytest.param("transmission-daemon", "real_transmission", False, marks=pytest.mark.needs("transmission-daemon")),
    ],
    indirect=["tested"],
)
async def test_a_restart_is_noticed_and_files_that_vanished_meanwhile_are_missing(
    tested: ClientUnderTest, server: str, *, can_recover: bool, request: pytest.FixtureRequest
) -> None:
    """The session is lost too, and opened again."""
    program: Server = request.getfixturevalue(server)
    content = content_of("Vanished", one=1)
    await tested.complete(content)
    await tested.client.changes()
    began_at = tested.client.session_began_at
    program.stop()
    shutil.rmtree(tested.folder / content.info_hash)
    program.restart()

    missing = await tested.until_state(content, ClientState.MISSING_FILES)

    await tested.client.changes()
    assert began_at is not None
    assert tested.client.session_began_at is not None
    assert tested.client.session_began_at > began_at
    assert await tested.client.recover(missing) is can_recover
    if not can_recover:
        await tested.client.remove(missing, with_files=False)
        await tested.client.add(content.torrent)
    await tested.until_state(content, ClientState.STALLED)


@pytest.mark.needs("qbittorrent-nox")
@pytest.mark.parametrize("tested", ["qbittorrent-nox"], indirect=True)
async def test_a_folder_that_cannot_be_written_is_an_error_until_it_can_be_written(tested: ClientUnderTest) -> None:
    """Transmission does not notice it before data arrives."""
    content = content_of("Not writable", one=1)
    in_its_place = tested.folder / content.info_hash
    in_its_place.touch()
    await tested.client.add(content.torrent)
    errored = await tested.until_state(content, ClientState.ERRORED)

    in_its_place.unlink()
    await tested.client.recover(errored)

    await tested.until_state(content, ClientState.STALLED)


@pytest.fixture
def preferences(real_qbittorrent: QBittorrentServer) -> Iterator[Callable[..., None]]:
    """Changes preferences of the real qBittorrent. All of them are restored at the end."""
    with real_qbittorrent.session() as session:
        before = session.get("/app/preferences").json()
        changed: set[str] = set()

        def change(**values: object) -> None:
            changed.update(values)
            session.post("/app/setPreferences", data={"json": json.dumps(values)}).raise_for_status()

        yield change
        change(**{name: before[name] for name in changed})


@pytest.mark.needs("qbittorrent-nox")
@pytest.mark.parametrize("tested", ["qbittorrent-nox"], indirect=True)
async def test_a_torrent_waits_in_the_queue_of_the_client_until_there_is_room(
    tested: ClientUnderTest, preferences: Callable[..., None]
) -> None:
    preferences(queueing_enabled=True, max_active_downloads=0, dont_count_slow_torrents=False)
    content = content_of("In the queue", one=1)
    await tested.client.add(content.torrent)

    await tested.until_state(content, ClientState.QUEUED)

    preferences(max_active_downloads=1000, max_active_torrents=1000)
    await tested.until_state(content, ClientState.STALLED)


@pytest.mark.needs("qbittorrent-nox")
@pytest.mark.parametrize("tested", ["qbittorrent-nox"], indirect=True)
async def test_a_torrent_whose_files_the_client_still_checks_is_not_complete(
    tested: ClientUnderTest, preferences: Callable[..., None]
) -> None:
    preferences(max_active_checking_torrents=0)
    content = content_of("Checked later", one=4)
    content.write(tested.folder / content.info_hash)
    await tested.client.add(content.torrent)

    checking = await tested.until_state(content, ClientState.CHECKING)

    assert not checking.is_complete
    preferences(max_active_checking_torrents=20)
    assert (await tested.until_state(content, ClientState.COMPLETE)).is_complete


async def _is_stalled_as_unregistered(tested: ClientUnderTest, found: ClientTorrent) -> bool:
    if found.state is not ClientState.STALLED:
        return False
    return "unregistered" in (await tested.client.tracker_fault(found) or "")
