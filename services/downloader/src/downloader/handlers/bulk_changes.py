"""A person retries, cancels or deletes many downloads, or searches many missing books."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from shared.chassis.bulk import change_each, require_expected
from shared.chassis.errors import RemoteError, ServiceUnavailable
from shared.contracts.bulk import BulkResult
from shared.contracts.downloads.bulk_changes import (
    CancelDownloads,
    DeleteDownloads,
    DownloadSelection,
    RetryDownloads,
    SearchMissingBooks,
)
from shared.contracts.downloads.downloads import CancelDownload, CreateDownload, DeleteDownload, RetryDownload

from downloader.domain.ports import Library, Transactions


class BulkChangeHandlers:
    """Carries out the request for one download once for each, with an answer for each.

    Raises `SelectionChanged` if a filter matches another number than expected.
    """

    def __init__(
        self,
        transaction: Transactions,
        library: Library,
        *,
        create: Callable[[CreateDownload], Awaitable[object]],
        retry: Callable[[RetryDownload], Awaitable[object]],
        cancel: Callable[[CancelDownload], Awaitable[object]],
        delete: Callable[[DeleteDownload], Awaitable[object]],
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._create = create
        self._retry = retry
        self._cancel = cancel
        self._delete = delete

    async def retry(self, request: RetryDownloads) -> BulkResult:
        """Retry the selected downloads."""
        ids = await self._selected(request.selection)
        return await change_each(ids, lambda each: self._retry(RetryDownload(id=each)))

    async def cancel(self, request: CancelDownloads) -> BulkResult:
        """Cancel the selected downloads."""
        ids = await self._selected(request.selection)
        return await change_each(ids, lambda each: self._cancel(CancelDownload(id=each)))

    async def delete(self, request: DeleteDownloads) -> BulkResult:
        """Delete the records of the selected downloads."""
        ids = await self._selected(request.selection)
        return await change_each(ids, lambda each: self._delete(DeleteDownload(id=each)))

    async def search(self, request: SearchMissingBooks) -> BulkResult:
        """Search the selected missing books. Raises `ServiceUnavailable` if the library does not answer."""
        try:
            ids = await self._library.select_missing_books(request.selection)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", error.detail) from error
        return await change_each(ids, lambda each: self._create(CreateDownload(missing_book_id=each)))

    async def _selected(self, selection: DownloadSelection) -> list[UUID]:
        if selection.filter is None or selection.expected is None:
            return selection.ids or []
        async with self._transaction() as tx:
            return require_expected(await tx.shown.ids(selection.filter, selection.expected), selection.expected)
