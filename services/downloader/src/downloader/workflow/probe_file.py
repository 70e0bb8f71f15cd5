"""A small file that another system is asked for, to compare what both sides see in a folder."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

CONTENT = b"Gapless checks which other programs see this folder. This file can be deleted.\n"


class ProbeDisk(Protocol):
    """Writes and removes one small file."""

    async def write_probe(self, path: Path, content: bytes) -> None:
        """Write a new file. Raises `OSError`."""

    async def remove_probe(self, path: Path) -> None:
        """Remove the file if it exists. Raises `OSError`."""


@asynccontextmanager
async def probe_file(disk: ProbeDisk, folder: Path, *, hidden: bool = False) -> AsyncIterator[str]:
    """Write a file with a new name into the folder, give its name, and remove it. Raises `OSError`.

    Audiobookshelf ignores hidden files when it watches and scans a folder.
    """
    name = f"{'.' if hidden else ''}gapless-check-{secrets.token_hex(4)}.tmp"
    path = folder / name
    try:
        await disk.write_probe(path, CONTENT)
        yield name
    finally:
        await disk.remove_probe(path)
