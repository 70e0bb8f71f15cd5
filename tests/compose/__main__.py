"""Starts the compose installation with its sandbox, kills one part after another, and holds each end against the truth.

`make compose-check`, or python -m tests.compose PART…; without names every part has its turn. It needs Docker with
Compose 2, runs under a project name of its own and removes all it started.
"""

import io
import random
import sys
import threading
import time

from cli.api_client import Api
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from demo.truth import observed
from rich.console import Console
from sandbox.scoring import score
from sandbox.world import World, load
from sandbox.worldmaking.shipped import SANDBOX

from tests.compose.compose_project import ComposeProject

PARTS = ["mam-search", "library-scanner", "downloader", "metadata", "scheduler", "gateway", "nats", "postgres"]
REPLICAS = 3
KILLS = 3
CYCLE_WITHIN_SECONDS = 600.0
OPTIONS = Options(metadata_task="metadata_full_refresh", wait_minutes=5.0)


def main(parts: list[str]) -> int:
    """1 when one end was not as the truth says, else 0."""
    world = load(SANDBOX / "worlds" / "small.json")
    console = Console()
    failed = 0
    with ComposeProject() as project:
        project.build()
        for victim in parts:
            try:
                began = time.monotonic()
                project.up(scale={"mam-search": REPLICAS})
                up_seconds = time.monotonic() - began
                faults = _cycle_with_kills(project, world, victim)
            finally:
                project.down()
            failed += bool(faults)
            took = f"up after {up_seconds:.0f} s, {time.monotonic() - began:.0f} s in all"
            console.print(f"{victim} killed: {'; '.join(faults) or 'as the truth says'} ({took})", highlight=False)
    return 1 if failed else 0


def _cycle_with_kills(project: ComposeProject, world: World, victim: str) -> list[str]:
    """What is wrong after a cycle in which one part was killed, and the next one, in which none was."""
    cycle = threading.Thread(target=_cycle, args=(project,), daemon=True)
    cycle.start()
    for _ in range(KILLS):
        cycle.join(random.uniform(0.5, 8.0))
        if cycle.is_alive():
            project.crash(victim)
    cycle.join(CYCLE_WITHIN_SECONDS)
    if cycle.is_alive():
        return ["the cycle did not end"]
    project.wait_until_well()
    return _faults(project, world, _cycle(project))


def _cycle(project: ComposeProject) -> Summary:
    """One whole cycle as `gapless run` does."""
    api = Api(project.url, project.api_key)
    try:
        return run_cycle(api, OPTIONS, Console(file=io.StringIO(), width=200))
    finally:
        api.close()


def _faults(project: ComposeProject, world: World, summary: Summary) -> list[str]:
    api = Api(project.url, project.api_key)
    try:
        seen = observed(api, world, summary)
        paths = [book.path for book in api.books()]
    finally:
        api.close()
    result = score(world, seen)
    in_the_client = project.torrents()
    at_once = project.mam_requests_at_once()
    # One that was killed counts from its last start.
    answered = project.messages_by_replica("mam-search")
    found = {
        f"not the truth: {result.counts()}": not result.perfect,
        f"{len(paths)} books at {len(set(paths))} places": len(paths) != len(set(paths)),
        f"{len(paths)} books in the end": len(paths) != summary.books_after,
        f"{in_the_client} torrents for {len(seen.grabs)} grabs": in_the_client != len(seen.grabs),
        f"{at_once} requests to MyAnonamouse at once": at_once != 1,
        f"replicas of mam-search heard {answered} messages": sum(1 for each in answered if each) < REPLICAS - 1,
    }
    return [words for words, wrong in found.items() if wrong]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PARTS))
