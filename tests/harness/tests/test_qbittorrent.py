"""The real qBittorrent of the tests: it serves only this machine, and keeps its torrents when it is killed."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from embedded.process import CannotStart
from harness.qbittorrent import PROGRAM, QBittorrentServer
from sandbox.testing import an_offer
from sandbox.torrent import make_torrent

needs_qbittorrent = pytest.mark.needs("qbittorrent-nox")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[QBittorrentServer]:
    with QBittorrentServer(tmp_path / "qbittorrent", password="a p\u00e4ssword") as server:
        yield server


@needs_qbittorrent
def test_the_password_is_required(server: QBittorrentServer) -> None:
    assert httpx.get(f"{server.url}/api/v2/app/version").status_code == 403
    wrong = {"username": "gapless", "password": "another"}
    assert httpx.post(f"{server.url}/api/v2/auth/login", data=wrong).text != "Ok."
    with server.session() as session:
        assert session.get("/app/version").text.startswith("v")


@needs_qbittorrent
def test_it_connects_only_to_this_machine(server: QBittorrentServer) -> None:
    with server.session() as session:
        preferences = session.get("/app/preferences").json()
    assert preferences["web_ui_address"] == preferences["current_interface_address"] == "127.0.0.1"
    assert [name for name in ("dht", "pex", "lsd", "upnp", "anonymous_mode", "random_port") if preferences[name]] == []
    assert preferences["enable_multi_connections_from_same_ip"]
    assert preferences["save_path"] == str(server.downloads)


@needs_qbittorrent
def test_torrents_and_address_are_the_same_after_a_kill_and_a_restart(server: QBittorrentServer) -> None:
    torrent = make_torrent(an_offer(), "http://tracker.invalid/announce")
    with server.session() as session:
        session.post("/torrents/add", files={"torrents": ("oz.torrent", torrent.metainfo)})
    until(lambda: any(server.folder.rglob("*.fastresume")), "the torrent to be stored")
    url = server.url

    server.kill()
    server.restart()

    with server.session() as session:
        until(lambda: bool(session.get("/torrents/info").json()), "the torrent to be restored")
        assert [each["hash"] for each in session.get("/torrents/info").json()] == [torrent.info_hash]
    assert server.url == url


def test_the_error_for_a_missing_program_has_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match=f"apt-get install --no-install-recommends {PROGRAM}"):
        QBittorrentServer(tmp_path / "qbittorrent", password="x").start()


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, f"waited 20 s for {what}"
