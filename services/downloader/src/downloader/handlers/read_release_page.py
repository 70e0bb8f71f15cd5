"""Reads the page of a grabbed release, and stores what its listing lacks."""

from datetime import timedelta

from shared.chassis.errors import RemoteError, RemoteThrottled, RemoteUnavailable, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import ReadReleasePage
from shared.contracts.mam.torrent_pages import TorrentPage

from downloader.domain.ports import Clock, Transactions
from downloader.domain.release_metadata import ReleasePages, lacks_metadata, with_page

RETRY_SECONDS = 300.0
GIVE_UP_AFTER = timedelta(hours=6)
"""After this time the book has probably been imported without the page."""


class ReadReleasePageHandler:
    """The page improves the metadata of the import. A grab or an import never fails because of it."""

    def __init__(self, transaction: Transactions, pages: ReleasePages, clock: Clock) -> None:
        self._transaction = transaction
        self._pages = pages
        self._clock = clock

    async def read(self, command: ReadReleasePage) -> None:
        """Store what the page shows with the download, if it still has the same release.

        Raises `TryAgainLater` while pages cannot be read, for six hours after the grab.
        """
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
        if download is None or download.release is None or not lacks_metadata(download.release):
            return
        release, grabbed_at = download.release, download.grabbed_at
        page: TorrentPage | None = None
        try:
            page = await self._pages.page(release)
        except RemoteError as error:
            passes = isinstance(error, (RemoteUnavailable, RemoteThrottled))
            if passes and grabbed_at is not None and self._clock.now() - grabbed_at < GIVE_UP_AFTER:
                raise TryAgainLater(RETRY_SECONDS, error.detail) from error
            logger().info("release_page_not_read", release_id=release.id, reason=error.detail)
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is not None and download.release is not None and download.release.id == release.id:
                download.release = download.release if page is None else with_page(download.release, page)
                download.page_asked_at = None
                await tx.downloads.save(download)
