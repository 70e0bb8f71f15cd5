"""A real qBittorrent whose disk becomes full, and then has space again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.domain.client_state import ClientState
from harness.qbittorrent import USERNAME, QBittorrentServer

from .mounts import NAMESPACE, skip_without_namespaces, tmpfs
from .tested_client import ClientUnderTest, QBittorrentPerson
from .torrent_content import TorrentContent, content_of

PASSWORD = "a-password"
PIECES_OF_EACH = 40
"""Two torrents of this size exceed the disk."""


class QBittorrentWithSmallDisk(QBittorrentServer):
    """A qBittorrent that sees a disk of 1 MB in place of a folder. Only it sees the disk."""

    def __init__(self, folder: Path, disk: Path) -> None:
        super().__init__(folder, password=PASSWORD)
        self._disk = disk

    def _command(self, port: int) -> list[str | Path]:
        script = f'{tmpfs(self._disk, "size=1m")} && exec "$@"'
        return [*NAMESPACE, "sh", "-c", script, "sh", *super()._command(port)]


@pytest.fixture
def small(tmp_path: Path, download_folder: Path) -> Iterator[QBittorrentServer]:
    skip_without_namespaces()
    with QBittorrentWithSmallDisk(tmp_path / "small", download_folder) as server:
        yield server


@pytest.mark.needs("qbittorrent-nox")
async def test_a_torrent_that_fills_the_disk_is_an_error_and_completes_when_there_is_space(
    small: QBittorrentServer,
    real_qbittorrent: QBittorrentServer,
    download_folder: Path,
    client_for: Callable[..., QBittorrent],
) -> None:
    client = client_for(url=small.url, username=USERNAME)
    person = QBittorrentPerson(client._session)
    tested = ClientUnderTest(client, download_folder, person, lambda _password: client)
    first, second = (content_of(name, one=PIECES_OF_EACH) for name in ("Fits", "Does not fit"))

    await client.add(first.torrent)
    connect(small, real_qbittorrent, first)
    fits = await tested.until_state(first, ClientState.COMPLETE)
    await client.add(second.torrent)
    connect(small, real_qbittorrent, second)
    errored = await tested.until_state(second, ClientState.ERRORED)
    assert 0 < errored.progress < 1

    await client.remove(fits, with_files=True)
    assert await client.recover(errored)

    await tested.until_state(second, ClientState.COMPLETE)


def connect(to: QBittorrentServer, seeder: QBittorrentServer, content: TorrentContent) -> None:
    """Seed the content, and let the other client know the seeder."""
    content.write(seeder.downloads / content.info_hash)
    assert content.torrent.content is not None
    with seeder.session() as session, to.session() as other:
        add = {"savepath": str(seeder.downloads / content.info_hash), "skip_checking": "true"}
        files = {"torrents": ("a.torrent", content.torrent.content)}
        session.post("/torrents/add", data=add, files=files).raise_for_status()
        peer = {"hashes": content.info_hash, "peers": f"127.0.0.1:{seeder.peer_port}"}
        other.post("/torrents/addPeers", data=peer).raise_for_status()
