"""Fetches a release's torrent file with the session that may have it."""

from time import monotonic

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.logging import logger
from shared.contracts.mam.releases import FetchMamTorrent, TorrentFile

from mam_search.domain.ports import Tracker

SOON_SECONDS = 10.0
"""A try that failed sooner leaves enough of the caller's patience (`FetchMamTorrent`) for a second one."""


class FetchingTorrents:
    """Torrent files are not kept: each carries the account's passkey."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    async def fetch(self, request: FetchMamTorrent) -> TorrentFile:
        """The torrent file. One that the site broke off is fetched once more, at the account's pace.

        A refusal, and a site that asks for a pause, are never followed by a second try.
        """
        began = monotonic()
        try:
            return await self._tracker.fetch_torrent(request.release_id)
        except (RemoteUnavailable, RemoteAnsweredNonsense) as error:
            if monotonic() - began > SOON_SECONDS:
                raise
            logger().info("torrent_fetched_again", release_id=request.release_id, because=error.detail)
        return await self._tracker.fetch_torrent(request.release_id)
