"""The cycle with real clients: one qBittorrent downloads what another seeds, and the tracker connects them."""

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from cli.task_runs import run_to_end
from gapless_client import every
from gapless_client.models import Download, DownloadStatus
from harness.lost_messages import superuser
from harness.qbittorrent import QBittorrentServer
from harness.real_clients import seed, torrents, until
from harness.secret_search import known_secrets
from harness.trial import Trial
from sandbox.testing import a_record, a_world, an_offer
from sandbox.validation import load
from sandbox.world import MissingTruth, OwnedBook, World
from sandbox.worldmaking.shipped import SANDBOX

pytestmark = pytest.mark.needs("qbittorrent-nox")

SETTINGS = {"DOWNLOAD_STALLED_HOURS": "0.006"}
"""About 20 seconds without a seed, because real clients need some time to find each other."""
MEGABYTE = 1024 * 1024


@pytest.fixture
def install(install_with_client: Callable[..., Trial]) -> Callable[..., Trial]:
    """Call it with a world, and settings, to start a new installation that uses the real download client."""

    def installed(world: World, **settings: str) -> Trial:
        return install_with_client(world, **(SETTINGS | settings))

    return installed


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
    with httpx.Client(
        base_url=installed.processes.sandbox_addresses["audiobookshelf"], headers=key, timeout=60
    ) as shelf:
        (shown,) = shelf.get("/api/libraries").json()["libraries"]
        items = shelf.get(f"/api/libraries/{shown['id']}/items", params={"limit": 0}).json()["results"]
    (metadata,) = [each["media"]["metadata"] for each in items if each["relPath"] == download.library_path]
    return metadata["title"], metadata["seriesName"]


def library(installed: Trial) -> Path:
    (line,) = [
        line for line in installed.processes.settings_file.read_text().splitlines() if line.startswith("LIBRARY_PATH=")
    ]
    return Path(line.partition("=")[2])


def of_status(installed: Trial, status: DownloadStatus) -> list[Download]:
    with closing(installed.processes.api) as api:
        return [each for each in every(api.downloads.list, sort="created_at") if each.status is status]


def run(installed: Trial, task: str) -> list[str]:
    """Run a task, wait until it ends, and return its problems."""
    with closing(installed.processes.api) as api:
        return run_to_end(api, task).problems


def monitored(installed: Trial) -> list[Download]:
    """All downloads, after one run of the download monitor."""
    run(installed, "download_monitor")
    with closing(installed.processes.api) as api:
        return list(every(api.downloads.list, sort="created_at"))


def pass_a_minute(installed: Trial) -> None:
    """Make every download older by the time after which an absent torrent counts as removed."""
    with superuser(installed) as database:
        database.execute("update downloads.downloads set state_since = state_since - interval '1 minute'")
