"""The download client against the stand-in, as versions 4.5, 5.1 and 5.3."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import Session
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import Torrent
from downloader.domain.torrent import ClientTorrent
from sandbox.journal import Journal
from sandbox.outcomes import Controlled, Outcome
from sandbox.qbittorrent.dialect import Version
from sandbox.testing import a_world, an_offer
from sandbox.torrent_client.torrents import Torrent as StoredTorrent
from sandbox.world import Offer
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs, RemoteThrottled, RemoteUnavailable

from sandbox import qbittorrent

OFFER = an_offer()
OTHER = an_offer(id="900002", title="Ozma of Oz", files=[{"name": "Ozma of Oz.m4b", "duration_minutes": 2}])


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Clock:
    return Clock()


@pytest.fixture(params=["4.5", "5.1", "5.3"])
def server(request: pytest.FixtureRequest, download_folder: Path, seconds: Clock) -> Controlled:
    version: Version = request.param
    return qbittorrent.create(
        a_world(offers=[OFFER.model_dump(), OTHER.model_dump()]),
        default_save_path=download_folder,
        username="admin",
        password="a-password",
        version=version,
        clock=seconds,
    )


@pytest.fixture
def client(server: Controlled, client_for: Callable[..., QBittorrent]) -> QBittorrent:
    return client_for(server)


def adds(server: Controlled) -> int:
    return sum(call.path == "/api/v2/torrents/add" for call in server.outcomes.requests)


async def test_the_client_logs_in_when_its_first_call_is_refused(client: QBittorrent) -> None:
    assert (await client.version()).startswith("v")


async def test_a_wrong_password_is_refused_and_not_retried_soon(
    server: Controlled, client_for: Callable[..., QBittorrent]
) -> None:
    client = client_for(server, password="wrong")
    for _ in range(6):
        with pytest.raises(RemoteRefusedUs, match="wrong QBITTORRENT_USERNAME or QBITTORRENT_PASSWORD"):
            await client.version()

    logins = [call for call in server.outcomes.requests if call.path == "/api/v2/auth/login"]
    assert len(logins) == 1


async def test_an_added_torrent_is_found_by_its_hash(
    client: QBittorrent, torrent_of: Callable[[Offer], Torrent], download_folder: Path
) -> None:
    torrent = torrent_of(OFFER)

    added = await client.add(torrent)

    assert added.has_hash_in([torrent.identity.info_hash])
    assert added.category == "gapless"
    assert added.content_path == str(download_folder / torrent.identity.info_hash / OFFER.files[0].name)


async def test_an_existing_torrent_is_not_moved(
    server: Controlled,
    client: QBittorrent,
    person_at: Callable[[Controlled], Session],
    torrent_of: Callable[[Offer], Torrent],
    download_folder: Path,
) -> None:
    torrent = torrent_of(OFFER)
    files = {"torrents": ("x.torrent", torrent.content, "application/x-bittorrent")}
    await person_at(server).call("POST", "torrents/add", data={"savepath": str(download_folder)}, files=files)

    assert (await client.add(torrent)).content_path == str(download_folder / OFFER.files[0].name)


async def test_an_existing_torrent_is_not_added_again(
    server: Controlled, client: QBittorrent, torrent_of: Callable[[Offer], Torrent]
) -> None:
    await client.add(torrent_of(OFFER))
    await client.add(torrent_of(OFFER))

    assert adds(server) == 1


async def test_a_torrent_that_another_program_adds_at_the_same_moment_counts_as_added(
    client: QBittorrent,
    client_for: Callable[..., QBittorrent],
    server: Controlled,
    torrent_of: Callable[..., Torrent],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torrent, find, is_absent = torrent_of(OFFER), client.find, [True]
    assert await find(torrent.identity.hashes) is None

    async def absent_at_first(hashes: Sequence[str]) -> ClientTorrent | None:
        if is_absent and is_absent.pop():
            await client_for(server).add(torrent)
            return None
        return await find(hashes)

    monkeypatch.setattr(client, "find", absent_at_first)

    assert (await client.add(torrent)).has_hash_in(torrent.identity.hashes)
    assert adds(server) == 2


async def test_content_that_is_not_a_torrent_is_refused_at_once(
    client: QBittorrent, torrent_of: Callable[..., Torrent]
) -> None:
    broken = Torrent(torrent_of(OFFER).identity, content=b"d4:infod4:name3:fooee")

    with pytest.raises(RemoteAnsweredNonsense, match="cannot read the torrent"):
        await client.add(broken)


async def test_a_magnet_link_is_added(client: QBittorrent, torrent_of: Callable[[Offer], Torrent]) -> None:
    identity = torrent_of(OFFER).identity
    magnet = Torrent(identity, magnet=f"magnet:?xt=urn:btih:{identity.info_hash}")

    assert (await client.add(magnet)).has_hash_in([identity.info_hash])


async def test_changes_show_a_download_from_start_to_end(
    client: QBittorrent, seconds: Clock, torrent_of: Callable[[Offer], Torrent], download_folder: Path
) -> None:
    torrent = torrent_of(OFFER)
    await client.add(torrent)
    _, seen = await client.changes()
    first = seen.get(torrent.identity.info_hash)
    seconds.now += 1
    changed, seen = await client.changes()
    last = seen.get(torrent.identity.info_hash)

    assert first is not None
    assert first.state is ClientState.CHECKING
    assert changed
    assert last is not None
    assert (last.state, last.progress) == (ClientState.COMPLETE, 1.0)
    assert os.listdir(download_folder / torrent.identity.info_hash) == [OFFER.files[0].name]


async def test_a_poll_without_changes_is_one_request(
    server: Controlled, client: QBittorrent, seconds: Clock, torrent_of: Callable[[Offer], Torrent]
) -> None:
    await client.add(torrent_of(OFFER))
    seconds.now += 60
    await client.changes()
    await client.changes()
    before = len(server.outcomes.requests)

    changed, seen = await client.changes()

    assert not changed
    assert seen.get(torrent_of(OFFER).identity.info_hash) is not None
    assert len(server.outcomes.requests) == before + 1


async def test_a_new_session_shows_everything_again(
    server: Controlled,
    client: QBittorrent,
    client_for: Callable[..., QBittorrent],
    torrent_of: Callable[[Offer], Torrent],
) -> None:
    await client.add(torrent_of(OFFER))
    await client.changes()
    await client_for(server).remove(await client.add(torrent_of(OFFER)), with_files=True)
    await client.add(torrent_of(OTHER))
    client._remote._client.cookies.clear()

    _, seen = await client.changes()

    assert seen.get(torrent_of(OFFER).identity.info_hash) is None
    assert seen.get(torrent_of(OTHER).identity.info_hash) is not None


async def test_a_removed_torrent_vanishes_from_the_changes(
    client: QBittorrent, torrent_of: Callable[[Offer], Torrent]
) -> None:
    torrent = await client.add(torrent_of(OFFER))
    await client.changes()
    await client.remove(torrent, with_files=True)

    _, seen = await client.changes()

    assert seen.get(torrent.hashes[0]) is None


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("away", RemoteUnavailable),
        ("broken", RemoteUnavailable),
        ("throttled", RemoteThrottled),
        ("unauthorized", RemoteRefusedUs),
        ("html", RemoteAnsweredNonsense),
        ("half", RemoteAnsweredNonsense),
        ("empty", RemoteAnsweredNonsense),
    ],
)
async def test_each_failure_raises_its_error(
    server: Controlled, client: QBittorrent, failure: str, error: type[Exception]
) -> None:
    await client.changes()
    server.outcomes.switch_on(Outcome(kind=failure, path="/api/v2/sync/*"))

    with pytest.raises(error):
        await client.changes()


async def test_an_empty_hash_finds_no_torrent(client: QBittorrent, torrent_of: Callable[[Offer], Torrent]) -> None:
    await client.add(torrent_of(OFFER))

    assert await client.find([""]) is None


async def test_a_thousand_torrents_of_other_programs_cost_no_request_and_are_not_touched(
    tmp_path: Path, download_folder: Path, client_for: Callable[..., QBittorrent], torrent_of: Callable[..., Torrent]
) -> None:
    others = [
        StoredTorrent(hash=f"{number:040x}", name=f"Other {number}", content_name="x", category="films")
        for number in range(1000)
    ]
    journal = Journal(tmp_path / "others.jsonl")
    for other in others:
        journal.put(f"torrent:{other.hash}", other.model_dump(mode="json"))
    world = a_world(offers=[OFFER.model_dump()])
    server = qbittorrent.create(
        world,
        default_save_path=download_folder,
        username="admin",
        password="a-password",
        state_file=tmp_path / "others.jsonl",
    )
    client = client_for(server)
    ours = await client.add(torrent_of(OFFER))
    await client.changes()
    before = len(server.outcomes.requests)

    _, seen = await client.changes()

    assert seen.get(ours.hashes[0]) is not None
    assert seen.get(others[7].hash) is not None
    assert len(server.outcomes.requests) == before + 1
    written = [call for call in server.outcomes.requests if call.method == "POST" and "auth" not in call.path]
    assert [call.path for call in written] == ["/api/v2/torrents/add"]
