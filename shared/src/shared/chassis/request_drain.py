"""Stops receiving requests without losing one, when a service stops and another replica of it runs.

FastStream would receive requests until its handlers have ended, and drop them: their callers would wait for nothing
until their time-out.
"""

import asyncio
from collections.abc import Sequence

from faststream.nats.subscriber.usecases import ConcurrentCoreSubscriber

TURNS_TO_BEGIN = 10
"""Turns of the event loop within which FastStream begins to handle a request that it has received."""


async def drain_requests(subscribers: Sequence[ConcurrentCoreSubscriber], *, connected: bool) -> None:
    """Receive no more requests, so that another replica gets them, and begin to handle those that were received.

    Without a connection to NATS, no requests arrive, and nothing is waited for.
    """
    if connected:
        draining = (each.subscription.drain() for each in subscribers if each.subscription)  # type: ignore[no-untyped-call]
        await asyncio.gather(*draining, return_exceptions=True)  # the connection may be lost meanwhile
        for each in subscribers:
            each.subscription = None  # FastStream need not unsubscribe
    for each in subscribers:
        while each.receive_stream.statistics().current_buffer_used:  # noqa: ASYNC110 - FastStream has no event
            await asyncio.sleep(0)
    for _ in range(TURNS_TO_BEGIN):
        await asyncio.sleep(0)
