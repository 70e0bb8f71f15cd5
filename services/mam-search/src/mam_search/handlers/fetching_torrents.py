"""Fetches a release's torrent file with the session that may have it."""

from shared.contracts.mam import FetchMamTorrent, TorrentFile

from mam_search.domain.ports import Tracker


class FetchingTorrents:
    """Torrent files are not kept: each carries the account's passkey."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    async def fetch(self, request: FetchMamTorrent) -> TorrentFile:
        return await self._tracker.fetch_torrent(request.release_id)
