"""An installation without settings."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import httpx
import pytest
from demo.demo import DEMO_SETTINGS
from demo.sandbox_process import sandbox_process
from embedded.folder import passing_folder
from gateway.dashboard.files import BUILT, INDEX
from harness.browser import WAIT_MILLISECONDS, require_built, run_until
from harness.processes import Processes
from sandbox.worldmaking.shipped import SANDBOX
from scheduler.domain.task_table import TASKS

NO_SCHEDULE = {f"TASK_{task.name.upper()}_CRON": "by hand" for task in TASKS}
ENTERED = {
    "ABS_URL", "ABS_TOKEN", "DOWNLOAD_PATH", "LIBRARY_PATH", "QBITTORRENT_URL", "QBITTORRENT_USERNAME",
    "QBITTORRENT_PASSWORD", "MAM_SESSION", "PROWLARR_URL", "PROWLARR_API_KEY", "HARDCOVER_TOKEN",
}  # fmt: skip
"""What the person enters. The environment only has the addresses of the sandbox in the place of public sites."""


@dataclass
class Unconfigured:
    """A running installation whose services wait for settings, and the values that they need."""

    processes: Processes
    values: dict[str, str]

    @property
    def url(self) -> str:
        """The address of the gateway."""
        return f"http://127.0.0.1:{self.processes.port}"

    @property
    def _key(self) -> dict[str, str]:
        return {"X-Api-Key": self.processes.installation.api_key}

    def wait_for_services(self) -> None:
        """Wait until every service says which settings it needs. Raises `TimeoutError` after a minute."""
        deadline = time.monotonic() + WAIT_MILLISECONDS / 1000
        with httpx.Client(base_url=self.url, headers=self._key, timeout=60) as api:
            while any(each["settings"] is None for each in api.get("/api/settings").json()):
                if time.monotonic() > deadline:
                    raise TimeoutError("a service does not answer")
                time.sleep(0.2)

    def has_imported(self) -> bool:
        """Whether a download was imported."""
        answer = httpx.get(f"{self.url}/api/downloads?status=imported&limit=1", headers=self._key, timeout=60)
        return bool(answer.raise_for_status().json()["total"])

    def run_until(self, tasks: Sequence[str], condition: Callable[[], bool]) -> None:
        """Run the tasks again and again until the condition holds. Raises `TimeoutError` after three minutes."""
        with closing(self.processes.api) as client:
            run_until(client, tasks, condition)


@pytest.fixture(scope="module")
def unconfigured() -> Iterator[Unconfigured]:
    """An installation beside the small world whose services wait for their settings."""
    require_built(BUILT / INDEX)
    with (
        passing_folder() as folder,
        sandbox_process(SANDBOX / "worlds" / "small.json", folder / "sandbox") as sandbox_settings,
    ):
        values = sandbox_settings()
        outside = {name: value for name, value in values.items() if name not in ENTERED}
        settings = {**outside, **DEMO_SETTINGS, **NO_SCHEDULE, "MAM_RATE_LIMIT": "0", "SERIES_AUTO_DOWNLOAD": "true"}
        with Processes(folder / "data", settings, preloaded=True) as processes:
            made = Unconfigured(processes, values)
            made.wait_for_services()
            yield made
