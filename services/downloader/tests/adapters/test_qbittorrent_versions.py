"""Responses of versions, and kinds of torrents, that the stand-in does not have."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.mirror import Mirror
from downloader.adapters.clients.qbittorrent.schemas import MainData, TrackerRow
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session
from downloader.domain.folders import SharedFolder
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.http import Remote

from .conftest import InMemoryRefusedLogins

DOWNLOADS = SharedFolder(Path("/downloads"))
V1, V2 = "a" * 40, "b" * 64
HYBRID = {"hash": V2[:40], "infohash_v1": V1, "infohash_v2": V2, "name": "Oz", "state": "stalledUP", "progress": 1}


class Newest:
    """The few calls of qBittorrent 5.3 that differ: login is answered 204 or 401, and the cookie has another name."""

    def __init__(self, password: str = "right") -> None:
        self.password = password
        self.rows = [HYBRID]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/v2/auth/login":
            if f"password={self.password}" not in request.content.decode():
                return httpx.Response(401, text="Unauthorized")
            return httpx.Response(204, headers={"set-cookie": "QBT_SID_8080=live; path=/"})
        if "QBT_SID_8080=live" not in request.headers.get("cookie", ""):
            return httpx.Response(403, text="Forbidden")
        params = request.url.params
        rows = [row for row in self.rows if "hashes" not in params or str(row["hash"]) in params["hashes"]]
        return httpx.Response(200, json=rows)


def client_of(server: Callable[[httpx.Request], httpx.Response]) -> QBittorrent:
    remote = Remote(SYSTEM, "http://qbittorrent", transport=httpx.MockTransport(server))
    return QBittorrent(
        remote,
        Session(remote, "admin", "right", refused=InMemoryRefusedLogins()),
        category="gapless",
        downloads=DOWNLOADS,
    )


async def test_the_login_of_the_newest_version_works() -> None:
    assert await client_of(Newest()).find([V2[:40]]) is not None


async def test_a_refused_login_of_the_newest_version_is_recognized() -> None:
    with pytest.raises(RemoteRefusedUs, match="wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"):
        await client_of(Newest(password="other")).find([V1])


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (200, "Fails.", "wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"),
        (401, "Unauthorized", "wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"),
        (403, "Your IP address has been banned after too many failed authentication attempts.", "banned our address"),
    ],
)
async def test_a_refused_login_has_the_same_message_in_every_version(status: int, body: str, words: str) -> None:
    """As recorded from 4.5.2 and 5.1.0 (200), from 5.3.0 (401), and from all three after five wrong logins (403)."""

    def answer(request: httpx.Request) -> httpx.Response:
        login = request.url.path == "/api/v2/auth/login"
        return httpx.Response(status, text=body) if login else httpx.Response(403, text="Forbidden")

    with pytest.raises(RemoteRefusedUs, match=words):
        await client_of(answer).version()


async def test_a_refused_host_header_is_not_a_wrong_password() -> None:
    """All versions respond 401 to another Host header, before any login."""
    paths = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.path)
        return httpx.Response(401, text="Unauthorized")

    with pytest.raises(RemoteRefusedUs, match="QBITTORRENT_URL"):
        await client_of(answer).version()
    assert paths == ["/api/v2/app/version"]


async def test_a_hybrid_torrent_is_found_by_its_version_1_hash() -> None:
    found = await client_of(Newest()).find([V1])

    assert found is not None
    assert found.hashes == (V2[:40], V1)


def test_a_hybrid_torrent_is_seen_by_either_hash() -> None:
    mirror = Mirror()
    fields = {name: value for name, value in HYBRID.items() if name != "hash"}
    mirror.apply(MainData(rid=1, full_update=True, torrents={V2[:40]: fields}))

    assert mirror.get(V1) == mirror.get(V2[:40])
    assert mirror.get(V1) is not None


async def test_a_hybrid_torrent_without_our_category_is_found_after_a_poll() -> None:
    """A person removed its category, so it is not among our torrents. It has the other hash in the client."""
    fields = {name: value for name, value in HYBRID.items() if name != "hash"}

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("sync/maindata"):
            return httpx.Response(200, json={"rid": 1, "full_update": True, "torrents": {V2[:40]: fields}})
        is_asked_for = V2[:40] in request.url.params.get("hashes", "")
        return httpx.Response(200, json=[HYBRID] if is_asked_for else [])

    client = client_of(answer)
    assert await client.find([V1]) is None
    await client.changes()

    found = await client.find([V1])

    assert found is not None
    assert found.hashes[0] == V2[:40]


@pytest.mark.parametrize(
    ("free_bytes", "state", "fault"),
    [(0, "error", "no space is left on its disk"), (10**12, "error", ""), (0, "downloading", ""), (None, "error", "")],
)
def test_an_error_on_a_disk_without_room_for_the_rest_is_a_full_disk(
    free_bytes: int | None, state: str, fault: str
) -> None:
    mirror = Mirror()
    disk = {} if free_bytes is None else {"free_space_on_disk": free_bytes}
    row = {"name": "Oz", "state": state, "size": 1000, "progress": 0.5}
    mirror.apply(MainData(rid=1, full_update=True, torrents={V1: row}, server_state=disk))
    mirror.apply(MainData(rid=2, torrents={V1: {"eta": 7}}))

    seen = mirror.get(V1)

    assert seen is not None
    assert seen.client_fault == fault


def test_a_removed_torrent_is_found_by_none_of_its_hashes() -> None:
    mirror = Mirror()
    fields = {name: value for name, value in HYBRID.items() if name != "hash"}
    mirror.apply(MainData(rid=1, full_update=True, torrents={V2[:40]: fields}))
    mirror.apply(MainData(rid=2, torrents_removed=[V2[:40]]))

    assert mirror.get(V1) is mirror.get(V2[:40]) is None


def test_a_change_keeps_the_other_fields() -> None:
    mirror = Mirror()
    mirror.apply(MainData(rid=1, full_update=True, torrents={V1: {"name": "Oz", "state": "downloading"}}))
    mirror.apply(MainData(rid=2, torrents={V1: {"progress": 0.5}}))

    seen = mirror.get(V1)

    assert seen is not None
    assert (seen.name, seen.client_state, seen.progress) == ("Oz", "downloading", 0.5)


def test_a_full_answer_replaces_everything() -> None:
    mirror = Mirror()
    mirror.apply(MainData(rid=1, full_update=True, torrents={V1: {"name": "Oz"}}))
    mirror.apply(MainData(rid=1, full_update=True, torrents={}))

    assert mirror.get(V1) is None


@pytest.mark.parametrize(
    ("status", "message", "is_error"),
    [(4, "unregistered torrent", True), (5, "unregistered torrent", True), (2, "", False), (4, "", False)],
)
def test_a_tracker_error_is_found_in_every_version(status: int, message: str, is_error: bool) -> None:
    assert TrackerRow(url="http://tracker/announce", status=status, msg=message).has_error is is_error


def test_a_disabled_peer_exchange_is_not_a_tracker_error() -> None:
    assert not TrackerRow(url="** [DHT] **", status=4, msg="This torrent is private").has_error


@pytest.mark.parametrize(
    ("fields", "addresses"),
    [
        ({}, None),
        ({"last_external_address_v4": "", "last_external_address_v6": ""}, []),
        ({"last_external_address_v4": "203.0.113.7", "last_external_address_v6": ""}, ["203.0.113.7"]),
        (
            {"last_external_address_v4": "203.0.113.7", "last_external_address_v6": "2001:db8::1"},
            ["203.0.113.7", "2001:db8::1"],
        ),
    ],
)
async def test_the_public_addresses_are_those_that_the_version_reports(
    fields: dict[str, str], addresses: list[str] | None
) -> None:
    """As recorded from 4.5.2, which has no such fields, and from 5.1.0 and 5.3.0, which have them."""
    client = client_of(lambda _: httpx.Response(200, json={"connection_status": "connected", **fields}))
    assert await client.public_addresses() == addresses
