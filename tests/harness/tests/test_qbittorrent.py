"""The real qBittorrent of the tests: shut to everybody but this machine, and the same after a kill."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from embedded.process import CannotStart
from harness.qbittorrent import PROGRAM, QBittorrentServer
from sandbox.testing import an_offer
from sandbox.torrent import make_torrent

needs_it = pytest.mark.needs("qbittorrent-nox")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[QBittorrentServer]:
    with QBittorrentServer(tmp_path / "qbittorrent", password="a p\u00e4ssword") as server:
        yield server


@needs_it
def test_it_lets_in_only_who_has_the_password(server: QBittorrentServer) -> None:
    assert httpx.get(f"{server.url}/api/v2/app/version").status_code == 403
    wrong = {"username": "gapless", "password": "another"}
    assert httpx.post(f"{server.url}/api/v2/auth/login", data=wrong).text != "Ok."
    with server.session() as session:
        assert session.get("/app/version").text.startswith("v")


@needs_it
def test_it_speaks_to_this_machine_alone(server: QBittorrentServer) -> None:
    with server.session() as session:
        told = session.get("/app/preferences").json()
    assert told["web_ui_address"] == told["current_interface_address"] == "127.0.0.1"
    assert [name for name in ("dht", "pex", "lsd", "upnp", "anonymous_mode", "random_port") if told[name]] == []
    assert told["enable_multi_connections_from_same_ip"]
    assert told["save_path"] == str(server.downloads)


@needs_it
def test_a_torrent_is_there_after_a_kill_and_a_restart_at_the_same_address(server: QBittorrentServer) -> None:
    torrent = make_torrent(an_offer(), "http://tracker.invalid/announce")
    with server.session() as session:
        session.post("/torrents/add", files={"torrents": ("oz.torrent", torrent.metainfo)})
    until(lambda: any(server.folder.rglob("*.fastresume")), "the torrent to be kept")
    url = server.url

    server.kill()
    server.restart()

    with server.session() as session:
        until(lambda: bool(session.get("/torrents/info").json()), "the torrent to be there again")
        assert [each["hash"] for each in session.get("/torrents/info").json()] == [torrent.info_hash]
    assert server.url == url


def test_a_missing_program_is_named_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match=f"apt-get install --no-install-recommends {PROGRAM}"):
        QBittorrentServer(tmp_path / "qbittorrent", password="x").start()


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, f"waited 20 s in vain for {what}"
