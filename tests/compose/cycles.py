"""One cycle in a compose installation, and what is wrong with its result."""

import io
import random
import threading
from collections.abc import Mapping

from cli.connection import RETRY_SECONDS
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from demo.truth import observed
from gapless_client import Gapless, every
from rich.console import Console
from sandbox.scoring import score
from sandbox.world import World

from tests.compose.compose_project import ComposeProject

KILLS = 3
CYCLE_WITHIN_SECONDS = 600.0
OPTIONS = Options(metadata_task="metadata_full_refresh", wait_minutes=5.0)


def cycle_with_kills(project: ComposeProject, world: World, victim: str, replicas: Mapping[str, int]) -> list[str]:
    """Run a cycle during which one part is killed, and one without kills. Returns what is wrong then."""
    running = threading.Thread(target=cycle, args=(project,), daemon=True)
    running.start()
    for _ in range(KILLS):
        running.join(random.uniform(0.5, 8.0))
        if running.is_alive():
            project.crash(victim)
    running.join(CYCLE_WITHIN_SECONDS)
    if running.is_alive():
        return ["the cycle did not end"]
    project.wait_until_healthy()
    return faults(project, world, cycle(project), replicas)


def cycle(project: ComposeProject) -> Summary:
    """Run one cycle as `gapless run` does."""
    api = Gapless(project.url, project.api_key, retry_seconds=RETRY_SECONDS)
    try:
        return run_cycle(api, OPTIONS, Console(file=io.StringIO(), width=200))
    finally:
        api.close()


def faults(project: ComposeProject, world: World, summary: Summary, replicas: Mapping[str, int]) -> list[str]:
    """What is wrong with the result of a cycle. `replicas` is how many replicas of a service should have worked."""
    api = Gapless(project.url, project.api_key, retry_seconds=RETRY_SECONDS)
    try:
        seen = observed(api, world, summary)
        paths = [book.path for book in every(api.books.list, sort="added_at")]
    finally:
        api.close()
    result = score(world, seen)
    torrents = project.torrents()
    in_flight = project.mam_requests_at_once()
    # A replica that was killed counts from its last start.
    received = {name: project.messages_by_replica(name) for name in replicas}
    found = {
        f"wrong results: {result.counts()}": not result.perfect,
        f"{len(paths)} books in {len(set(paths))} folders": len(paths) != len(set(paths)),
        f"{len(paths)} books, not {summary.books_after}": len(paths) != summary.books_after,
        f"{torrents} torrents for {len(seen.grabs)} grabs": torrents != len(seen.grabs),
        f"{in_flight} requests to MyAnonamouse at the same time": in_flight != 1,
        **{
            f"replicas of {name} received {received[name]} messages": sum(1 for each in received[name] if each) < count
            for name, count in replicas.items()
        },
    }
    return [words for words, wrong in found.items() if wrong]
