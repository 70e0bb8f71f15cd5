"""Fetches the messages of one consumer, one after another, also while a NATS cluster changes its leaders.

FastStream's own loop fetches again immediately after each error. Where JetStream is not available yet, such as on a
server that starts, NATS answers each fetch at once that nobody handles it, and would get thousands of them a second.
And a fetch over a connection that was closed for good fails without waiting, so that the loop would block the process.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Any

from faststream.nats.subscriber.usecases import PullStreamSubscriber
from nats.aio.msg import Msg
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError
from nats.js.errors import Error as JetStreamError

from shared.chassis.logging import logger

PAUSE_SECONDS = 0.5
"""The shortest time from a fetch that failed to the next one."""


class WaitingFetches:
    """The fetches of one connection that wait for a message."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Timeout] = set()

    @contextmanager
    def waiting(self, limit: asyncio.Timeout) -> Iterator[None]:
        """Within this context `begin_again` ends the fetch."""
        self._waiting.add(limit)
        try:
            yield
        finally:
            self._waiting.discard(limit)

    async def begin_again(self) -> None:
        """End each fetch that waits, so that its loop begins the next one.

        Call it after a reconnection: a server that was restarted has forgotten the fetches.
        """
        for each in self._waiting:
            if not each.expired():
                each.reschedule(asyncio.get_running_loop().time())


def fetch_with_pauses(subscriber: PullStreamSubscriber, fetches: WaitingFetches) -> None:
    """Replace the loop of a subscriber, before it is started."""
    loop = partial(_fetch_until_closed, subscriber, fetches)
    subscriber._consume_pull = loop  # type: ignore[method-assign]  # FastStream has no other way


async def _fetch_until_closed(
    subscriber: PullStreamSubscriber, fetches: WaitingFetches, cb: Callable[[Msg], Awaitable[Any]]
) -> None:
    """Fetch and handle messages until the subscriber is stopped or the connection is closed."""
    pull = subscriber.pull_sub
    while subscriber.running and (subscription := subscriber.subscription) is not None:
        begun = monotonic()
        try:
            async with asyncio.timeout(None) as limit:
                with fetches.waiting(limit):
                    messages = await subscription.fetch(batch=pull.batch_size, timeout=pull.timeout)
        except ConnectionClosedError:
            return
        except TimeoutError:  # no message
            await asyncio.sleep(max(0.0, PAUSE_SECONDS - (monotonic() - begun)))
        except (NatsError, JetStreamError, OSError) as error:
            logger().debug("fetch_failed", because=f"{type(error).__name__}: {error}")
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            for message in messages:
                if subscriber.running:
                    await cb(message)
                else:
                    await message.nak()  # another replica gets it at once, and not after the ack wait
