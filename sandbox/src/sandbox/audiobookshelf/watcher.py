"""The watcher of the library folder: it adds a new folder some time after the last change in it.

As in the real server, it does not lock out a scan: a folder that both add becomes two items, and the next scan marks
the second one as missing.
"""

import asyncio
from pathlib import Path
from time import monotonic

from sandbox.audiobookshelf.scanner import folders_of_books, read
from sandbox.audiobookshelf.shelf import Shelf

_MIN_POLL_SECONDS = 0.1


class Watcher:
    """Polls the library folder from the first request on, and reads a new folder `quiet_seconds` after a change."""

    def __init__(self, shelf: Shelf, quiet_seconds: float, reading_seconds: float) -> None:
        self._shelf = shelf
        self._quiet_seconds = quiet_seconds
        self._reading_seconds = reading_seconds
        self._changed_at: dict[str, tuple[float, tuple[int, ...]]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the watcher unless it is running."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="sandbox audiobookshelf watcher")

    async def _run(self) -> None:
        while True:
            started = monotonic()
            await self._poll()
            elapsed_seconds = monotonic() - started
            await asyncio.sleep(max(_MIN_POLL_SECONDS, self._quiet_seconds / 4, 20 * elapsed_seconds))

    async def _poll(self) -> None:
        root = self._shelf.root
        listed = await asyncio.to_thread(lambda: list(folders_of_books(root)))
        new = self._shelf.new_folders(listed)
        self._changed_at = {folder: self._changed_at[folder] for folder, _, _ in new if folder in self._changed_at}
        ready = [book for book in new if self._is_quiet(*book)]
        if not ready:
            return
        found = await asyncio.to_thread(lambda: [read(root, *book) for book in ready])
        await asyncio.sleep(self._reading_seconds)
        self._shelf.add(found)

    def _is_quiet(self, folder: str, _: bool, files: list[Path]) -> bool:
        try:
            sizes = tuple(file.stat().st_size for file in files)
        except OSError:
            return False
        since, before = self._changed_at.get(folder, (monotonic(), sizes))
        if before != sizes:
            since = monotonic()
        self._changed_at[folder] = (since, sizes)
        return monotonic() - since >= self._quiet_seconds
