"""The behaviour that every download client has: each stand-in in each version, and the real programs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import DownloadClient, ShareLimits
from downloader.domain.torrent import ClientTorrent
from harness.qbittorrent import USERNAME, QBittorrentServer
from sandbox.testing import a_world
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.testing.waiting import until

from sandbox import qbittorrent

from .torrent_content import TorrentContent, content_of

STAND_INS = ("qbittorrent 4.5", "qbittorrent 5.1", "qbittorrent 5.3")
REAL = (pytest.param("qbittorrent-nox", marks=pytest.mark.needs("qbittorrent-nox")),)
WITHIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class ClientUnderTest:
    """A download client of ours, and the folder in which it saves."""

    client: DownloadClient
    folder: Path
    pass_time: Callable[[], None]
    """Lets a stand-in's time pass."""

    async def torrent(self, content: TorrentContent) -> ClientTorrent | None:
        self.pass_time()
        return await self.client.find(content.torrent.identity.hashes)

    async def until_state(self, content: TorrentContent, state: ClientState) -> ClientTorrent:
        """The torrent as soon as it has this state."""
        found: ClientTorrent | None = None

        async def has_state() -> bool:
            nonlocal found
            found = await self.torrent(content)
            return found is not None and found.state is state

        await until(has_state, seconds=WITHIN_SECONDS)
        assert found is not None
        return found

    async def complete(self, content: TorrentContent) -> ClientTorrent:
        """Add the torrent, whose files are on the disk already, and wait until it is complete."""
        content.write(self.folder / content.info_hash)
        await self.client.add(content.torrent)
        return await self.until_state(content, ClientState.COMPLETE)


class Seconds:
    """The clock of a stand-in."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def forward(self) -> None:
        self.now += 60


@pytest.fixture(scope="module")
def real_qbittorrent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QBittorrentServer]:
    with QBittorrentServer(tmp_path_factory.mktemp("qbittorrent"), password="a password") as server:
        yield server


@pytest.fixture(params=[*STAND_INS, *REAL])
async def tested(
    request: pytest.FixtureRequest, download_folder: Path, client_for: Callable[..., QBittorrent]
) -> ClientUnderTest:
    seconds = Seconds()
    name = str(request.param)
    if name == "qbittorrent-nox":
        server: QBittorrentServer = request.getfixturevalue("real_qbittorrent")
        client = client_for(url=server.url, username=USERNAME, password=server.password)
    else:
        app = qbittorrent.create(
            a_world(),
            default_save_path=download_folder,
            username="admin",
            password="a-password",
            version=name.removeprefix("qbittorrent "),  # type: ignore[arg-type]  # one of the names above
            clock=seconds,
        )
        client = client_for(app)
    return ClientUnderTest(client, download_folder, seconds.forward)


async def test_the_files_of_a_torrent_are_listed_in_their_order(tested: ClientUnderTest) -> None:
    torrent = await tested.complete(content_of("Listed", one=2, two=3))

    files = await tested.client.files(torrent)

    assert [(file.index, file.path, file.size_bytes, file.wanted, file.progress) for file in files] == [
        (0, "Listed/one.m4b", 2 * 16384, True, 1.0),
        (1, "Listed/two.m4b", 3 * 16384, True, 1.0),
    ]


async def test_only_the_wanted_files_of_a_torrent_are_downloaded(tested: ClientUnderTest) -> None:
    content = content_of("Chosen", one=2, two=3, three=4)
    content.write(tested.folder / content.info_hash, names=["two.m4b"])

    await tested.client.add(content.torrent, wanted_files={1})

    torrent = await tested.until_state(content, ClientState.COMPLETE)
    assert (torrent.progress, torrent.size_bytes) == (1.0, 3 * 16384)
    assert [file.wanted for file in await tested.client.files(torrent)] == [False, True, False]


async def test_a_file_that_is_wanted_later_is_downloaded_later(tested: ClientUnderTest) -> None:
    content = content_of("Chosen later", one=2, two=3)
    content.write(tested.folder / content.info_hash, names=["two.m4b"])
    await tested.client.add(content.torrent, wanted_files={1})
    torrent = await tested.until_state(content, ClientState.COMPLETE)

    await tested.client.choose_files(torrent, {0, 1})

    waiting = await tested.until_state(content, ClientState.STALLED)
    assert waiting.progress == pytest.approx(3 / 5)
    assert [file.wanted for file in await tested.client.files(torrent)] == [True, True]


async def test_the_files_of_a_torrent_that_exists_are_chosen_too(tested: ClientUnderTest) -> None:
    content = content_of("Chosen again", one=2, two=3)
    content.write(tested.folder / content.info_hash, names=["one.m4b"])
    await tested.client.add(content.torrent)

    await tested.client.add(content.torrent, wanted_files={0})

    assert (await tested.until_state(content, ClientState.COMPLETE)).size_bytes == 2 * 16384


async def test_a_file_that_the_torrent_does_not_have_cannot_be_chosen(tested: ClientUnderTest) -> None:
    torrent = await tested.complete(content_of("Without a third", one=1, two=1))

    with pytest.raises(RemoteAnsweredNonsense, match="no file 2"):
        await tested.client.choose_files(torrent, {0, 2})
    assert all(file.wanted for file in await tested.client.files(torrent))


async def test_a_torrent_without_metadata_has_no_files_yet(tested: ClientUnderTest) -> None:
    content = content_of("Without metadata", one=1)
    magnet = replace(content.torrent, content=None, magnet=f"magnet:?xt=urn:btih:{content.info_hash}")

    torrent = await tested.client.add(magnet)

    assert await tested.client.files(torrent) == []


async def test_the_seeding_figures_of_a_torrent_are_reported(tested: ClientUnderTest) -> None:
    content = content_of("Seeding", one=1)
    await tested.complete(content)

    async def has_seeded() -> bool:
        torrent = await tested.torrent(content)
        return torrent is not None and torrent.seeding_seconds >= 1

    await until(has_seeded, seconds=WITHIN_SECONDS)
    torrent = await tested.torrent(content)
    assert torrent is not None
    assert (torrent.uploaded_bytes, torrent.ratio) == (0, 0.0)


async def test_a_torrent_is_stopped_when_it_reaches_a_limit_and_not_before(tested: ClientUnderTest) -> None:
    content = content_of("With limits", one=1)
    torrent = await tested.complete(content)

    await tested.client.set_share_limits(torrent, ShareLimits(ratio=1.5, seeding_minutes=4320))
    seeding = await tested.torrent(content)
    await tested.client.set_share_limits(torrent, ShareLimits(seeding_minutes=0))

    async def is_stopped() -> bool:
        found = await tested.torrent(content)
        return found is not None and found.client_state in ("pausedUP", "stoppedUP")

    assert seeding is not None
    assert seeding.client_state == "stalledUP"
    await until(is_stopped, seconds=WITHIN_SECONDS)


async def test_a_torrent_gets_a_category_that_did_not_exist_and_its_files_stay(tested: ClientUnderTest) -> None:
    content = content_of("Moved to a category", one=1)
    before = await tested.complete(content)

    await tested.client.set_category(before, "kept for good")

    after = await tested.torrent(content)
    assert after is not None
    assert (after.category, after.content_path) == ("kept for good", before.content_path)
    await tested.client.set_category(after, "kept for good")
    await tested.client.set_category(after, tested.client.category)
    last = await tested.torrent(content)
    assert last is not None
    assert last.category == tested.client.category
