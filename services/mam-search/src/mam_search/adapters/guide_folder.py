"""Writes the stored guides to a folder, one Markdown file for each page."""

import asyncio
import os
import re
import unicodedata
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from tempfile import NamedTemporaryFile

from shared.contracts.mam.guides import Guide, GuideKind

MAX_NAME = 80
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"(\d+)(?:/p/\d+)?$")


class GuideFolder:
    """The folder of the exported guides. None: nothing is exported."""

    def __init__(self, folder: Path | None, guides: Callable[[], AsyncIterator[Guide]]) -> None:
        self._folder = folder
        self._guides = guides

    async def write_all(self) -> int:
        """Write the guides whose file is missing or differs, and return their number. Raises `OSError`."""
        if self._folder is None:
            return 0
        written = 0
        async for guide in self._guides():
            written += await asyncio.to_thread(_write, self._folder / file_name(guide), as_file(guide))
        return written


def file_name(guide: Guide) -> str:
    """The name of the file of a guide: its title, its number at the site and its page, in plain letters and digits."""
    plain = unicodedata.normalize("NFKD", guide.title).encode("ascii", "ignore").decode().lower()
    title = _NOT_IN_NAMES.sub("-", plain).strip("-")[:MAX_NAME].strip("-") or "untitled"
    number = _NUMBER.search(guide.address)
    page = f"-page-{guide.page}" if guide.kind is GuideKind.TOPIC else ""
    return f"{guide.kind.value}-{number[1] if number else guide.id}-{title}{page}.md"


def as_file(guide: Guide) -> str:
    """The text of the file: a table of what is known about the guide, then its Markdown."""
    about = {
        "author": guide.author,
        "board": guide.board,
        "tags": ", ".join(guide.tags),
        "changed": f"{guide.dated_at:%Y-%m-%d %H:%M} UTC" if guide.dated_at else None,
        "address": guide.address,
    }
    lines = [f"- {name}: {' '.join(value.split())}" for name, value in about.items() if value]
    return f"# {guide.title}\n\n" + "\n".join(lines) + f"\n\n{guide.markdown}\n"


def _write(path: Path, text: str) -> bool:
    """Write a file at once, if its content differs. A link in its place is replaced and not followed."""
    content = text.encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and not path.is_symlink() and path.read_bytes() == content:
        return False
    with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    return True
