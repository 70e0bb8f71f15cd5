"""A stand-in for Transmission that writes the real files of the offers of a world."""

import time
from collections.abc import Callable
from pathlib import Path

from sandbox.journal import Journal
from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.torrent_client.client import SPECIFIC_KINDS, TorrentClient
from sandbox.torrent_client.swarm import Swarm
from sandbox.transmission.routes import Routes
from sandbox.world import World


def create(  # noqa: PLR0913  (independent options)
    world: World,
    *,
    default_save_path: Path,
    username: str,
    password: str,
    state_file: Path | None = None,
    bytes_per_second: float = 5_000_000,
    clock: Callable[[], float] = time.monotonic,
) -> Controlled:
    """The stand-in as an ASGI app, with the RPC of Transmission 3.00 at `/transmission/rpc`.

    Torrents progress as those of the stand-in for qBittorrent do, and the same failures can be switched on.
    """
    outcomes = Outcomes(SPECIFIC_KINDS)
    client = TorrentClient(
        swarm=Swarm(world, bytes_per_second),
        journal=Journal(state_file),
        outcomes=outcomes,
        default_save_path=default_save_path,
        clock=clock,
    )
    return controlled(Routes(client, username, password).app(), outcomes=outcomes)
