"""The watcher of the library folder: it adds a new folder some time after the last change in it.

As in the real server, it does not lock out a scan: a folder that both add becomes two items, and the next scan marks
the second one as missing. The real watcher is notified of changes. This one polls, but it counts from the change
itself, so a slow or late poll does not prolong the time.
"""

import asyncio
import time
from pathlib import Path

from sandbox.audiobookshelf.folder_changes import FolderChanges
from sandbox.audiobookshelf.scanner import folders_of_books, read
from sandbox.audiobookshelf.shelf import Shelf

_MIN_POLL_SECONDS = 0.1


class Watcher:
    """Polls the library folder from the first request on, and reads a new folder `quiet_seconds` after a change."""

    def __init__(self, shelf: Shelf, quiet_seconds: float, reading_seconds: float) -> None:
        self._shelf = shelf
        self._quiet_seconds = quiet_seconds
        self._reading_seconds = reading_seconds
        self._changes = FolderChanges(shelf.root)
        self._new_folders = True
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Start the watcher unless it is running."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="sandbox audiobookshelf watcher")

    async def _run(self) -> None:
        while True:
            await self._poll()
            await asyncio.sleep(max(_MIN_POLL_SECONDS, self._quiet_seconds / 4))

    async def _poll(self) -> None:
        # Listing a large library takes a second of the interpreter, which then answers no request.
        if not await asyncio.to_thread(self._changes.any) and not self._new_folders:
            return
        root = self._shelf.root
        listed = await asyncio.to_thread(lambda: list(folders_of_books(root)))
        new = self._shelf.new_folders(listed)
        self._new_folders = bool(new)
        ready = [book for book in new if self._is_quiet(book[0], book[2])]
        if not ready:
            return
        found = await asyncio.to_thread(lambda: [read(root, *book) for book in ready])
        await asyncio.sleep(self._reading_seconds)
        self._shelf.add(found)

    def _is_quiet(self, folder: str, files: list[Path]) -> bool:
        """Whether neither the folder nor a file in it was written, linked or renamed recently."""
        try:
            changed_at = max(path.stat().st_ctime for path in (self._shelf.root / folder, *files))
        except OSError:
            return False
        return time.time() - changed_at >= self._quiet_seconds
