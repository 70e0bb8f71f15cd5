"""Checks with a small file whether the download client sees our folders under the paths that the settings say."""

import secrets
from pathlib import Path
from typing import Protocol

from shared.chassis.errors import RemoteError

from downloader.domain.download_client import DownloadClient
from downloader.domain.path_mapping import PathMapping

CONTENT = b"Gapless checks whether the download client sees this folder. This file can be deleted.\n"


class ProbeDisk(Protocol):
    """Writes and removes one small file."""

    async def write_probe(self, path: Path, content: bytes) -> None:
        """Write a new file. Raises `OSError`."""

    async def remove_probe(self, path: Path) -> None:
        """Remove the file if it exists. Raises `OSError`."""


class PathMappingCheck:
    """Checks every mapping of the client's folders."""

    def __init__(self, client: DownloadClient, disk: ProbeDisk) -> None:
        self._client = client
        self._disk = disk

    async def problems(self) -> list[str]:
        """What is wrong with each mapping, and what each side sees. Empty while the client is unavailable."""
        found = [await self._problem(mapping) for mapping in self._client.downloads.mappings]
        return [problem for problem in found if problem is not None]

    async def _problem(self, mapping: PathMapping) -> str | None:
        name = f"gapless-check-{secrets.token_hex(4)}.tmp"
        path = mapping.ours / name
        try:
            await self._disk.write_probe(path, CONTENT)
        except OSError as error:
            return f"Gapless cannot write to {mapping.ours} ({error.strerror}): correct {mapping.setting}"
        try:
            sees = await self._client.sees(mapping.child(name))
        except RemoteError:
            return None
        finally:
            await self._disk.remove_probe(path)
        if sees is not False:
            return None
        return (
            f"Gapless wrote {name} to {mapping.ours}, and the download client does not see it in {mapping.theirs}:"
            f" correct {mapping.setting}, or the volumes of both"
        )
