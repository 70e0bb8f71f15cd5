"""`gapless demo`: one cycle against a sandbox world, compared with the world's expected results."""

import asyncio
import hashlib
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.connection import RETRY_SECONDS
from cli.cycle.phases import Options
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from cli.output import console as terminal
from embedded.folder import FolderInUse, default_data_folder
from embedded.installation import Installation
from embedded.process import CannotStart, free_port, port_is_free
from embedded.up import StopRequest
from gapless_client import ApiProblem, Gapless
from one_process.services import all_services
from rich.console import Console
from sandbox.scoring import score
from sandbox.validation import InvalidWorld, load
from sandbox.world import World
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis import logging

from demo.account import words_of
from demo.findings import show_findings
from demo.guides import crawl_guides
from demo.sandbox_process import sandbox_process
from demo.top_list import show_top_lists
from demo.truth import observed, show_score

GATEWAY_PORT = 8080
DEMO_SETTINGS = {"HEALTH_HOST": "127.0.0.1", "DOWNLOAD_STALLED_HOURS": "0.002", "MAM_CRAWL_MAX_PAGES": "12"}
"""In a demo, torrents without seeds fail after some seconds instead of a day, and only a few pages are crawled."""


def demo() -> None:
    """Run one cycle on a sandbox world (WORLD=path; default: the small one). Serve until Ctrl-C unless ONCE=1."""
    began = time.monotonic()
    console = terminal()
    path = Path(os.environ.get("WORLD") or SANDBOX / "worlds" / "small.json")
    world = _world(path)
    logging.configure(os.environ.get("LOG_LEVEL", "ERROR"), os.environ.get("LOG_FORMAT", "console"))
    folder = default_data_folder() / "demo" / f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    console.print(f"Starting Postgres, NATS, the sandbox and six services; their data is in {folder}.", soft_wrap=True)
    try:
        with (
            StopRequest() as stop_request,
            sandbox_process(path, folder / "sandbox") as sandbox_settings,
            Installation(folder) as installation,
        ):
            demonstration = Demonstration(world, installation, sandbox_settings(), console, began)
            status = asyncio.run(demonstration.run(stop_request, once=os.environ.get("ONCE") == "1"))
    except (FolderInUse, CannotStart, OSError) as error:
        sys.exit(f"demo: {error}")
    sys.exit(status)


@dataclass(frozen=True)
class Demonstration:
    """One cycle on a world, in an installation whose settings point to the sandbox."""

    world: World
    installation: Installation
    sandbox_addresses: Mapping[str, str]
    console: Console
    began: float

    async def run(self, stop_request: StopRequest, *, once: bool) -> int:
        """Run the cycle and, unless `once`, serve until a stop is requested. Returns the exit status."""
        port = GATEWAY_PORT if port_is_free(GATEWAY_PORT) else free_port()
        given = {**DEMO_SETTINGS, "HEALTH_PORT": str(port), **self.sandbox_addresses}
        async with all_services(self.installation.environment, given):
            self._say(f"World {self.world.name!r}. Services are up after {self._seconds()}.")
            api = Gapless(f"http://127.0.0.1:{port}", self.installation.api_key, retry_seconds=RETRY_SECONDS)
            cycle = asyncio.create_task(asyncio.to_thread(self._cycle, api))
            stop = asyncio.create_task(stop_request.wait())
            await asyncio.wait({cycle, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not cycle.done():
                api.close()  # the cycle's next call fails, and with it the cycle
                await asyncio.gather(cycle, return_exceptions=True)
                return 130
            summary = cycle.result()
            if not once and not stop_request.stop:
                self._print_addresses(port)
                await stop_request.wait()
            stop.cancel()
            return 0 if summary is not None and summary.complete else 1

    def _cycle(self, api: Gapless) -> Summary | None:
        summary = self._compared_cycle(api)
        self._say(f"Start and cycle took {self._seconds()}.")
        if summary is not None:
            self._say(crawl_guides(api))
        return summary

    def _compared_cycle(self, api: Gapless) -> Summary | None:
        try:
            summary = run_cycle(api, Options(metadata_task="metadata_full_refresh", wait_minutes=10), self.console)
            show_top_lists(self.console, api)
            show_findings(self.console, api)
            show_score(self.console, score(self.world, observed(api, self.world, summary)))
            self._say(words_of(api.account.get()))
        except ApiProblem as problem:
            self._say(f"The cycle ended early: {problem}")
            return None
        return summary

    def _print_addresses(self, port: int) -> None:
        self._say(f"In a browser:    http://127.0.0.1:{port}")
        self._say(f"REST API:        http://127.0.0.1:{port}/docs")
        self._say(f"API key:         {self.installation.api_key}")
        self._say(f"Audiobookshelf:  {self.sandbox_addresses['ABS_URL']} (in the sandbox)")
        self._say("Press Ctrl-C to stop everything.")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"

    def _say(self, words: str) -> None:
        self.console.print(words, highlight=False, markup=False)


def _world(path: Path) -> World:
    try:
        return load(path)
    except OSError as error:
        sys.exit(f"WORLD: cannot read {path}: {error.strerror}. Example: WORLD=sandbox/worlds/small.json make demo")
    except InvalidWorld as error:
        sys.exit(f"WORLD: not a valid world:\n{error}")
