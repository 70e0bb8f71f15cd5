"""Scans of the library folder, which run in the background after the request is answered."""

import asyncio
from pathlib import Path

from sandbox.audiobookshelf.scanner import FoundBook, folders_of_books, read
from sandbox.audiobookshelf.shelf import Shelf, now_ms


class Scan:
    """Runs one scan at a time. A request during a scan is ignored, as by the real server."""

    def __init__(self, shelf: Shelf, delay_seconds: float) -> None:
        self._shelf = shelf
        self._delay_seconds = delay_seconds
        self._task: asyncio.Task[None] | None = None
        self.started_ms = 0

    @property
    def running(self) -> bool:
        """Whether a scan is running."""
        return self._task is not None and not self._task.done()

    def start(self) -> None:
        """Start a scan in the background, unless one is running."""
        if not self.running:
            self.started_ms = now_ms()
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        await asyncio.sleep(self._delay_seconds / 2)
        root = self._shelf.root
        listed = await asyncio.to_thread(lambda: list(folders_of_books(root)))
        new = self._shelf.new_folders(listed)
        added = await asyncio.to_thread(_read_all, root, new)
        changed = await asyncio.to_thread(_read_all, root, self._shelf.changed_folders(listed))
        await asyncio.sleep(self._delay_seconds / 2)
        self._shelf.mark_presence({folder for folder, _, _ in listed})
        self._shelf.add(added)
        self._shelf.update(changed)
        self._shelf.record_scan()


def _read_all(root: Path, books: list[tuple[str, bool, list[Path]]]) -> list[FoundBook]:
    return [read(root, *book) for book in books]
