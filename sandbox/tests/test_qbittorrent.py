from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox.content import file_content
from sandbox.qbittorrent.dialect import Version
from sandbox.testing import a_world, an_offer, client_of
from sandbox.torrent import TorrentFile, make_torrent
from sandbox.torrent_client.swarm import Swarm
from sandbox.world import AudioFile, Offer

from sandbox import qbittorrent

PASSWORD = "a-password"
SECONDS_TO_DOWNLOAD = 10.0


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Client:
    """The requests that the tests make."""

    def __init__(self, http: httpx.AsyncClient, clock: Clock) -> None:
        self.http = http
        self._clock = clock

    async def add(self, torrent: TorrentFile, **options: str) -> str:
        answer = await self.post("add", files={"torrents": ("book.torrent", torrent.metainfo)}, data=options)
        return answer.text

    async def after(self, seconds: float, **query: Any) -> list[dict[str, Any]]:
        """The answer of torrents/info after this time."""
        self._clock.now += seconds
        entries: list[dict[str, Any]] = (await self.http.get("/api/v2/torrents/info", params=query)).json()
        return entries

    async def post(self, action: str, **content: Any) -> httpx.Response:
        return await self.http.post(f"/api/v2/torrents/{action}", **content)

    async def sync(self, rid: int) -> dict[str, Any]:
        answer: dict[str, Any] = (await self.http.get("/api/v2/sync/maindata", params={"rid": rid})).json()
        return answer


def torrent_of(offer: Offer) -> TorrentFile:
    return make_torrent(offer, "http://tracker.invalid/announce")


def on_disk(entry: dict[str, Any]) -> dict[str, bytes]:
    """The files of a torrent on disk by name."""
    content = Path(entry["content_path"])
    files = content.iterdir() if content.is_dir() else [content]
    return {each.name: each.read_bytes() for each in files if each.exists()}


def speed_for(offer: Offer) -> float:
    return torrent_of(offer).size_bytes / SECONDS_TO_DOWNLOAD


async def login(http: httpx.AsyncClient, password: str = PASSWORD) -> httpx.Response:
    return await http.post("/api/v2/auth/login", data={"username": "admin", "password": password})


@asynccontextmanager
async def running(folder: Path, *offers: Offer, **options: Any) -> AsyncIterator[Client]:
    """A client that downloads the first offer in ten seconds, with a session."""
    clock = Clock()
    arguments: dict[str, Any] = {
        "default_save_path": folder / "downloads",
        "username": "admin",
        "password": PASSWORD,
        "bytes_per_second": speed_for(offers[0]) if offers else 1.0,
        "clock": clock,
    }
    app = qbittorrent.create(a_world(offers=offers), **arguments | options)
    async with client_of(app) as http:
        assert (await login(http)).text in ("Ok.", "")
        yield Client(http, clock)


@pytest.mark.parametrize(
    ("version", "seeding", "stopped"), [("4.5", "stalledUP", "pausedUP"), ("5.1", "stalledUP", "stoppedUP")]
)
async def test_a_download_progresses_with_the_clock_and_writes_its_files_at_the_end(
    tmp_path: Path, version: Version, seeding: str, stopped: str
) -> None:
    offer = an_offer()
    async with running(tmp_path, offer, version=version) as client:
        assert await client.add(torrent_of(offer), category="books", tags="one, two") == "Ok."
        assert (await client.after(0))[0]["state"] == "checkingResumeData"
        half_way = (await client.after(5.3))[0]
        assert half_way["state"] == "downloading"
        assert half_way["progress"] == pytest.approx(0.5)
        assert not (tmp_path / "downloads" / offer.files[0].name).exists()
        done = (await client.after(5))[0]
        assert (done["state"], done["progress"], done["amount_left"]) == (seeding, 1, 0)
        assert (done["category"], done["tags"]) == ("books", "one, two")
        assert on_disk(done) == {offer.files[0].name: file_content(offer, 0)}
        await client.post("pause" if version == "4.5" else "stop", data={"hashes": "all"})
        assert (await client.after(1))[0]["state"] == stopped


async def test_a_pack_is_written_to_its_folder_with_all_files(tmp_path: Path) -> None:
    files = [AudioFile(name="1.m4b", duration_minutes=1), AudioFile(name="cover.jpg")]
    pack = an_offer(folder="Oz 1-2", files=files)
    async with running(tmp_path, pack) as client:
        await client.add(torrent_of(pack), savepath=str(tmp_path / "elsewhere"))
        done = (await client.after(20))[0]
        assert done["content_path"] == str(tmp_path / "elsewhere/Oz 1-2")
        assert sorted(on_disk(done)) == ["1.m4b", "cover.jpg"]
        listed = await client.http.get("/api/v2/torrents/files", params={"hash": done["hash"]})
        assert [each["name"] for each in listed.json()] == ["Oz 1-2/1.m4b", "Oz 1-2/cover.jpg"]


@pytest.mark.parametrize("changes", [{"health": "dead"}, {"seeders": 0}])
async def test_a_torrent_without_seeders_stays_stalled(tmp_path: Path, changes: dict[str, Any]) -> None:
    offer = an_offer(**changes)
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        entry = (await client.after(1_000_000))[0]
    assert (entry["state"], entry["progress"], entry["eta"]) == ("stalledDL", 0, 8_640_000)


async def test_a_torrent_that_is_not_an_offer_stays_stalled_and_its_tracker_gives_the_reason(tmp_path: Path) -> None:
    unknown = torrent_of(an_offer(title="Somebody Else's"))
    async with running(tmp_path, an_offer(id="2", files=[AudioFile(name="Emma.m4b", duration_minutes=1)])) as client:
        await client.add(unknown)
        assert (await client.after(1_000_000))[0]["state"] == "stalledDL"
        trackers = (await client.http.get("/api/v2/torrents/trackers", params={"hash": unknown.info_hash})).json()
    assert (trackers[-1]["status"], trackers[-1]["msg"]) == (4, "unregistered torrent")


def test_of_two_offers_with_the_same_content_the_seeded_one_is_used() -> None:
    unseeded, seeded = an_offer(seeders=0), an_offer(id="900002", seeders=7)
    swarm = Swarm(a_world(offers=[unseeded, seeded]), bytes_per_second=1000.0)
    assert swarm.offer_of(torrent_of(unseeded).info_hash, unseeded.title) == seeded


async def test_an_offer_with_slow_health_downloads_slowly(tmp_path: Path) -> None:
    offer = an_offer(health="slow")
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        assert (await client.after(20))[0]["progress"] < 0.1
        assert (await client.after(600))[0]["progress"] == 1


async def test_a_stopped_torrent_does_not_download_until_it_is_started(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer), stopped="true")
        stopped = (await client.after(100))[0]
        assert (stopped["state"], stopped["progress"]) == ("stoppedDL", 0)
        await client.post("start", data={"hashes": torrent_of(offer).info_hash})
        assert (await client.after(100))[0]["progress"] == 1


async def test_the_stop_parameter_of_another_version_is_ignored(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer, version="4.5") as client:
        await client.add(torrent_of(offer), stopped="true")
        assert (await client.after(100))[0]["progress"] == 1


async def test_adding_a_torrent_twice_fails_without_a_reason(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        assert await client.add(torrent_of(offer)) == "Ok."
        assert await client.add(torrent_of(offer)) == "Fails."
        assert len(await client.after(0)) == 1


async def test_a_session_only_gets_the_changes(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        first = await client.sync(0)
        await client.add(torrent_of(offer))
        added = await client.sync(first["rid"])
        assert "full_update" not in added
        assert added["torrents"][torrent_of(offer).info_hash]["name"] == torrent_of(offer).name
        await client.after(5)
        moved = await client.sync(added["rid"])
        changed = moved["torrents"][torrent_of(offer).info_hash]
        assert {"state", "progress", "amount_left"} <= changed.keys()
        assert "name" not in changed
        await client.post("delete", data={"hashes": "all", "deleteFiles": "false"})
        removed = await client.sync(moved["rid"])
        assert removed["torrents_removed"] == [torrent_of(offer).info_hash]


async def test_an_unknown_rid_or_a_new_session_gets_a_full_update(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        rid = (await client.sync(0))["rid"]
        assert (await client.sync(rid + 7))["full_update"] is True
        client.http.cookies.clear()
        await login(client.http)
        fresh = await client.sync(rid)
    assert fresh["full_update"] is True
    assert list(fresh["torrents"]) == [torrent_of(offer).info_hash]


async def test_five_failed_logins_ban_the_address_for_an_hour(tmp_path: Path) -> None:
    clock = Clock()
    app = qbittorrent.create(a_world(), default_save_path=tmp_path, username="admin", password=PASSWORD, clock=clock)
    async with client_of(app) as http:
        assert {(await login(http, "wrong")).text for _ in range(5)} == {"Fails."}
        assert (await login(http)).status_code == 403
        clock.now += 3601
        assert (await login(http)).text == "Ok."


async def test_torrents_and_categories_are_restored_after_a_restart_but_not_sessions(tmp_path: Path) -> None:
    offer, unfinished = an_offer(), an_offer(id="2", seeders=0, files=[AudioFile(name="b.m4b", duration_minutes=1)])
    state = tmp_path / "state.jsonl"
    async with running(tmp_path, offer, unfinished, state_file=state) as client:
        await client.post("createCategory", data={"category": "books", "savePath": "/books"})
        await client.add(torrent_of(offer), category="books")
        await client.add(torrent_of(unfinished))
        before = {entry["hash"]: entry for entry in await client.after(20)}
        cookie = client.http.cookies["SID"]
    async with running(tmp_path, offer, unfinished, state_file=state) as client:
        after = {entry["hash"]: entry for entry in await client.after(0)}
        assert (await client.http.get("/api/v2/torrents/categories")).json()["books"]["savePath"] == "/books"
        client.http.cookies.clear()
        old = await client.http.get("/api/v2/app/version", headers={"cookie": f"SID={cookie}"})
        assert old.status_code == 403
    fields = ("state", "progress", "category", "added_on", "completion_on", "content_path")
    assert {key: [each[field] for field in fields] for key, each in after.items()} == {
        key: [each[field] for field in fields] for key, each in before.items()
    }


async def test_a_torrent_whose_files_were_deleted_has_missing_files_after_a_restart_until_a_recheck(
    tmp_path: Path,
) -> None:
    offer, state = an_offer(), tmp_path / "state.jsonl"
    async with running(tmp_path, offer, state_file=state) as client:
        await client.add(torrent_of(offer))
        done = (await client.after(20))[0]
    (tmp_path / "downloads" / offer.files[0].name).unlink()
    async with running(tmp_path, offer, state_file=state) as client:
        missing = (await client.after(0))[0]
        assert (missing["state"], missing["progress"]) == ("missingFiles", 0)
        assert missing["completion_on"] == done["completion_on"]
        await client.post("recheck", data={"hashes": "all"})
        assert (await client.after(20))[0]["progress"] == 1
    assert on_disk(done)


async def test_the_removal_of_a_torrent_can_be_simulated(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        vanish = {"kind": "torrent_vanished", "path": torrent_of(offer).info_hash, "times": 1}
        await client.http.post("/_sandbox/outcomes", json=vanish)
        assert await client.after(1) == []
        assert await client.add(torrent_of(offer)) == "Ok."
        assert len(await client.after(1)) == 1


@pytest.mark.parametrize(("kind", "state"), [("errored", "error"), ("missingFiles", "missingFiles")])
async def test_the_failure_of_a_torrent_can_be_simulated_until_it_is_restarted(
    tmp_path: Path, kind: str, state: str
) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        await client.http.post("/_sandbox/outcomes", json={"kind": kind, "path": "The Marvelous*", "times": 1})
        assert (await client.after(1))[0]["state"] == state
        assert [entry["state"] for entry in await client.after(100, filter="errored")] == [state]
        await client.post("start", data={"hashes": "all"})
        assert (await client.after(100))[0]["progress"] == 1


async def test_deleting_with_files_deletes_only_the_files_of_that_torrent(tmp_path: Path) -> None:
    pack = an_offer(folder="Oz", files=[AudioFile(name="1.m4b", duration_minutes=1)])
    async with running(tmp_path, pack) as client:
        await client.add(torrent_of(pack))
        await client.after(20)
        other = tmp_path / "downloads/Oz/mine.txt"
        other.write_text("mine")
        await client.post("delete", data={"hashes": torrent_of(pack).info_hash, "deleteFiles": "true"})
        assert await client.after(0) == []
    assert [each.name for each in other.parent.iterdir()] == ["mine.txt"]


async def test_a_new_location_moves_the_files(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        before = (await client.after(20))[0]
        await client.post("setLocation", data={"hashes": "all", "location": str(tmp_path / "moved")})
        assert (await client.after(0))[0]["state"] == "moving"
        moved = (await client.after(1))[0]
        assert moved["state"] == "stalledUP"
    assert on_disk(moved) == {offer.files[0].name: file_content(offer, 0)}
    assert on_disk(before) == {}


async def test_a_torrent_with_automatic_management_is_in_the_folder_of_its_category(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        await client.post("createCategory", data={"category": "books", "savePath": str(tmp_path / "books")})
        await client.add(torrent_of(offer))
        assert (await client.after(20))[0]["save_path"] == str(tmp_path / "downloads")
        await client.post("setCategory", data={"hashes": "all", "category": "books"})
        assert (await client.after(1))[0]["save_path"] == str(tmp_path / "downloads")
        await client.post("setAutoManagement", data={"hashes": "all", "enable": "true"})
        managed = (await client.after(1))[0]
    assert managed["save_path"] == str(tmp_path / "books")
    assert on_disk(managed)


async def test_an_existing_file_counts_as_downloaded(tmp_path: Path) -> None:
    offer = an_offer(seeders=0)
    target = tmp_path / "downloads" / offer.files[0].name
    target.parent.mkdir()
    target.write_bytes(file_content(offer, 0))
    async with running(tmp_path, offer) as client:
        await client.add(torrent_of(offer))
        assert (await client.after(1))[0]["state"] == "stalledUP"


async def test_a_magnet_link_without_seeders_never_gets_its_metadata(tmp_path: Path) -> None:
    async with running(tmp_path, an_offer()) as client:
        link = f"magnet:?xt=urn:btih:{'c' * 40}&dn=Emma"
        await client.post("add", data={"urls": link})
        entry = (await client.after(1000))[0]
    assert (entry["state"], entry["amount_left"], entry["total_size"]) == ("metaDL", 0, -1)


async def test_a_magnet_link_of_an_offer_downloads_like_its_torrent(tmp_path: Path) -> None:
    offer = an_offer()
    async with running(tmp_path, offer) as client:
        link = f"magnet:?xt=urn:btih:{torrent_of(offer).info_hash}&dn=The+Marvelous+Land+of+Oz"
        await client.post("add", data={"urls": link})
        assert (await client.after(0))[0]["state"] == "downloading"
        done = (await client.after(20))[0]
    assert done["name"] == torrent_of(offer).name
    assert on_disk(done) == {offer.files[0].name: file_content(offer, 0)}


async def test_version_5_3_answers_with_a_status(tmp_path: Path) -> None:
    """As recorded from 5.3.0: 204 or 401 for a login, JSON for an addition, 409 for a duplicate."""
    offer = an_offer()
    async with running(tmp_path, offer, version="5.3") as client:
        files = {"torrents": ("book.torrent", torrent_of(offer).metainfo)}
        first, again = [await client.post("add", files=files) for _ in range(2)]
        assert first.json() == {
            "added_torrent_ids": [torrent_of(offer).info_hash],
            "failure_count": 0,
            "pending_count": 0,
            "success_count": 1,
        }
        assert (again.status_code, again.text) == (409, "Conflict")
        assert (await login(client.http)).status_code == 204
        client.http.cookies.clear()
        wrong = await login(client.http, "wrong")
        assert (wrong.status_code, wrong.text) == (401, "Unauthorized")
