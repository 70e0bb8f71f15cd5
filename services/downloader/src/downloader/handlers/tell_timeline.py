"""The history of a book's downloads, and what happens next."""

from shared.contracts.system import TellTimeline, Timeline

from downloader.domain.ports import Transactions


class TellTimelineHandler:
    """Handles `TellTimeline`."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction

    async def tell_timeline(self, request: TellTimeline) -> Timeline:
        """The entries, oldest first, with planned retries last; empty for unknown ids."""
        async with self._transaction() as tx:
            return await tx.timelines.of(request)
