"""The cycle with real clients: one qBittorrent downloads what another seeds, and the tracker connects them."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from harness.qbittorrent import QBittorrentServer
from harness.secret_search import known_secrets
from harness.trial import Trial, trial
from provisioning.roles import DATABASE
from sandbox.content import write_content
from sandbox.testing import a_record, a_world, an_offer
from sandbox.torrent import make_torrent
from sandbox.validation import load
from sandbox.world import MissingTruth, Offer, OfferHealth, OwnedBook, World
from sandbox.worldmaking.shipped import SANDBOX
from shared.contracts.downloads.downloads import Download, DownloadStatus

pytestmark = pytest.mark.needs("qbittorrent-nox")

SETTINGS = {"DOWNLOAD_STALLED_HOURS": "0.006"}
"""About 20 seconds without a seed, because real clients need some time to find each other."""
MEGABYTE = 1024 * 1024


@pytest.fixture
def client(tmp_path: Path) -> Iterator[QBittorrentServer]:
    """The download client of Gapless."""
    with QBittorrentServer(tmp_path / "client", password="the client's") as server:
        yield server


@pytest.fixture
def seeder(tmp_path: Path) -> Iterator[QBittorrentServer]:
    """The client that seeds the offered releases."""
    with QBittorrentServer(tmp_path / "seeder", password="the seeder's") as server:
        yield server


@pytest.fixture
def install(tmp_path: Path, client: QBittorrentServer) -> Iterator[Callable[..., Trial]]:
    """Call it with a world, and settings, to start a new installation that uses the real download client."""
    with ExitStack() as stack:

        def installed(world: World, **settings: str) -> Trial:
            file = tmp_path / "world.json"
            file.write_text(world.model_dump_json())
            return stack.enter_context(trial(file, client.settings() | SETTINGS | settings, preloaded=True))

        yield installed


def test_a_cycle_with_a_real_client_ends_with_the_truth_of_the_world(
    install: Callable[..., Trial], client: QBittorrentServer, seeder: QBittorrentServer
) -> None:
    installed = install(load(SANDBOX / "worlds" / "small.json"))
    seed(seeder, installed)

    summary = installed.cycle()

    score = installed.score(summary)
    assert score.perfect, score
    imported = of_status(installed, DownloadStatus.IMPORTED)
    assert len(imported) == len(score.right_release)
    for each in imported:
        assert_imported_by_link_and_seeding(installed, client, each)


def test_a_client_that_is_killed_during_a_download_continues_it_after_a_restart(
    install: Callable[..., Trial], client: QBittorrentServer, seeder: QBittorrentServer
) -> None:
    installed = install(oz())
    seed(seeder, installed, bytes_per_second=2 * MEGABYTE)
    cycle = threading.Thread(target=installed.cycle, daemon=True)
    cycle.start()
    until(lambda: any(0.1 < each["progress"] < 0.9 for each in torrents(client)), 90, "half a download")

    client.kill()
    until(lambda: "qbittorrent" in " ".join(run(installed, "download_monitor")).casefold(), 60, "a run to report it")
    client.restart()
    cycle.join(120)

    assert not cycle.is_alive()
    (download,) = of_status(installed, DownloadStatus.IMPORTED)
    assert download.retry_count == 0
    assert len(torrents(client)) == 1
    assert_imported_by_link_and_seeding(installed, client, download)
    title, series = "The Marvelous Land of Oz", "Oz #2"
    until(lambda: shown_in_library(installed, download) == (title, series), 60, "the work's own title and place")


def test_a_torrent_that_a_person_removes_from_the_client_fails_and_is_not_added_again(
    install: Callable[..., Trial], client: QBittorrentServer
) -> None:
    installed = install(oz(), DOWNLOAD_STALLED_HOURS="24")
    for task in ("library_scan", "series_completion", "wanted_search"):
        run(installed, task)
    until(lambda: len(torrents(client)) == 1, 60, "the torrent in the client")

    with client.session() as session:
        session.post("/torrents/delete", data={"hashes": "all", "deleteFiles": "true"}).raise_for_status()

    until(lambda: monitored(installed)[0].client_state == "vanished", 60, "the torrent to be absent")
    pass_a_minute(installed)
    (download,) = monitored(installed)
    assert download.status is DownloadStatus.FAILED
    assert download.error == "removed from the download client by a person"
    run(installed, "wanted_search")
    assert torrents(client) == []


def oz() -> World:
    """The first book of Oz is owned. The second is missing and is offered as five hours of MP3."""
    files = [{"name": f"{number:02}.mp3", "duration_minutes": 60} for number in range(1, 6)]
    messy = "The Marvelous Land of Oz by L. Frank Baum [ENG / MP3]"
    offer = an_offer(files=files, folder="The Marvelous Land of Oz", filetype="mp3", tagged_title=messy)
    first = a_record(
        id="1001", title="The Wonderful Wizard of Oz", series=[{"name": "Oz", "sequence": "1"}], asin="B0OZ000001"
    )
    records = [first, a_record(duration_minutes=300)]
    owned = OwnedBook.model_validate(
        {
            "id": "li_1",
            "title": "The Wonderful Wizard of Oz",
            "authors": ["L. Frank Baum"],
            "series": [{"name": "Oz", "sequence": "1"}],
            "folder": "L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz",
        }
    )
    return a_world(
        library=[owned],
        providers={"audible": records, "hardcover": records},
        offers=[offer],
        settings={"SERIES_AUTO_DOWNLOAD": "true", "SERIES_MIN_BOOKS": "1", "MAM_RATE_LIMIT": "0"},
        truth={"missing": [MissingTruth(work="oz-2", acceptable_releases=[offer.key])]},
    )


def seed(seeder: QBittorrentServer, installed: Trial, *, bytes_per_second: int = 0) -> None:
    """Seed all offers of the world except those without seeds, and wait until all are seeded."""
    tracker = f"{installed.processes.sandbox_addresses['tracker']}/announce"
    offers = [offer for offer in installed.world.offers if offer.health is not OfferHealth.DEAD]
    with seeder.session() as session:
        session.post("/transfer/setUploadLimit", data={"limit": str(bytes_per_second)}).raise_for_status()
        for offer in offers:
            _seed_one(session, offer, seeder.downloads / offer.key.replace(":", "-"), tracker)
    until(lambda: [each["progress"] for each in torrents(seeder)] == [1] * len(offers), 60, "all to be seeded")


def _seed_one(session: httpx.Client, offer: Offer, folder: Path, tracker: str) -> None:
    write_content(offer, folder)
    torrent = make_torrent(offer, tracker)
    files = {"torrents": ("offer.torrent", torrent.metainfo, "application/x-bittorrent")}
    session.post(
        "/torrents/add", data={"savepath": str(folder), "skip_checking": "true"}, files=files
    ).raise_for_status()


def assert_imported_by_link_and_seeding(installed: Trial, client: QBittorrentServer, download: Download) -> None:
    (torrent,) = [each for each in torrents(client) if each["hash"] == download.info_hash]
    assert torrent["state"] in ("uploading", "stalledUP")
    assert torrent["progress"] == 1
    content = Path(torrent["content_path"])
    files = [content] if content.is_file() else [path for path in content.rglob("*") if path.is_file()]
    assert download.library_path is not None
    placed = [path for path in (library(installed) / download.library_path).rglob("*") if path.is_file()]
    assert {path.stat().st_ino for path in placed} == {path.stat().st_ino for path in files}


def shown_in_library(installed: Trial, download: Download) -> tuple[str, str]:
    """The title and the series with the place that Audiobookshelf shows for an imported book."""
    key = {"Authorization": f"Bearer {known_secrets(installed.processes, installed.world)['ABS_TOKEN']}"}
    with httpx.Client(base_url=installed.processes.sandbox_addresses["audiobookshelf"], headers=key) as shelf:
        (shown,) = shelf.get("/api/libraries").json()["libraries"]
        items = shelf.get(f"/api/libraries/{shown['id']}/items", params={"limit": 0}).json()["results"]
    (metadata,) = [each["media"]["metadata"] for each in items if each["relPath"] == download.library_path]
    return metadata["title"], metadata["seriesName"]


def library(installed: Trial) -> Path:
    (line,) = [
        line for line in installed.processes.settings_file.read_text().splitlines() if line.startswith("LIBRARY_PATH=")
    ]
    return Path(line.partition("=")[2])


def torrents(server: QBittorrentServer) -> list[dict[str, Any]]:
    """The torrents of a client; none while it is unavailable."""
    try:
        with server.session() as session:
            rows: list[dict[str, Any]] = session.get("/torrents/info").raise_for_status().json()
            return rows
    except httpx.TransportError:
        return []


def of_status(installed: Trial, status: DownloadStatus) -> list[Download]:
    with closing(installed.processes.api) as api:
        return [each for each in api.downloads() if each.status is status]


def run(installed: Trial, task: str) -> list[str]:
    """Run a task, wait until it ends, and return its problems."""
    with closing(installed.processes.api) as api:
        return api.follow(api.run_task(task), lambda _run: None).problems


def monitored(installed: Trial) -> list[Download]:
    """All downloads, after one run of the download monitor."""
    run(installed, "download_monitor")
    with closing(installed.processes.api) as api:
        return list(api.downloads())


def pass_a_minute(installed: Trial) -> None:
    """Make every download older by the time after which an absent torrent counts as removed."""
    with psycopg.connect(installed.processes.installation.postgres.url(DATABASE), autocommit=True) as database:
        database.execute("update downloads.downloads set state_since = state_since - interval '1 minute'")


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.1)
