"""Whichever part is killed, and whenever: nothing is lost, and nothing is done twice."""

import random
import threading
from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from harness.trial import Trial
from shared.contracts.downloads.downloads import DownloadStatus

GROUPS = [("library-scanner", "nats", "downloader", "scheduler"), ("mam-search", "postgres", "metadata", "gateway")]
"""Every part is in one group, so that two installations test all eight."""
KILLS_OF_EACH = 3
CYCLE_SECONDS = 240.0


@pytest.mark.parametrize("group", GROUPS, ids=" and ".join)
def test_cycles_during_which_parts_are_killed_end_with_the_truth_of_the_world(
    install: Callable[..., Trial], group: tuple[str, ...]
) -> None:
    installed = install("small")
    seed = f"{group}-{random.getrandbits(32)}"

    cycle_with_kills(installed, [*group] * KILLS_OF_EACH, random.Random(seed))

    installed.wait_until_healthy()
    # A phase that needed a killed service reports it. The next cycle does its work, as the schedule would.
    score = installed.score(installed.cycle())
    assert score.perfect, f"{seed}: {score}"
    assert_nothing_twice(installed)


def cycle_with_kills(installed: Trial, victims: list[str], chance: random.Random) -> None:
    """Run a cycle during which the victims are killed and restarted at random moments.

    A cycle can end early because a service was killed. Then the next cycle begins, so that each kill is during a cycle.
    """
    cycle = begin_cycle(installed)
    for victim in victims:
        cycle.join(chance.uniform(0.2, 4.0))
        if not cycle.is_alive():
            cycle = begin_cycle(installed)
        installed.processes.kill(victim)
        cycle.join(chance.uniform(0.0, 1.5))
        installed.processes.restart(victim)
    cycle.join(CYCLE_SECONDS)
    assert not cycle.is_alive()


def begin_cycle(installed: Trial) -> threading.Thread:
    """Start a cycle in a thread."""
    cycle = threading.Thread(target=installed.cycle, daemon=True)
    cycle.start()
    return cycle


def assert_nothing_twice(installed: Trial) -> None:
    """Check that each wanted book was imported once, and that each folder of the library is one item."""
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
