"""Fetches a release's torrent file."""

from time import monotonic

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.logging import logger
from shared.contracts.mam.releases import FetchMamTorrent, TorrentFile

from mam_search.domain.ports import Tracker

RETRY_WITHIN_SECONDS = 10.0
"""If the first attempt fails within this time, a second one fits into the timeout of `FetchMamTorrent`."""


class FetchMamTorrentHandler:
    """Torrent files are not stored, because each contains the account's passkey."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    async def fetch(self, request: FetchMamTorrent) -> TorrentFile:
        """Fetch the torrent file. An incomplete response is retried once, within the rate limit.

        A refusal and a throttled request are never retried. Raises the `RemoteError` family.
        """
        started = monotonic()
        try:
            return await self._tracker.fetch_torrent(request.release_id, person_waits=request.person_waits)
        except (RemoteUnavailable, RemoteAnsweredNonsense) as error:
            if monotonic() - started > RETRY_WITHIN_SECONDS:
                raise
            logger().info("torrent_fetch_retried", release_id=request.release_id, reason=error.detail)
        return await self._tracker.fetch_torrent(request.release_id, person_waits=request.person_waits)
