"""A cluster: three NATS servers, two replicas of each service and one Postgres, of which anything may be killed.

After a cycle with kills, everything is restarted part by part while requests arrive.

The suite runs one round. `make cluster-check ROUNDS=30` runs more, each with a seed of its own.
"""

import os
import random
import sys
import threading

import pytest
from embedded.nats_cluster import NatsCluster
from harness.judges import assert_nothing_lost, assert_nothing_twice, assert_one_pace_at_mam, forget_pace_at_mam
from harness.rolling_restart import Load, restart_each
from harness.trial import Trial, cluster_trial
from sandbox.worldmaking.shipped import SANDBOX

ROUNDS = int(os.environ.get("CLUSTER_ROUNDS") or 1)
SEED = os.environ.get("CLUSTER_SEED") or str(random.getrandbits(32))
MAM_PACE_SECONDS = 0.2
REPLICAS = 2
LEADERS = ("leader of COMMANDS", "leader of EVENTS", "leader of any consumer", "leader of the cluster")
KILLS_OF_SERVERS = 2
KILLS_OF_REPLICAS = 6 if ROUNDS > 1 else 4
CYCLE_SECONDS = 400.0
HANDLE_REQUESTS = ("gateway", "metadata", "library-scanner")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_kills_during_a_cycle_and_a_rolling_restart_lose_nothing_and_do_nothing_twice(number: int) -> None:
    seed = f"{SEED}-{number}"
    chance = random.Random(seed)
    sys.stdout.write(f"seed {seed}\n")
    world, settings = SANDBOX / "worlds" / "small.json", {"MAM_RATE_LIMIT": str(MAM_PACE_SECONDS)}
    with cluster_trial(world, settings, replicas=REPLICAS) as (installed, cluster):
        forget_pace_at_mam(installed)
        victims = [*LEADERS, "postgres", *chance.choices([*cluster.servers], k=KILLS_OF_SERVERS)]
        victims += chance.sample(installed.processes.replica_names(), k=KILLS_OF_REPLICAS)
        chance.shuffle(victims)

        cycle_with_kills(installed, cluster, victims, chance)

        installed.wait_until_healthy()
        score = installed.score(installed.cycle())
        assert score.perfect, f"{seed}: {score}"
        assert_nothing_twice(installed)
        assert_nothing_lost(installed)
        assert_one_pace_at_mam(installed, MAM_PACE_SECONDS)

        load = Load(installed, ["gateway", "gateway#2"])
        with load.running():
            restart_each(installed, [*cluster.servers, *rolled(installed)])
        load.assert_nothing_lost()
        assert_nothing_lost(installed)


def rolled(installed: Trial) -> list[str]:
    """The processes that are restarted: all in the long form, in the suite those that handle the requests."""
    names = installed.processes.replica_names()
    return names if ROUNDS > 1 else [each for each in names if each.partition("#")[0] in HANDLE_REQUESTS]


def cycle_with_kills(installed: Trial, cluster: NatsCluster, victims: list[str], chance: random.Random) -> None:
    """Run a cycle during which the victims are killed and restarted, each at a random moment.

    A cycle can end early because a service was killed. Then the next cycle begins.
    """
    cycle = begin_cycle(installed)
    for victim in victims:
        cycle.join(chance.uniform(0.2, 4.0))
        if not cycle.is_alive():
            cycle = begin_cycle(installed)
        name = resolve(victim, cluster, chance)
        sys.stdout.write(f"kill {victim}: {name}\n")
        installed.processes.kill(name)
        cycle.join(chance.uniform(0.0, 1.5))
        installed.processes.restart(name)
    cycle.join(CYCLE_SECONDS)
    assert not cycle.is_alive()


def resolve(victim: str, cluster: NatsCluster, chance: random.Random) -> str:
    """The part that a victim is now. While there is no leader, it is any server."""
    if victim not in LEADERS:
        return victim
    leaders = cluster.leaders()
    consumers = [leader for name, leader in sorted(leaders.items()) if "/" in name]
    leader = {
        "leader of COMMANDS": leaders.get("COMMANDS"),
        "leader of EVENTS": leaders.get("EVENTS"),
        "leader of any consumer": chance.choice(consumers) if consumers else None,
        "leader of the cluster": cluster.meta_leader(),
    }[victim]
    return leader or chance.choice([*cluster.servers])


def begin_cycle(installed: Trial) -> threading.Thread:
    """Start a cycle in a thread."""
    cycle = threading.Thread(target=installed.cycle, daemon=True)
    cycle.start()
    return cycle
