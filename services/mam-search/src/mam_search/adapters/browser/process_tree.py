"""Ends every process of a browser, also those that left the process group or lost their parent.

The processes are found in `/proc`: by the folder of the browser in their environment, and by their parents.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def processes_of(folder: str, root: int | None = None) -> set[int]:
    """The processes whose environment names the folder, the process `root`, and all their descendants.

    This process is left out.
    """
    parents: dict[int, int] = {}
    found = {root} if root is not None else set()
    marker = f"={folder}\0".encode()
    for entry in PROC.glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            number = int(entry.name)
            parents[number] = int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
            if marker in (entry / "environ").read_bytes():
                found.add(number)
    found.discard(os.getpid())
    added = True
    while added:
        added = False
        for number, parent in parents.items():
            if parent in found and number not in found and number != os.getpid():
                found.add(number)
                added = True
    return found


def kill_processes(folder: str, root: int | None = None) -> None:
    """Kill every process of the browser with this folder. Processes that start meanwhile are killed too."""
    for _ in range(3):
        living = processes_of(folder, root)
        if not living:
            return
        for number in living:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)
        root = None
