"""Reads the sizes of covers from Audiobookshelf, a limited number in a day."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger

from library_scanner.domain.cover_sizes import CoverReader, CoverSize
from library_scanner.domain.transaction import Transactions

STORED_AT_ONCE = 25


class CoverSizeReading:
    """Reads the covers that were never read, and those of items that changed, one after the other."""

    def __init__(self, transaction: Transactions, library: CoverReader, clock: Clock, *, per_day: int) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock
        self._per_day = per_day
        self._log = logger()

    async def read(self) -> int:
        """Read as many covers as are left of the day's number, and return how many were read.

        If Audiobookshelf fails, the rest is read another day.
        """
        async with self._transaction() as tx:
            done = await tx.cover_sizes.read_since(self._clock.now() - timedelta(days=1))
            unread = await tx.cover_sizes.unread(max(0, self._per_day - done))
        count = 0
        for start in range(0, len(unread), STORED_AT_ONCE):
            sizes: list[CoverSize] = []
            failure: RemoteError | None = None
            for each in unread[start : start + STORED_AT_ONCE]:
                try:
                    sizes.append(CoverSize(each, await self._library.cover_size(each.abs_id)))
                except RemoteError as error:
                    failure = error
                    break
            async with self._transaction() as tx:
                await tx.cover_sizes.save(sizes, self._clock.now())
            count += len(sizes)
            if failure is not None:
                self._log.warning("covers_not_read", reason=failure.detail, left=len(unread) - count)
                break
        return count
