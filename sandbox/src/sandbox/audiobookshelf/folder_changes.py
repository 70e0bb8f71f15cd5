"""Notices changes in a tree of folders without listing it: a folder that gained or lost an entry has a new time."""

import os
import time
from pathlib import Path

SETTLED_SECONDS = 1.0
"""Two changes within one tick of the file system's clock have the same time. No tick lasts this long."""


class FolderChanges:
    """Compares the times of all folders below `root` with those of the previous call."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self._times: dict[str, int] = {}

    def any(self) -> bool:
        """Whether an entry was added, renamed or removed since the last call, or within the last second before it."""
        if self._times and all(_changed_at(folder) == before for folder, before in self._times.items()):
            return time.time() - max(self._times.values()) / 1e9 < SETTLED_SECONDS
        self._times = {folder: _changed_at(folder) for folder, _, _ in os.walk(self._root)}
        return True


def _changed_at(folder: str) -> int:
    """Nanoseconds since 1970; 0 if the folder is gone."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0
