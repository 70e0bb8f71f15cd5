"""An installation on a sandbox world, and its cycles held against the world's truth: for tests and benchmarks."""

import io
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from demo.demo import DEMO_SETTINGS
from demo.truth import observed
from embedded.folder import passing_folder
from rich.console import Console
from sandbox.scoring import Score, score
from sandbox.world import World, load

from harness.processes import UP_WITHIN_SECONDS, Processes


@dataclass
class Trial:
    """An installation whose services are processes, on a world."""

    processes: Processes
    world: World

    def cycle(self, *, wait_minutes: float = 5.0) -> Summary:
        """Run one whole cycle as `gapless run` does."""
        api = self.processes.api
        options = Options(metadata_task="metadata_full_refresh", wait_minutes=wait_minutes)
        try:
            return run_cycle(api, options, Console(file=io.StringIO(), width=200))
        finally:
            api.close()

    def wait_until_well(self) -> None:
        """Return when every service answers. Raises `TimeoutError` when one does not within a minute."""
        api, deadline = self.processes.api, time.monotonic() + UP_WITHIN_SECONDS
        try:
            while silent := [each.service for each in api.diagnostics().services if each.problem]:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{', '.join(silent)} not up after {UP_WITHIN_SECONDS:g} s")
        finally:
            api.close()

    def score(self, summary: Summary) -> Score:
        """Hold what was done against the world's truth."""
        api = self.processes.api
        try:
            return score(self.world, observed(api, self.world, summary))
        finally:
            api.close()


@contextmanager
def trial(world: Path, settings: Mapping[str, str], *, on_disk: bool = False) -> Iterator[Trial]:
    """A whole installation in a folder of its own, gone afterwards; `on_disk` where speed is measured."""
    with (
        passing_folder(on_disk=on_disk) as folder,
        Processes(folder, {**DEMO_SETTINGS, **settings}, world=world) as processes,
    ):
        yield Trial(processes, load(world))
