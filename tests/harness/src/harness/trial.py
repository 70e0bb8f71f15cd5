"""An installation on a sandbox world, whose results are compared with the truth of the world."""

import io
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from demo.demo import DEMO_SETTINGS
from demo.truth import observed
from embedded.folder import passing_folder
from embedded.nats_cluster import NatsCluster
from rich.console import Console
from sandbox.scoring import Score, score
from sandbox.validation import load
from sandbox.world import World

from harness.cluster_installation import ClusterInstallation
from harness.processes import UP_WITHIN_SECONDS, Processes
from harness.secret_search import known_secrets, secrets_in_clear


@dataclass
class Trial:
    """A running installation on a world, each service as a process."""

    processes: Processes
    world: World

    def cycle(self, *, wait_minutes: float = 5.0) -> Summary:
        """Run one cycle as `gapless run` does."""
        api = self.processes.api
        options = Options(metadata_task="metadata_full_refresh", wait_minutes=wait_minutes)
        try:
            return run_cycle(api, options, Console(file=io.StringIO(), width=200))
        finally:
            api.close()

    def wait_until_healthy(self) -> None:
        """Wait until every service answers. Raises `TimeoutError` if one does not in time."""
        api, deadline = self.processes.api, time.monotonic() + UP_WITHIN_SECONDS
        try:
            while silent := [each.service for each in api.system.get_diagnostics().services if each.problem]:
                if time.monotonic() > deadline:
                    raise TimeoutError(f"{', '.join(silent)} did not answer within {UP_WITHIN_SECONDS:g} s")
        finally:
            api.close()

    def secrets_in_clear(self) -> list[str]:
        """Where anything that was written shows a secret in clear."""
        return secrets_in_clear(self.processes, known_secrets(self.processes, self.world))

    def items(self) -> dict[str, Any]:
        """Every item of the stand-in of Audiobookshelf, without the times of change and the ids of authors and series.

        An author or series without books is removed there, and gets another id when it is added again.
        """
        key = {"Authorization": f"Bearer {known_secrets(self.processes, self.world)['ABS_TOKEN']}"}
        with httpx.Client(
            base_url=self.processes.sandbox_addresses["audiobookshelf"], headers=key, timeout=60
        ) as shelf:
            (library,) = shelf.get("/api/libraries").json()["libraries"]
            listed = shelf.get(f"/api/libraries/{library['id']}/items", params={"limit": 0}).json()["results"]
            items = [shelf.get(f"/api/items/{each['id']}", params={"expanded": 1}).json() for each in listed]
        for each in items:
            for name in ("authors", "series"):
                for one in each["media"]["metadata"][name]:
                    del one["id"]
        return {each.pop("id"): {name: value for name, value in each.items() if name != "updatedAt"} for each in items}

    def score(self, summary: Summary) -> Score:
        """Compare what the cycle did with the truth of the world."""
        api = self.processes.api
        try:
            return score(self.world, observed(api, self.world, summary))
        finally:
            api.close()


@contextmanager
def trial(
    world: Path, settings: Mapping[str, str], *, on_disk: bool = False, preloaded: bool = False
) -> Iterator[Trial]:
    """Run a complete installation in a temporary folder: in memory if it has room, or `on_disk` to measure speed.

    With `preloaded` it starts faster, see `Processes`.
    """
    with (
        passing_folder(on_disk=on_disk) as folder,
        Processes(folder, {**DEMO_SETTINGS, **settings}, world=world, preloaded=preloaded) as processes,
    ):
        yield Trial(processes, load(world))


@contextmanager
def cluster_trial(world: Path, settings: Mapping[str, str], *, replicas: int) -> Iterator[tuple[Trial, NatsCluster]]:
    """Run an installation with a cluster of NATS servers, and so many replicas of each service."""
    with passing_folder() as folder:
        installation = ClusterInstallation(folder)
        processes = Processes(
            folder,
            {**DEMO_SETTINGS, **settings},
            world=world,
            preloaded=True,
            replicas=replicas,
            installation=installation,
        )
        with processes:
            yield Trial(processes, load(world)), installation.cluster
