"""A copy of qBittorrent's list of torrents, updated with the changes that it reports."""

from collections.abc import Mapping
from typing import Any

from downloader.adapters.clients.qbittorrent.schemas import MainData, TorrentRow
from downloader.domain.torrent import ClientTorrent

_FIELDS = frozenset(TorrentRow.model_fields)
_NO_SPACE = "no space is left on its disk"


class Mirror:
    """The copy of one session. `rid` is the number of the last response; 0 requests everything.

    Most torrents belong to other programs, so only the fields that we read are kept, and a row is checked when it is
    needed.
    """

    def __init__(self) -> None:
        self.rid = 0
        self._rows: dict[str, dict[str, Any]] = {}
        self._ids: dict[str, str] = {}
        self._free_bytes: int | None = None

    def apply(self, response: MainData) -> bool:
        """Apply an response, full or incremental. Returns whether anything changed."""
        if response.full_update:
            self._rows, self._ids = {}, {}
        for torrent_id, fields in response.torrents.items():
            row = self._rows.setdefault(torrent_id, {})
            row.update((name, value) for name, value in fields.items() if name in _FIELDS)
            self._ids.update(_named(torrent_id, fields))
        for torrent_id in response.torrents_removed:
            row = self._rows.pop(torrent_id, {})
            for name, _ in _named(torrent_id, row):
                self._ids.pop(name, None)
        self.rid = response.rid
        self._free_bytes = response.server_state.get("free_space_on_disk", self._free_bytes)
        return bool(response.full_update or response.torrents or response.torrents_removed)

    def get(self, info_hash: str) -> ClientTorrent | None:
        """The torrent that has this hash among its hashes, or None."""
        torrent_id = self._ids.get(info_hash)
        if torrent_id is None:
            return None
        row = TorrentRow.model_validate(self._rows[torrent_id] | {"hash": torrent_id})
        left_bytes = row.size * (1 - row.progress)
        is_full = isinstance(self._free_bytes, int) and self._free_bytes < left_bytes
        return row.torrent(client_fault=_NO_SPACE if row.state == "error" and is_full else "")


def _named(torrent_id: str, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The hashes by which the torrent is found; the first one is its id."""
    hashes = [torrent_id, *(str(fields.get(name) or "")[:40] for name in ("infohash_v1", "infohash_v2"))]
    return [(each, torrent_id) for each in hashes if each]
