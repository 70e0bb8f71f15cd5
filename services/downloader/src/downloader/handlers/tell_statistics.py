"""Statistics of downloads."""

from shared.contracts.system import Statistics, TellStatistics

from downloader.domain.ports import Transactions

SERVICE = "downloader"


class TellStatisticsHandler:
    """Handles `TellStatistics`."""

    def __init__(self, transaction: Transactions) -> None:
        self._transaction = transaction

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """Counts of downloads, failures and blocked releases, and the imported bytes."""
        async with self._transaction() as tx:
            return Statistics(service=SERVICE, figures=await tx.statistics.figures())
