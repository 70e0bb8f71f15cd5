"""A stand-in for Audiobookshelf 2.36.0 that serves the library of a world and the books found on disk."""

from pathlib import Path

from sandbox.audiobookshelf.routes import Routes
from sandbox.audiobookshelf.shelf import Shelf
from sandbox.journal import Journal
from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.world import World


def create(
    world: World,
    *,
    library_folder: Path,
    token: str,
    state_file: Path | None = None,
    scan_seconds: float = 0.2,
    watcher_seconds: float | None = None,
) -> Controlled:
    """The stand-in as an ASGI app, also served under `/audiobookshelf`.

    The books of the world are listed even if their files do not exist. A scan takes `scan_seconds` and adds the books
    that it finds in `library_folder`. With `watcher_seconds`, a watcher adds a new folder that long after its last
    change. `token` is the API key and the password of the only user, `root`. Edits and found books are stored in
    `state_file` (JSON lines), or only in memory. A payload that crashes the real server switches on the failure `away`.
    """
    outcomes = Outcomes()
    shelf = Shelf(world, library_folder, Journal(state_file))
    return controlled(
        Routes(shelf, token, outcomes, scan_seconds=scan_seconds, watcher_seconds=watcher_seconds).app(),
        outcomes=outcomes,
    )
