"""`gapless demo`: one whole cycle against a sandbox world, held against the world's truth."""

import asyncio
import hashlib
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cli.api_client import Api, ApiProblem
from cli.cycle.phases import Options
from cli.cycle.progress import console as terminal
from cli.cycle.progress import run_cycle
from cli.cycle.summary import Summary
from embedded.folder import FolderInUse, default_data_folder
from embedded.installation import Installation
from embedded.one_process import all_services
from embedded.process import CannotStart, free_port, port_is_free
from embedded.up import Told, stopping_at_signals
from pydantic import ValidationError
from rich.console import Console
from sandbox.scoring import score
from sandbox.validation import mistakes_in
from sandbox.world import World, load
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis import logging

from demo.sandbox_process import sandbox_process
from demo.truth import observed, show_score

GATEWAY_PORT = 8080
DEMO_SETTINGS = {"HEALTH_HOST": "127.0.0.1", "DOWNLOAD_STALLED_HOURS": "0.002"}
"""A world's dead torrents are given up after some seconds: nobody waits a day for a demo."""


def demo() -> None:
    """Run one cycle on a world (WORLD=path, default the small one), then serve it until Ctrl-C (ONCE=1: end)."""
    began = time.monotonic()
    console = terminal()
    path = Path(os.environ.get("WORLD") or SANDBOX / "worlds" / "small.json")
    world = _world(path)
    logging.configure(os.environ.get("LOG_LEVEL", "ERROR"), os.environ.get("LOG_FORMAT", "console"))
    folder = default_data_folder() / "demo" / f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    console.print(f"Starting Postgres, NATS, the sandbox and six services; their data is in {folder}.", soft_wrap=True)
    try:
        with (
            stopping_at_signals() as told,
            sandbox_process(path, folder / "sandbox") as sandbox_settings,
            Installation(folder) as installation,
        ):
            demonstration = Demonstration(world, installation, sandbox_settings(), console, began)
            status = asyncio.run(demonstration.run(told, once=os.environ.get("ONCE") == "1"))
    except (FolderInUse, CannotStart, OSError) as error:
        sys.exit(f"demo: {error}")
    sys.exit(status)


@dataclass(frozen=True)
class Demonstration:
    """One cycle on a world, in an installation, with the settings that point to the sandbox."""

    world: World
    installation: Installation
    pointing_there: Mapping[str, str]
    console: Console
    began: float

    async def run(self, told: Told, *, once: bool) -> int:
        """Run the cycle and, unless `once`, serve until told to stop; the cycle's status."""
        port = GATEWAY_PORT if port_is_free(GATEWAY_PORT) else free_port()
        given = {**DEMO_SETTINGS, "HEALTH_PORT": str(port), **self.pointing_there}
        async with all_services(self.installation, given):
            self._say(f"World {self.world.name!r}. Services are up after {self._seconds()}.")
            api = Api(f"http://127.0.0.1:{port}", self.installation.api_key)
            cycle = asyncio.create_task(asyncio.to_thread(self._cycle, api))
            stop = asyncio.create_task(told.wait())
            await asyncio.wait({cycle, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not cycle.done():
                api.close()  # the cycle's next call fails, and with it the cycle
                await asyncio.gather(cycle, return_exceptions=True)
                return 130
            summary = cycle.result()
            self._say(f"The cycle took {self._seconds()} with everything.")
            if not once and not told.stop:
                self._tell_addresses(port)
                await told.wait()
            stop.cancel()
            return 0 if summary is not None and summary.complete else 1

    def _cycle(self, api: Api) -> Summary | None:
        try:
            summary = run_cycle(api, Options(metadata_task="metadata_full_refresh", wait_minutes=10), self.console)
            show_score(self.console, score(self.world, observed(api, self.world, summary)))
        except ApiProblem as problem:
            self._say(f"The cycle ended early: {problem}")
            return None
        return summary

    def _tell_addresses(self, port: int) -> None:
        self._say(f"REST API:        http://127.0.0.1:{port}/docs")
        self._say(f"API key:         {self.installation.api_key}")
        self._say(f"Audiobookshelf:  {self.pointing_there['ABS_URL']} (the sandbox's)")
        self._say("Ctrl-C stops everything.")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"

    def _say(self, words: str) -> None:
        self.console.print(words, highlight=False, markup=False)


def _world(path: Path) -> World:
    try:
        return load(path)
    except OSError as error:
        sys.exit(f"WORLD: cannot read {path}: {error.strerror}. Example: WORLD=sandbox/worlds/small.json make demo")
    except ValidationError:
        sys.exit("\n".join(["WORLD: not a valid world:", *(str(mistake) for mistake in mistakes_in(path))]))
