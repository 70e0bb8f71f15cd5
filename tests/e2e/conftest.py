"""Complete installations for the end-to-end tests: each service is a process, and the sandbox serves a world."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from harness.qbittorrent import QBittorrentServer
from harness.trial import Trial, trial
from sandbox.world import World
from sandbox.worldmaking.shipped import SANDBOX


@pytest.fixture
def install() -> Iterator[Callable[..., Trial]]:
    """Call it with the name of a world, and settings, to start a new installation."""
    with ExitStack() as stack:

        def installed(world: str, **settings: str) -> Trial:
            return stack.enter_context(trial(SANDBOX / "worlds" / f"{world}.json", settings, preloaded=True))

        yield installed


@pytest.fixture
def client(tmp_path: Path) -> Iterator[QBittorrentServer]:
    """A real download client for Gapless."""
    with QBittorrentServer(tmp_path / "client", password="the client's") as server:
        yield server


@pytest.fixture
def seeder(tmp_path: Path) -> Iterator[QBittorrentServer]:
    """A real client that seeds the offered releases."""
    with QBittorrentServer(tmp_path / "seeder", password="the seeder's") as server:
        yield server


@pytest.fixture
def install_with_client(tmp_path: Path, client: QBittorrentServer) -> Iterator[Callable[..., Trial]]:
    """Call it with a world, and settings, to start a new installation that uses the real download client."""
    with ExitStack() as stack:

        def installed(world: World, **settings: str) -> Trial:
            file = tmp_path / "world.json"
            file.write_text(world.model_dump_json())
            return stack.enter_context(trial(file, client.settings() | settings, preloaded=True))

        yield installed
