"""Lists, adds and removes blocked releases."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.blocklist import BlockedRelease, BlockRelease, ListBlocklist, UnblockRelease
from shared.contracts.page import Page

from downloader.domain.ports import Clock, Transactions


class BlocklistHandlers:
    """Handles `ListBlocklist`, `BlockRelease` and `UnblockRelease`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_blocklist(self, request: ListBlocklist) -> Page[BlockedRelease]:
        """One page, newest first."""
        async with self._transaction() as tx:
            return await tx.blocklist.page(request)

    async def block(self, request: BlockRelease) -> BlockedRelease:
        """Block a release. A release that is blocked already keeps its first reason."""
        async with self._transaction() as tx:
            return await tx.blocklist.block(
                request.indexer, request.release_id, title=request.title, reason=request.reason, now=self._clock.now()
            )

    async def unblock(self, request: UnblockRelease) -> BlockedRelease:
        """Remove a release from the blocklist and return it. Raises `NotFound`."""
        async with self._transaction() as tx:
            removed = await tx.blocklist.remove(request.id)
        if removed is None:
            raise NotFound(f"the blocklist has no entry {request.id}")
        return removed
