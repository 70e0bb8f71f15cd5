"""Transmission as the download client. A torrent is looked up by its info hash before and after it is added."""

import base64
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable

from downloader.adapters.clients.transmission.rpc import SYSTEM, Rpc
from downloader.adapters.clients.transmission.schemas import FIELDS, FILES, TABLE, TorrentRow
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import ContentFile, ShareLimits, Torrent, TorrentSnapshot
from downloader.domain.folders import SharedFolder
from downloader.domain.torrent import ClientTorrent

_VERSION = re.compile(r"\d+\.\d+[\w.+-]{0,20}")
_OWN_LIMIT, _UNLIMITED = 1, 2
_ROW = TypeAdapter(TorrentRow)
Shape = TypeVar("Shape")


class Transmission:
    """Adds and finds our torrents, which have `label`. Raises the `RemoteError` family.

    A hybrid torrent has its version 1 hash here.
    """

    def __init__(self, rpc: Rpc, *, label: str, downloads: SharedFolder) -> None:
        self._rpc = rpc
        self.category = label
        self.downloads = downloads
        self._last: list[dict[str, Any]] | None = None

    async def version(self) -> str:
        """The application's version, such as "3.00". Raises `RemoteAnsweredNonsense` if it is none."""
        answer = await self._rpc.call("session-get", {"fields": ["version"]})
        found = _VERSION.match(str(answer.get("version", "")))
        if found is None:
            raise RemoteAnsweredNonsense(SYSTEM, "session-get gave no version: is this Transmission's RPC?")
        return found[0]

    async def public_addresses(self) -> list[str] | None:
        """None: Transmission does not report them."""
        return None

    async def find(self, hashes: Sequence[str]) -> ClientTorrent | None:
        """The torrent with one of these hashes. Transmission ignores unknown ones."""
        wanted = [each for each in hashes if each]
        if not wanted:
            return None  # without ids every torrent is listed
        rows = await self._rows({"ids": wanted})
        found = next((row for row in rows if row.get("hashString") in wanted), None)
        return None if found is None else self._torrent(found)

    async def add(self, torrent: Torrent, wanted_files: Collection[int] | None = None) -> ClientTorrent:
        """Add the torrent unless it exists. Raises `RemoteUnavailable` if it does not appear.

        With `wanted_files` it is added stopped, and started when they are chosen.
        """
        found = await self.find(torrent.identity.hashes)
        if found is None:
            found = await self._add(torrent, stopped=wanted_files is not None)
        if wanted_files is not None:
            await self.choose_files(found, wanted_files)
            await self._rpc.call("torrent-start", {"ids": [found.hashes[0]]})
        return found

    async def files(self, torrent: ClientTorrent) -> list[ContentFile]:
        """The files of the torrent. Empty if it has no metadata yet, or if the client does not have it."""
        answer = await self._rpc.call("torrent-get", {"ids": [torrent.hashes[0]], "fields": ["files", "fileStats"]})
        found = _read(answer.get("torrents"), FILES)
        return found[0].content() if found else []

    async def choose_files(self, torrent: ClientTorrent, wanted: Collection[int]) -> None:
        """Download only these files. Raises `RemoteAnsweredNonsense` if one does not exist."""
        files = await self.files(torrent)
        unknown = sorted(set(wanted) - {file.index for file in files})
        if unknown:
            raise RemoteAnsweredNonsense(SYSTEM, f"the torrent {torrent.name!r} has no file {unknown[0]}")
        chosen = {
            "files-wanted": [file.index for file in files if file.index in wanted],
            "files-unwanted": [file.index for file in files if file.index not in wanted],
        }
        # An empty list would mean every file.
        await self._set(torrent, {name: indexes for name, indexes in chosen.items() if indexes})

    async def recover(self, torrent: ClientTorrent) -> bool:
        """Check the files and start the torrent. It neither checks nor starts one whose files are all gone."""
        if torrent.state is ClientState.MISSING_FILES:
            return False
        for method in ("torrent-verify", "torrent-start"):
            await self._rpc.call(method, {"ids": [torrent.hashes[0]]})
        return True

    async def stop(self, torrent: ClientTorrent) -> None:
        """Stop the torrent. Transmission keeps it."""
        await self._rpc.call("torrent-stop", {"ids": [torrent.hashes[0]]})

    async def set_share_limits(self, torrent: ClientTorrent, limits: ShareLimits) -> None:
        """Replace the limit of the ratio, and seed even while nobody downloads. There is no limit of the time."""
        mode = _UNLIMITED if limits.ratio is None else _OWN_LIMIT
        await self._set(
            torrent, {"seedRatioMode": mode, "seedRatioLimit": limits.ratio or 0.0, "seedIdleMode": _UNLIMITED}
        )

    async def set_category(self, torrent: ClientTorrent, category: str) -> None:
        """Replace the label that counts as the category. Other labels remain."""
        rows = await self._rows({"ids": [torrent.hashes[0]]}, ["hashString", "labels"])
        labels = [each for row in rows for each in row.get("labels") or [] if each not in (torrent.category, category)]
        await self._set(torrent, {"labels": [*labels, category]})

    async def changes(self) -> tuple[bool, TorrentSnapshot]:
        """Whether anything changed since the last call, and all torrents as they are now.

        The list of recent changes is not used: it lacks the errors of trackers.
        """
        rows = await self._rows({})
        changed, self._last = rows != self._last, rows
        return changed, _Snapshot(rows, self.category)

    @property
    def session_began_at(self) -> datetime | None:
        """The latest time at which Transmission may have been started; None before the first call."""
        return self._rpc.client_started_at

    async def tracker_fault(self, torrent: ClientTorrent) -> str | None:
        """The tracker's error for the torrent, which Transmission lists with it."""
        return torrent.tracker_fault

    async def sees(self, path: str) -> bool | None:
        """Whether Transmission can read the free space at the file's path, which fails if it does not exist."""
        return await self._rpc.succeeds("free-space", {"path": path})

    async def remove(self, torrent: ClientTorrent, *, with_files: bool) -> None:
        """Remove the torrent, and its files if `with_files`."""
        await self._rpc.call("torrent-remove", {"ids": [torrent.hashes[0]], "delete-local-data": with_files})

    async def _add(self, torrent: Torrent, *, stopped: bool) -> ClientTorrent:
        """A duplicate is answered like a success. Before version 4 a label can only be set afterwards."""
        arguments: dict[str, Any] = {
            "download-dir": self.downloads.save_path_of(torrent.identity.info_hash),
            "paused": stopped,
            "labels": [self.category],
        }
        if torrent.content is not None:
            arguments["metainfo"] = base64.b64encode(torrent.content).decode()
        else:
            arguments["filename"] = torrent.magnet or ""
        await self._rpc.call("torrent-add", arguments)
        found = await self.find(torrent.identity.hashes)
        if found is None:
            raise RemoteUnavailable(SYSTEM, "torrent-add succeeded, and the torrent did not appear")
        if found.category == self.category:
            return found
        await self.set_category(found, self.category)
        return await self.find(torrent.identity.hashes) or found

    async def _set(self, torrent: ClientTorrent, fields: Mapping[str, Any]) -> None:
        await self._rpc.call("torrent-set", {"ids": [torrent.hashes[0]], **fields})

    async def _rows(self, which: Mapping[str, Any], fields: Sequence[str] = FIELDS) -> list[dict[str, Any]]:
        answer = await self._rpc.call("torrent-get", {**which, "fields": list(fields), "format": "table"})
        return _read(answer, TABLE).torrents

    def _torrent(self, row: Mapping[str, Any]) -> ClientTorrent:
        return _torrent(row, self.category)


class _Snapshot:
    """The torrents by their hashes. A row is checked when it is needed: most belong to other programs."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], label: str) -> None:
        self._rows = {str(row.get("hashString")): row for row in rows}
        self._label = label

    def get(self, info_hash: str) -> ClientTorrent | None:
        """The torrent with this hash, or None."""
        row = self._rows.get(info_hash)
        return None if row is None else _torrent(row, self._label)


def _torrent(row: Mapping[str, Any], label: str) -> ClientTorrent:
    return _read(row, _ROW).torrent(label)


def _read(value: Any, shape: TypeAdapter[Shape]) -> Shape:
    try:
        return shape.validate_python(value)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the top"
        raise RemoteAnsweredNonsense(SYSTEM, f"an unexpected answer; at {place}: {first['msg']}") from wrong
