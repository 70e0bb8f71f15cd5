"""A person cancels a download."""

from shared.chassis.errors import RemoteError
from shared.contracts.downloads.downloads import CancelDownload, DownloadStatus
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.events import DownloadCancelled
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient
from downloader.domain.download_view import shown
from downloader.domain.ports import Transactions
from downloader.domain.refusals import NotNow
from downloader.workflow.next_step import load_download
from downloader.workflow.pack_members import choose_shared_files, leave_pack
from downloader.workflow.torrent_removal import remove_if_free

_ENDED = frozenset({DownloadStatus.IMPORTED, DownloadStatus.CANCELLED})


class CancelDownloadHandler:
    """Handles `CancelDownload`."""

    def __init__(self, transaction: Transactions, client: DownloadClient) -> None:
        self._transaction = transaction
        self._client = client

    async def cancel(self, request: CancelDownload) -> DownloadShown:
        """Cancel the download. Its torrent is removed unless it has to seed; the answer says which.

        Raises `NotFound` and `NotNow`.
        """
        async with self._transaction() as tx:
            download = await load_download(tx, request.id)
            if download.status in _ENDED:
                raise NotNow(translatable("refused.has_ended", f"the download is already {download.status}"))
            torrent_hash = download.info_hash
            await leave_pack(tx, download)
            why = translatable("download.cancelled", "cancelled by a person")
            download.cancelled(why)
            await tx.downloads.save(download)
            tx.announce(DownloadCancelled(download_id=download.id, missing_book_id=download.missing_book_id, why=why))
        if torrent_hash is not None:
            note = await self._drop_torrent(torrent_hash, download)
            async with self._transaction() as tx:
                download = await load_download(tx, request.id)
                if download.status is DownloadStatus.CANCELLED:
                    download.cancelled(translatable("download.cancelled_and", f"{why}; {note}", note=note))
                    await tx.downloads.save(download)
        return shown(download)

    async def _drop_torrent(self, info_hash: str, download: Download) -> str:
        async with self._transaction() as tx:
            others = await tx.packs.sharing(info_hash, download.id) if download.is_in_pack else []
            files = await tx.packs.files(info_hash) if others else frozenset()
        if not others:
            return await self._remove_torrent(info_hash)
        try:
            torrent = await self._client.find([info_hash])
            if torrent is not None:
                await choose_shared_files(self._client, torrent, files)
        except RemoteError as error:
            return (
                f"its torrent stays, because {len(others)} other books use it; its files were not deselected: {error}"
            )
        words = f"its torrent stays, because {len(others)} other books use it"
        return translatable("download.torrent_shared_by", words, books=len(others))

    async def _remove_torrent(self, info_hash: str) -> str:
        try:
            torrent = await self._client.find([info_hash])
        except RemoteError as error:
            words = f"its torrent was not removed, because the download client is unavailable: {error}"
            return translatable("download.torrent_not_removed", words, why=error.detail)
        if torrent is None:
            return translatable("download.torrent_absent", "its torrent is not in the client")
        return await remove_if_free(self._transaction, self._client, torrent)
