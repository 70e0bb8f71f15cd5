"""`gapless demo`: one whole cycle against a sandbox world, held against the world's truth."""

import asyncio
import hashlib
import os
import sys
import time
from pathlib import Path

from gateway.cycle.client import Api, ApiProblem
from gateway.cycle.phases import Options
from gateway.cycle.show import run_cycle
from gateway.cycle.summary import Summary
from pydantic import ValidationError
from rich.console import Console
from sandbox.scoring import score
from sandbox.server import Sandbox
from sandbox.validation import mistakes_in
from sandbox.world import World, load
from sandbox.worldmaking.shipped import SANDBOX
from shared.chassis import logging

from embedded.folder import FolderInUse, default_data_folder
from embedded.installation import Installation
from embedded.one_process import all_services
from embedded.process import CannotStart, free_port, port_is_free
from embedded.truth import observed, show_score
from embedded.up import Told, stopping_at_signals

GATEWAY_PORT = 8080
DEMO_SETTINGS = {"HEALTH_HOST": "127.0.0.1", "DOWNLOAD_STALLED_HOURS": "0.002"}
"""A world's dead torrents are given up after some seconds: nobody waits a day for a demo."""


def demo() -> None:
    """Run one cycle on a world (WORLD=path, default the small one), then serve it until Ctrl-C (ONCE=1: end)."""
    began = time.monotonic()
    console = Console()
    path = Path(os.environ.get("WORLD") or SANDBOX / "worlds" / "small.json")
    world = _world(path)
    logging.configure(os.environ.get("LOG_LEVEL", "ERROR"), os.environ.get("LOG_FORMAT", "console"))
    folder = default_data_folder() / "demo" / f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:8]}"
    try:
        with stopping_at_signals() as told, Installation(folder) as installation:
            status = asyncio.run(_demo(installation, world, told, console, began))
    except (FolderInUse, CannotStart, OSError) as error:
        sys.exit(f"demo: {error}")
    sys.exit(status)


async def _demo(installation: Installation, world: World, told: Told, console: Console, began: float) -> int:
    port = GATEWAY_PORT if port_is_free(GATEWAY_PORT) else free_port()
    once = os.environ.get("ONCE") == "1"
    async with Sandbox(world, folder=installation.folder / "sandbox") as sandbox:
        given = {**DEMO_SETTINGS, "HEALTH_PORT": str(port), **sandbox.settings()}
        async with all_services(installation, given):
            console.print(
                f"World {world.name!r}. Services are up after {time.monotonic() - began:.1f} s.", highlight=False
            )
            api = Api(f"http://127.0.0.1:{port}", installation.api_key)
            cycle = asyncio.create_task(asyncio.to_thread(_cycle, api, world, console))
            stop = asyncio.create_task(told.wait())
            await asyncio.wait({cycle, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not cycle.done():
                api.close()  # the cycle's next call fails, and with it the cycle
                await asyncio.gather(cycle, return_exceptions=True)
                return 130
            summary = cycle.result()
            console.print(f"The cycle took {time.monotonic() - began:.1f} s with everything.", highlight=False)
            if not once and not told.stop:
                _tell_addresses(console, port, installation, sandbox)
                await told.wait()
            stop.cancel()
            return 0 if summary is not None and summary.complete else 1


def _cycle(api: Api, world: World, console: Console) -> Summary | None:
    try:
        summary = run_cycle(api, Options(metadata_task="metadata_full_refresh", wait_minutes=10), console)
        show_score(console, score(world, observed(api, world, summary)))
    except ApiProblem as problem:
        console.print(f"The cycle ended early: {problem}", highlight=False)
        return None
    return summary


def _tell_addresses(console: Console, port: int, installation: Installation, sandbox: Sandbox) -> None:
    console.print(f"REST API:        http://127.0.0.1:{port}/docs", highlight=False)
    console.print(f"API key:         {installation.api_key}", highlight=False)
    console.print(f"Audiobookshelf:  {sandbox.urls['audiobookshelf']} (the sandbox's)", highlight=False)
    console.print("Ctrl-C stops everything.", highlight=False)


def _world(path: Path) -> World:
    try:
        return load(path)
    except OSError as error:
        sys.exit(f"WORLD: cannot read {path}: {error.strerror}. Example: WORLD=sandbox/worlds/small.json make demo")
    except ValidationError:
        sys.exit("\n".join(["WORLD: not a valid world:", *(str(mistake) for mistake in mistakes_in(path))]))
