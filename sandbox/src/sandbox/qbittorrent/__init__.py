"""A stand-in for qBittorrent that really writes what a world's offers hold."""

import time
from collections.abc import Callable
from pathlib import Path

from sandbox.journal import Journal
from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.qbittorrent.client import OWN_KINDS, Client
from sandbox.qbittorrent.dialect import DIALECTS, Version
from sandbox.qbittorrent.routes import Routes
from sandbox.qbittorrent.sessions import Sessions
from sandbox.qbittorrent.swarm import Swarm
from sandbox.world import World


def create(  # noqa: PLR0913  (each is a setting of its own)
    world: World,
    *,
    default_save_path: Path,
    username: str,
    password: str,
    version: Version = "5.1",
    state_file: Path | None = None,
    bytes_per_second: float = 5_000_000,
    clock: Callable[[], float] = time.monotonic,
) -> Controlled:
    """The stand-in as an ASGI app, in the dialect of `version`.

    A download goes on between two calls by what `clock` (seconds) says and `bytes_per_second`; an offer in poor health
    is fifty times slower, a dead one or an unknown torrent stays stalled. Torrents, categories and tags are kept in
    `state_file` (JSON lines), or in memory only; sessions and bans never are. Beside the general failures, by a
    torrent's hash or name: `torrent_vanished`, `errored` (as with a full disk) and `missingFiles`.
    """
    outcomes = Outcomes(OWN_KINDS)
    client = Client(
        swarm=Swarm(world, bytes_per_second),
        journal=Journal(state_file),
        outcomes=outcomes,
        dialect=DIALECTS[version],
        default_save_path=default_save_path,
        clock=clock,
    )
    return controlled(Routes(client, Sessions(username, password, clock)).app(), outcomes=outcomes)
