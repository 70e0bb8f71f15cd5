"""The watcher of the library folder: it takes a new folder up some time after its last change.

Like the real server's it does not exclude a scan: a folder that both take up becomes two items, and the next scan
marks the second as missing.
"""

import asyncio
from pathlib import Path
from time import monotonic

from sandbox.audiobookshelf.scanner import folders_of_books, read
from sandbox.audiobookshelf.shelf import Shelf

_LEAST_SECONDS_BETWEEN_LOOKS = 0.1


class Watcher:
    """Looks at the folder again and again from the first request on; `quiet_seconds` after a change it reads it."""

    def __init__(self, shelf: Shelf, quiet_seconds: float, reading_seconds: float) -> None:
        self._shelf = shelf
        self._quiet_seconds = quiet_seconds
        self._reading_seconds = reading_seconds
        self._changed_at: dict[str, tuple[float, tuple[int, ...]]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Go on watching, if that is not under way."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="sandbox audiobookshelf watcher")

    async def _run(self) -> None:
        while True:
            began = monotonic()
            await self._look()
            took = monotonic() - began
            await asyncio.sleep(max(_LEAST_SECONDS_BETWEEN_LOOKS, self._quiet_seconds / 4, 20 * took))

    async def _look(self) -> None:
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
