"""Transmission: the session id, refused logins, errors that it names, and its states."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from downloader.adapters.clients.transmission.client import Transmission
from downloader.adapters.clients.transmission.connect import rpc_address
from downloader.adapters.clients.transmission.rpc import SYSTEM, Rpc
from downloader.adapters.clients.transmission.schemas import TorrentRow
from downloader.domain.client_state import ClientState
from downloader.domain.folders import SharedFolder
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs
from shared.chassis.http import Remote
from shared.testing.clocks import ManualClock

from .conftest import InMemoryRefusedLogins

SESSION_ID = "X-Transmission-Session-Id"


class Server:
    """Answers every request after the handshake with `answer`. Counts the requests."""

    def __init__(self, answer: httpx.Response | None = None) -> None:
        self.session_id = "first"
        self.seconds_active = 60
        self.requests = 0
        self.answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if self.answer is not None:
            return self.answer
        if request.headers.get(SESSION_ID) != self.session_id:
            return httpx.Response(409, headers={SESSION_ID: self.session_id})
        arguments: dict[str, Any] = {"version": "4.0.5 (a6fe2a64aa)"}
        if b"session-stats" in request.content:
            arguments = {"current-stats": {"secondsActive": self.seconds_active}}
        return httpx.Response(200, json={"result": "success", "arguments": arguments})


def client_of(
    server: Callable[[httpx.Request], httpx.Response], clock: ManualClock, password: str = "right"
) -> Transmission:
    remote = Remote(SYSTEM, "http://transmission", transport=httpx.MockTransport(server))
    rpc = Rpc(remote, "transmission/rpc", "gapless", password, refused=InMemoryRefusedLogins(), now=clock.now)
    return Transmission(rpc, label="gapless", downloads=SharedFolder(Path("/downloads")))


def row(**fields: Any) -> TorrentRow:
    complete = {"hashString": "a" * 40, "status": 4, "percentDone": 0.5, "sizeWhenDone": 10, "leftUntilDone": 5}
    return TorrentRow.model_validate(complete | fields)


async def test_a_new_session_id_is_used_from_then_on(clock: ManualClock) -> None:
    server = Server()
    client = client_of(server, clock)
    await client.version()
    before = server.requests

    assert await client.version() == "4.0.5"
    assert server.requests == before + 1
    server.session_id = "an hour later"
    assert await client.version() == "4.0.5"


async def test_an_hourly_session_id_is_not_a_restart_and_a_restart_is(clock: ManualClock) -> None:
    server = Server()
    client = client_of(server, clock)
    await client.version()
    started_at = client.session_began_at

    clock.forward(hours=1)
    server.session_id, server.seconds_active = "an hour later", 3660
    await client.version()
    an_hour_later = client.session_began_at
    server.session_id, server.seconds_active = "after a restart", 5
    await client.version()

    assert started_at == an_hour_later == clock.now() - timedelta(hours=1, seconds=59)
    assert client.session_began_at == clock.now() - timedelta(seconds=4)


async def test_a_refused_login_is_not_repeated_for_fifteen_minutes(clock: ManualClock) -> None:
    server = Server(httpx.Response(401, text="<h1>401: Unauthorized</h1>"))
    client = client_of(server, clock, password="wrong")
    for _ in range(6):
        with pytest.raises(RemoteRefusedUs, match="wrong TRANSMISSION_USERNAME or TRANSMISSION_PASSWORD"):
            await client.version()
    assert server.requests == 1

    clock.forward(minutes=16)
    with pytest.raises(RemoteRefusedUs):
        await client.version()
    assert server.requests == 2


@pytest.mark.parametrize(
    ("status", "body", "error", "words"),
    [
        (403, "<h1>403: Forbidden</h1>", RemoteRefusedUs, "rpc-whitelist"),
        (421, "<h1>421: Misdirected Request</h1>", RemoteRefusedUs, "rpc-host-whitelist"),
        (409, "", RemoteAnsweredNonsense, "session id"),
        (200, "<html>", RemoteAnsweredNonsense, "HTML instead of JSON"),
        (200, '{"result": "disk is full"}', RemoteAnsweredNonsense, "disk is full"),
        (200, '{"result": "success", "arguments": {}}', RemoteAnsweredNonsense, "no version"),
    ],
)
async def test_each_failure_names_what_to_do(
    clock: ManualClock, status: int, body: str, error: type[RemoteError], words: str
) -> None:
    client = client_of(Server(httpx.Response(status, text=body)), clock)
    with pytest.raises(error, match=words):
        await client.version()


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": 0}, ClientState.STOPPED),
        ({"status": 1}, ClientState.CHECKING),
        ({"status": 2}, ClientState.CHECKING),
        ({"status": 3}, ClientState.QUEUED),
        ({"status": 4, "rateDownload": 100}, ClientState.DOWNLOADING),
        ({"status": 4}, ClientState.STALLED),
        ({"status": 4, "metadataPercentComplete": 0, "leftUntilDone": 0}, ClientState.METADATA),
        ({"status": 6, "percentDone": 1, "leftUntilDone": 0}, ClientState.COMPLETE),
        ({"status": 5, "percentDone": 1, "leftUntilDone": 0}, ClientState.COMPLETE),
        ({"status": 0, "percentDone": 1, "leftUntilDone": 0}, ClientState.COMPLETE_STOPPED),
        ({"status": 2, "percentDone": 1, "leftUntilDone": 0}, ClientState.CHECKING),
        ({"status": 0, "error": 3, "errorString": "No space left on device"}, ClientState.ERRORED),
        ({"status": 0, "error": 3, "errorString": "No data found! Ensure your drives"}, ClientState.MISSING_FILES),
        ({"status": 9}, ClientState.UNKNOWN),
    ],
)
def test_every_status_has_its_state(fields: dict[str, Any], state: ClientState) -> None:
    assert row(**fields).torrent("gapless").state is state


def test_the_reason_of_an_error_and_the_words_of_a_tracker_are_kept() -> None:
    full = row(status=0, error=3, errorString="No space left on device").torrent("gapless")
    refused = row(error=2, errorString="unregistered torrent").torrent("gapless")

    assert (full.client_fault, full.tracker_fault) == ("No space left on device", None)
    assert (refused.client_fault, refused.tracker_fault) == ("", "unregistered torrent")


def test_our_label_is_the_category_whatever_labels_a_person_added() -> None:
    assert row(labels=["gapless", "to keep"]).torrent("gapless").category == "gapless"
    assert row(labels=["to keep"]).torrent("gapless").category == "to keep"
    assert row().torrent("gapless").category == ""


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://transmission:9091", "http://transmission:9091/transmission/rpc"),
        ("http://transmission:9091/", "http://transmission:9091/transmission/rpc"),
        ("https://seedbox.example/me/rpc/", "https://seedbox.example/me/rpc"),
    ],
)
def test_an_address_without_a_path_gets_the_usual_one(url: str, address: str) -> None:
    assert rpc_address(url) == address
