"""Whatever is killed, and when: nothing is lost, nothing is done twice."""

import random
import threading
from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from harness.trial import Trial
from shared.contracts.downloads.downloads import DownloadStatus

KILLED = ["library-scanner", "mam-search", "downloader", "metadata", "scheduler", "gateway", "nats", "postgres"]
KILLS = 3
CYCLE_SECONDS = 240.0


@pytest.mark.parametrize("victim", KILLED)
def test_a_cycle_in_which_one_part_is_killed_ends_as_the_truth_says(install: Callable[..., Trial], victim: str) -> None:
    installed = install("small")
    seed = f"{victim}-{random.getrandbits(32)}"

    cycle_with_kills(installed, victim, random.Random(seed))

    installed.wait_until_well()
    # A phase that met a dead service says so and is made up for by the next cycle, as the schedule would.
    score = installed.score(installed.cycle())
    assert score.perfect, f"{seed}: {score}"
    assert_nothing_twice(installed)


def cycle_with_kills(installed: Trial, victim: str, chance: random.Random) -> None:
    """One cycle during which the victim is killed and started again at random moments."""
    cycle = threading.Thread(target=installed.cycle)
    cycle.start()
    for _ in range(KILLS):
        cycle.join(chance.uniform(0.2, 4.0))
        if not cycle.is_alive():
            break
        installed.processes.kill(victim)
        cycle.join(chance.uniform(0.0, 1.5))
        installed.processes.restart(victim)
    cycle.join(CYCLE_SECONDS)
    assert not cycle.is_alive()


def assert_nothing_twice(installed: Trial) -> None:
    """Each wanted book is in the client once and in the library once."""
    api = installed.processes.api
    downloads = [each for each in api.downloads() if each.status is DownloadStatus.IMPORTED]
    api.close()
    assert max(Counter(each.missing_book_id for each in downloads).values(), default=1) == 1
    settings = dict(
        line.split("=", 1) for line in installed.processes.settings_file.read_text().splitlines() if "=" in line
    )
    with httpx.Client(
        base_url=settings["ABS_URL"], headers={"Authorization": f"Bearer {settings['ABS_TOKEN']}"}
    ) as abs_:
        library = abs_.get("/api/libraries").json()["libraries"][0]["id"]
        items = abs_.get(f"/api/libraries/{library}/items", params={"limit": 500}).json()["results"]
    assert len({item["relPath"] for item in items}) == len(items)
    assert len(items) == len(installed.world.library) + len(downloads)
