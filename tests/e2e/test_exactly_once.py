"""Each wanted book ends with one torrent and one import, whatever is killed while the books are downloaded.

Two replicas of the downloader, a real download client, NATS and Postgres are killed at random, and the data of NATS is
deleted once. The suite downloads a few books. `make exactly-once` downloads as many as requested.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from cli.task_runs import run_to_end
from gapless_client import every
from gapless_client.models import Download, DownloadStatus, Run
from harness.lost_messages import cancel_silent_runs, pass_hours, start_run
from harness.qbittorrent import QBittorrentServer
from harness.real_clients import seed, torrents
from harness.trial import Trial
from harness.wanted_books import wanted_books

pytestmark = pytest.mark.needs("qbittorrent-nox")

BOOKS = int(os.environ.get("EXACTLY_ONCE_BOOKS") or 24)
SEED = os.environ.get("EXACTLY_ONCE_SEED") or str(random.getrandbits(32))
REPLICA = "downloader#2"
CLIENT = "client"
VICTIMS = ("downloader", REPLICA, CLIENT, "nats", "postgres")
KILLS_OF_EACH = max(2, BOOKS // 50)
LONGEST_PAUSE_SECONDS = max(2.0, BOOKS / 20)
SETTINGS = {
    "DOWNLOAD_STALLED_HOURS": "24",
    "TASK_DOWNLOAD_MONITOR_CRON": "@every 2s",
    "TASK_DOWNLOAD_RETRY_CRON": "@every 5s",
}
SILENT_AFTER = timedelta(seconds=10)
RUN_SECONDS = 120.0 + BOOKS
IMPORTED_WITHIN_SECONDS = 120.0 + 5 * BOOKS


def test_each_wanted_book_ends_with_one_torrent_and_one_import_whatever_is_killed(
    install_with_client: Callable[..., Trial], client: QBittorrentServer, seeder: QBittorrentServer
) -> None:
    installed = install_with_client(wanted_books(BOOKS), **SETTINGS)
    seed(seeder, installed)
    installed.processes.start(REPLICA)
    for task in ("library_scan", "series_completion"):
        follow(installed, task)

    start_run(installed, "wanted_search")
    kill_at_random(installed, client, random.Random(SEED))
    installed.wait_until_healthy()
    downloads = all_imported(installed)

    assert Counter(each.status for each in downloads) == {DownloadStatus.IMPORTED: BOOKS}, SEED
    assert len({each.missing_book_id for each in downloads}) == BOOKS, SEED
    assert sorted(each["hash"] for each in torrents(client)) == sorted(str(each.info_hash) for each in downloads), SEED
    shown = Counter(item["relPath"] for item in installed.items().values())
    assert set(shown.values()) == {1}, SEED
    assert len(shown) == len(installed.world.library) + BOOKS, SEED
    assert {each.library_path for each in downloads} <= shown.keys(), SEED


def kill_at_random(installed: Trial, client: QBittorrentServer, chance: random.Random) -> None:
    """Kill and restart each victim some times, in random order, and delete the data of NATS once."""
    victims = [*VICTIMS] * KILLS_OF_EACH
    chance.shuffle(victims)
    for place, victim in enumerate(victims):
        time.sleep(chance.uniform(0.2, LONGEST_PAUSE_SECONDS))
        if place == len(victims) // 2:
            installed.processes.lose_broker_data()
        if victim == CLIENT:
            client.kill()
            time.sleep(chance.uniform(0.0, 1.0))
            client.restart()
        else:
            installed.processes.kill(victim)
            time.sleep(chance.uniform(0.0, 1.0))
            installed.processes.restart(victim)


def all_imported(installed: Trial) -> list[Download]:
    """All downloads, as soon as each book is imported, or when the time is over.

    Meanwhile, hours pass for whatever waits, and the searches are repeated as the schedule would.
    """
    deadline = time.monotonic() + IMPORTED_WITHIN_SECONDS
    while True:
        with closing(installed.processes.api) as api:
            downloads = list(every(api.downloads.list, sort="created_at"))
        imported = [each for each in downloads if each.status is DownloadStatus.IMPORTED]
        if len(imported) >= BOOKS or time.monotonic() > deadline:
            return downloads
        cancel_silent_runs(installed, SILENT_AFTER)
        pass_hours(installed)
        start_run(installed, "wanted_search")
        time.sleep(2.0)


def follow(installed: Trial, task: str) -> None:
    """Run a task and wait until it ends. Raises AssertionError if that takes too long, or if the run has problems."""
    deadline = time.monotonic() + RUN_SECONDS

    def check(_run: Run) -> None:
        assert time.monotonic() < deadline, f"{task} did not end within {RUN_SECONDS:g} s"

    with closing(installed.processes.api) as api:
        assert run_to_end(api, task, on_progress=check).problems == []
