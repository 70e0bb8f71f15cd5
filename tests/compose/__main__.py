"""Kills one part after another of the compose installation, and compares each result with the truth of the world.

Run it with `make compose-check`, or `python -m tests.compose [PART…]` for some parts. It needs Docker with Compose 2,
has its own project name, and removes everything that it started.
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
from sandbox.validation import load
from sandbox.world import World
from sandbox.worldmaking.shipped import SANDBOX

from tests.compose.compose_project import ComposeProject

PARTS = ["mam-search", "library-scanner", "downloader", "metadata", "scheduler", "gateway", "nats", "postgres"]
REPLICAS = 3
KILLS = 3
CYCLE_WITHIN_SECONDS = 600.0
OPTIONS = Options(metadata_task="metadata_full_refresh", wait_minutes=5.0)


def main(parts: list[str]) -> int:
    """Return 1 if one of the results is wrong, else 0."""
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
            console.print(f"{victim} killed: {'; '.join(faults) or 'every result is right'} ({took})", highlight=False)
    return 1 if failed else 0


def _cycle_with_kills(project: ComposeProject, world: World, victim: str) -> list[str]:
    """Run a cycle during which one part is killed, and one without kills. Returns what is wrong then."""
    cycle = threading.Thread(target=_cycle, args=(project,), daemon=True)
    cycle.start()
    for _ in range(KILLS):
        cycle.join(random.uniform(0.5, 8.0))
        if cycle.is_alive():
            project.crash(victim)
    cycle.join(CYCLE_WITHIN_SECONDS)
    if cycle.is_alive():
        return ["the cycle did not end"]
    project.wait_until_healthy()
    return _faults(project, world, _cycle(project))


def _cycle(project: ComposeProject) -> Summary:
    """Run one cycle as `gapless run` does."""
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
    torrents = project.torrents()
    in_flight = project.mam_requests_at_once()
    # A replica that was killed counts from its last start.
    received = project.messages_by_replica("mam-search")
    found = {
        f"wrong results: {result.counts()}": not result.perfect,
        f"{len(paths)} books in {len(set(paths))} folders": len(paths) != len(set(paths)),
        f"{len(paths)} books, not {summary.books_after}": len(paths) != summary.books_after,
        f"{torrents} torrents for {len(seen.grabs)} grabs": torrents != len(seen.grabs),
        f"{in_flight} requests to MyAnonamouse at the same time": in_flight != 1,
        f"replicas of mam-search received {received} messages": sum(1 for each in received if each) < REPLICAS - 1,
    }
    return [words for words, wrong in found.items() if wrong]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PARTS))
