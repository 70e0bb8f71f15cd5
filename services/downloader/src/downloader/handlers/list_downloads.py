"""Lists downloads with their candidates and failures."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.candidates import Candidate, ListCandidates
from shared.contracts.downloads.downloads import Download, GetDownload, ListDownloads, SearchDownloads
from shared.contracts.downloads.failed_attempts import FailedAttempt, ListFailedAttempts
from shared.contracts.page import Page
from shared.translatable import translatable

from downloader.domain.ports import Transactions


class ListDownloadsHandlers:
    """Handles `ListDownloads`, `SearchDownloads`, `GetDownload`, `ListCandidates` and `ListFailedAttempts`."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction

    async def list_downloads(self, request: ListDownloads) -> Page[Download]:
        """One page of the matching downloads. Raises `UnknownSort`."""
        async with self._transaction() as tx:
            return await tx.shown.page(request)

    async def search_downloads(self, request: SearchDownloads) -> Page[Download]:
        """One page of the downloads that contain every word of the query. Raises `UnknownSort`."""
        async with self._transaction() as tx:
            return await tx.shown.matching(request)

    async def get_download(self, request: GetDownload) -> Download:
        """One download. Raises `NotFound`."""
        async with self._transaction() as tx:
            download = await tx.shown.one(request.id)
        if download is None:
            raise NotFound(
                translatable("refused.no_download", f"there is no download {request.id}", id=str(request.id))
            )
        return download

    async def list_candidates(self, request: ListCandidates) -> Page[Candidate]:
        """One page of the judged releases, best first. Raises `NotFound`."""
        await self.get_download(GetDownload(id=request.download_id))
        async with self._transaction() as tx:
            return await tx.candidates.page(request.download_id, request.limit, request.offset)

    async def list_failed_attempts(self, request: ListFailedAttempts) -> Page[FailedAttempt]:
        """One page of the download's failures that are not hidden. Raises `NotFound`."""
        download = await self.get_download(GetDownload(id=request.download_id))
        item = str(download.missing_book_id or download.id)
        async with self._transaction() as tx:
            return await tx.failed_attempts.page(item, request.limit, request.offset)
