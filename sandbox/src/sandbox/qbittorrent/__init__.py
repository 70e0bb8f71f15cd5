"""A stand-in for qBittorrent that writes the real files of the offers of a world."""

import time
from collections.abc import Callable
from pathlib import Path

from sandbox.journal import Journal
from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.qbittorrent.client import Client
from sandbox.qbittorrent.dialect import DIALECTS, Version
from sandbox.qbittorrent.routes import Routes
from sandbox.qbittorrent.sessions import Sessions
from sandbox.torrent_client.client import SPECIFIC_KINDS
from sandbox.torrent_client.swarm import Swarm
from sandbox.world import World


def create(  # noqa: PLR0913  (independent options)
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
    """The stand-in as an ASGI app, with the Web API of `version`.

    Downloads progress with `clock` (seconds) at `bytes_per_second`. An offer in slow health is fifty times slower; a
    dead one, or an unknown torrent, stays stalled. A complete torrent seeds until it reaches one of its limits. Nothing
    is uploaded. Torrents, categories and tags are stored in `state_file` (JSON
    lines), or only in memory. Sessions and bans are never stored.

    Specific failures, with the hash or name of a torrent as subject: `torrent_vanished`, `errored` (as on a full disk)
    and `missingFiles`.
    """
    outcomes = Outcomes(SPECIFIC_KINDS)
    client = Client(
        DIALECTS[version],
        swarm=Swarm(world, bytes_per_second),
        journal=Journal(state_file),
        outcomes=outcomes,
        default_save_path=default_save_path,
        clock=clock,
    )
    return controlled(Routes(client, Sessions(username, password, clock)).app(), outcomes=outcomes)
