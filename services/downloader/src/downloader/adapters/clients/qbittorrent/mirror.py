"""A copy of qBittorrent's list of torrents, updated with the changes that it reports."""

from collections.abc import Iterable
from typing import Any

from downloader.adapters.clients.qbittorrent.schemas import MainData, TorrentRow
from downloader.domain.torrent import ClientTorrent


class Mirror:
    """The copy of one session. `rid` is the number of the last response; 0 requests everything."""

    def __init__(self) -> None:
        self.rid = 0
        self._rows: dict[str, dict[str, Any]] = {}
        self._ids: dict[str, str] = {}

    def apply(self, response: MainData) -> bool:
        """Apply an response, full or incremental. Returns whether anything changed."""
        if response.full_update:
            self._rows = {}
        for torrent_id, fields in response.torrents.items():
            self._rows[torrent_id] = self._rows.get(torrent_id, {}) | fields
        for torrent_id in response.torrents_removed:
            self._rows.pop(torrent_id, None)
        self.rid = response.rid
        changed = bool(response.full_update or response.torrents or response.torrents_removed)
        if changed:
            self._ids = dict(self._named())
        return changed

    def get(self, info_hash: str) -> ClientTorrent | None:
        """The torrent that has this hash among its hashes, or None."""
        torrent_id = self._ids.get(info_hash)
        return None if torrent_id is None else _torrent(torrent_id, self._rows[torrent_id])

    def _named(self) -> Iterable[tuple[str, str]]:
        for torrent_id, fields in self._rows.items():
            for name in ("infohash_v2", "infohash_v1"):
                if fields.get(name):
                    yield str(fields[name])[:40], torrent_id
            yield torrent_id, torrent_id


def _torrent(torrent_id: str, fields: dict[str, Any]) -> ClientTorrent:
    return TorrentRow.model_validate(fields | {"hash": torrent_id}).torrent()
