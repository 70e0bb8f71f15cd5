"""Lists and single views."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.blocklist import BlockedRelease, ListBlocklist
from shared.contracts.downloads.candidates import Candidate, ListCandidates
from shared.contracts.downloads.downloads import Download, GetDownload, ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import FailedAttempt, ListFailedAttempts
from shared.contracts.page import Page

from downloader.domain.ports import Transactions


class Reading:
    """Answers from the tables, changing nothing."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction

    async def list_downloads(self, request: ListDownloads) -> Page[Download]:
        async with self._transaction() as tx:
            return await tx.shown.page(request)

    async def search_downloads(self, request: SearchDownloads) -> Page[Download]:
        async with self._transaction() as tx:
            return await tx.shown.matching(request)

    async def get_download(self, request: GetDownload) -> Download:
        async with self._transaction() as tx:
            download = await tx.shown.one(request.id)
        if download is None:
            raise NotFound(f"there is no download {request.id}")
        return download

    async def list_candidates(self, request: ListCandidates) -> Page[Candidate]:
        await self.get_download(GetDownload(id=request.download_id))
        async with self._transaction() as tx:
            return await tx.candidates.page(request.download_id, request.limit, request.offset)

    async def list_failed_attempts(self, request: ListFailedAttempts) -> Page[FailedAttempt]:
        download = await self.get_download(GetDownload(id=request.download_id))
        item = str(download.missing_book_id or download.id)
        async with self._transaction() as tx:
            return await tx.failed_attempts.page(item, request.limit, request.offset)

    async def list_blocklist(self, request: ListBlocklist) -> Page[BlockedRelease]:
        async with self._transaction() as tx:
            return await tx.blocklist.page(request)
