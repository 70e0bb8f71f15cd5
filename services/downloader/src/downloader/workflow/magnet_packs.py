"""Divides the torrent of a magnet link among the books that it holds, as soon as the client has its metadata."""

from shared.books.packs.description import PackVerdict
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.downloads import DownloadStatus

from downloader.domain.download import Download
from downloader.domain.download_client import DownloadClient
from downloader.domain.packs import against_pack, part_of
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.torrent import ClientTorrent
from downloader.workflow.failures import refuse_for_book
from downloader.workflow.pack_members import choose_shared_files, share_torrent, store_grabs_of_others
from downloader.workflow.pack_search import PackSearch
from downloader.workflow.torrent_removal import remove_if_free


class MagnetPacks:
    """The torrents of magnet links, whose files are known only when they are in the client."""

    def __init__(
        self, transaction: Transactions, client: DownloadClient, pack_search: PackSearch, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._client = client
        self._pack_search = pack_search
        self._clock = clock

    async def is_one_book(self, download: Download, torrent: ClientTorrent) -> bool:
        """Whether the torrent holds one book. If not, each wanted book uses its files, and only those are downloaded.

        Nothing changes while the files are not known, or while the client or the library is unavailable. A torrent with
        several books that the rules forbid is stopped, and another release is searched. Every step can be repeated.
        """
        try:
            return await self._divide(download, torrent)
        except RemoteError as error:
            logger().warning("magnet_not_divided", download_id=str(download.id), because=str(error))
            return False

    async def _divide(self, download: Download, torrent: ClientTorrent) -> bool:
        files = await self._client.files(torrent)
        if not files or download.release is None:
            return False
        if not download.is_in_pack:
            verdict = await self._pack_search.divide_in_client(download, download.release, files)
            wrong = against_pack(download, verdict, self._pack_search.limits, is_shared=False)
            if wrong is not None:
                await self._refuse(download, torrent, wrong)
                return False
            if not await self._share(download, torrent, verdict):
                return True
        async with self._transaction() as tx:
            wanted = await tx.packs.files(download.info_hash or "")
        await choose_shared_files(self._client, torrent, wanted)
        async with self._transaction() as tx:
            if (current := await self._load_unchanged(tx, download)) is not None:
                current.awaits_files = False
                await tx.downloads.save(current)
        return False

    async def _share(self, download: Download, torrent: ClientTorrent, verdict: PackVerdict) -> bool:
        """Share the torrent in one transaction. False if it is a torrent of one book, or was changed meanwhile."""
        async with self._transaction() as tx:
            current = await self._load_unchanged(tx, download)
            if current is None or current.info_hash is None:
                return False
            is_pack = part_of(verdict, current) is not None
            now = self._clock.now()
            if is_pack:
                await share_torrent(tx, current, current.info_hash, verdict, current.id, now)
                await store_grabs_of_others(tx, current, torrent, now)
            current.awaits_files = is_pack
            await tx.downloads.save(current)
            return is_pack

    async def _refuse(self, download: Download, torrent: ClientTorrent, words: str) -> None:
        await self._client.stop(torrent)
        async with self._transaction() as tx:
            current = await self._load_unchanged(tx, download)
            if current is None:
                return
            await refuse_for_book(tx, current, words, now=self._clock.now())
        note = await remove_if_free(self._transaction, self._client, torrent)
        logger().warning("magnet_refused", download_id=str(download.id), because=words, torrent=note)

    async def _load_unchanged(self, tx: DownloadsTransaction, download: Download) -> Download | None:
        """The download, locked, if it still downloads the same torrent."""
        current = await tx.downloads.get(download.id)
        is_same = current is not None and current.choice_id == download.choice_id
        return current if is_same and current is not None and current.status is DownloadStatus.DOWNLOADING else None
