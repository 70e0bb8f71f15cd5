"""Sends the speeds of all downloads in one event, while anyone listens."""

import asyncio
from collections.abc import Awaitable, Callable

from shared.chassis.errors import Refused
from shared.contracts.downloads.transfers import Transfers

from gateway.events.feed import EventFeed
from gateway.events.kinds import EventKind

EVERY_SECONDS = 2.0
"""One delta of the client for all downloads together; before, each row of a page asked every four seconds."""
IDLE_SECONDS = 10.0
"""While nothing is downloading, the client is not asked at all."""


class TransferFeed:
    """Asks the downloader while someone listens to transfers, and sends the answers to the listeners."""

    def __init__(self, feed: EventFeed, ask: Callable[[], Awaitable[Transfers]]) -> None:
        self._feed = feed
        self._ask = ask
        self._sent: Transfers | None = None

    async def run(self) -> None:
        """Run until cancelled. While the downloader is unavailable, nothing is sent."""
        while True:
            await self._feed.until_wanted(EventKind.TRANSFER)
            running = await self.send()
            await asyncio.sleep(EVERY_SECONDS if running else IDLE_SECONDS)

    async def send(self) -> bool:
        """Send the present figures, unless nothing is or was downloading. Returns whether something is downloading."""
        try:
            transfers = await self._ask()
        except Refused:
            return False
        if transfers.items or (self._sent is not None and self._sent.items):
            self._feed.send_transfers(transfers)
        self._sent = transfers
        return bool(transfers.items)
