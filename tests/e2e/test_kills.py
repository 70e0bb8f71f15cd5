"""Whichever part is killed, and whenever: nothing is lost, and nothing is done twice."""

import random
import threading
from collections.abc import Callable

import pytest
from harness.judges import assert_nothing_twice
from harness.trial import Trial

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
