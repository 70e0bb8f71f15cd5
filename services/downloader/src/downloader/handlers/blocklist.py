"""Lists, adds and removes blocked releases."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.blocklist import (
    BY_PERSON,
    BlockCandidate,
    BlockedRelease,
    BlockRelease,
    ListBlocklist,
    UnblockRelease,
)
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.page import Page
from shared.contracts.translatable import with_code
from shared.contracts.values import Indexer
from shared.translatable import translatable

from downloader.domain.decision import rule_reason
from downloader.domain.delay import drop_kept_release
from downloader.domain.download import Download
from downloader.domain.limits import key_of
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.rules.blocklist import blocked_release

_BY_PERSON = translatable("release.blocked_by_person", BY_PERSON)


class BlocklistHandlers:
    """Handles `ListBlocklist`, `BlockRelease`, `BlockCandidate` and `UnblockRelease`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_blocklist(self, request: ListBlocklist) -> Page[BlockedRelease]:
        """One page, newest first."""
        async with self._transaction() as tx:
            return await tx.blocklist.page(request)

    async def block(self, request: BlockRelease) -> BlockedRelease:
        """Block a release of a search, as `_block` does."""
        async with self._transaction() as tx:
            return await self._block(tx, request.indexer, request.release_id, request.title, request.reason)

    async def block_candidate(self, request: BlockCandidate) -> BlockedRelease:
        """Block the release of a candidate, as `_block` does. Raises `NotFound`."""
        async with self._transaction() as tx:
            candidate = await tx.candidates.get(request.candidate_id)
            if candidate is None:
                raise NotFound(f"there is no candidate {request.candidate_id}")
            release = candidate.release
            return await self._block(tx, release.indexer, release.id, release.title, request.reason)

    async def _block(
        self, tx: DownloadsTransaction, indexer: Indexer, release_id: str, title: str, reason: str
    ) -> BlockedRelease:
        """Block a release. A release that is blocked already keeps its first reason.

        It is rejected wherever it is a candidate, and downloads that depended on it are searched again.
        """
        why = _BY_PERSON if reason == BY_PERSON else reason
        blocked = await tx.blocklist.block(indexer, release_id, title=title, reason=why, now=self._clock.now())
        finding = rule_reason(blocked_release(with_code(blocked.reason, blocked.translatable.get("reason"))))
        for download_id in await tx.candidates.reject(indexer, release_id, finding):
            download = await tx.downloads.get(download_id)
            if download is not None and _depends_on(download, (indexer.value, release_id)):
                drop_kept_release(download)
                await tx.downloads.save(download)
                tx.send(SearchForDownload(download_id=download.id))
        return blocked

    async def unblock(self, request: UnblockRelease) -> BlockedRelease:
        """Remove a release from the blocklist and return it. Raises `NotFound`."""
        async with self._transaction() as tx:
            removed = await tx.blocklist.remove(request.id)
        if removed is None:
            raise NotFound(
                translatable("refused.not_blocked", f"the blocklist has no entry {request.id}", id=str(request.id))
            )
        return removed


def _depends_on(download: Download, release: tuple[str, str]) -> bool:
    """Whether the release is kept for a delay, or may be what a person decides about."""
    if download.status is not DownloadStatus.QUEUED:
        return False
    kept = download.delayed_release
    return download.waiting_for is not None or (kept is not None and key_of(kept) == release)
