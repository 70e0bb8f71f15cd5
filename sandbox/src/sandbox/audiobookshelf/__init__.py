"""A stand-in for Audiobookshelf 2.36.0 that shows the library of a world and the books found on disk."""

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
    """The stand-in as an ASGI app, also below `/audiobookshelf`.

    The world's books are there without any file; a scan adds what it finds in `library_folder`, `scan_seconds` after
    it was asked for. With `watcher_seconds` a watcher takes new folders up so long after their last change.
    `token` is the API key of the only user, `root`, and that user's password. Edits and found books are kept in
    `state_file` (JSON lines), or in memory only. A payload that would end the real server's process switches the
    failure `away` on.
    """
    outcomes = Outcomes()
    shelf = Shelf(world, library_folder, Journal(state_file))
    return controlled(
        Routes(shelf, token, outcomes, scan_seconds=scan_seconds, watcher_seconds=watcher_seconds).app(),
        outcomes=outcomes,
    )
