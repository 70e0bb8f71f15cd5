"""Combines the reads and writes of single items that are wanted at the same time into few requests."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError
from shared.contracts.library.metadata_writes import FieldName, FieldValue

from library_scanner.adapters.audiobookshelf.client import BATCH_ITEMS, Audiobookshelf
from library_scanner.adapters.audiobookshelf.parsing import media_payload
from library_scanner.domain.item import Item

Wanted = TypeVar("Wanted")
Result = TypeVar("Result")
Values = Mapping[FieldName, FieldValue]


@dataclass(slots=True)
class _Waiting(Generic[Wanted, Result]):
    abs_id: str
    wanted: Wanted
    result: asyncio.Future[Result]

    def settle(self, result: Result | RemoteError) -> None:
        if isinstance(result, RemoteError):
            self.fail(result)
        elif not self.result.done():
            self.result.set_result(result)

    def fail(self, error: BaseException) -> None:
        if isinstance(error, asyncio.CancelledError):
            self.result.cancel()
        elif not self.result.done():
            self.result.set_exception(error)


class Gathering(Generic[Wanted, Result]):
    """While one request is under way, what else is wanted gathers for the next one.

    `send` gets what is wanted of each item, and returns a result or an error for each. An item is in a request only
    once, so two writes of one item follow each other. `ready` waits until the next request may be sent.
    """

    def __init__(
        self,
        send: Callable[[Mapping[str, Wanted]], Awaitable[Mapping[str, Result | RemoteError]]],
        at_most: int,
        ready: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._send = send
        self._at_most = at_most
        self._ready = ready
        self._waiting: list[_Waiting[Wanted, Result]] = []
        self._sending: asyncio.Task[None] | None = None

    async def __call__(self, abs_id: str, wanted: Wanted) -> Result:
        """What the request brought for this item. Raises its error."""
        loop = asyncio.get_running_loop()
        one = _Waiting[Wanted, Result](abs_id, wanted, loop.create_future())
        self._waiting.append(one)
        if self._sending is None:
            self._sending = loop.create_task(self._send_all())
        return await one.result

    async def aclose(self) -> None:
        """Cancel the request that is under way, and those that wait."""
        for each in self._waiting:
            each.result.cancel()
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)

    async def _send_all(self) -> None:
        try:
            while self._waiting:
                if self._ready is not None:
                    await self._ready()
                await self._send_some(self._next())
        finally:
            self._sending = None

    async def _send_some(self, batch: Mapping[str, _Waiting[Wanted, Result]]) -> None:
        if not batch:
            return
        try:
            results = await self._send({abs_id: each.wanted for abs_id, each in batch.items()})
        except BaseException as error:
            for each in batch.values():
                each.fail(error)
            if not isinstance(error, Exception):
                raise
        else:
            for abs_id, each in batch.items():
                each.settle(results[abs_id])

    def _next(self) -> dict[str, _Waiting[Wanted, Result]]:
        """What the next request is about. Who was cancelled while waiting wants nothing any more."""
        batch: dict[str, _Waiting[Wanted, Result]] = {}
        left: list[_Waiting[Wanted, Result]] = []
        for each in self._waiting:
            if each.result.done():
                continue
            if each.abs_id in batch or len(batch) == self._at_most:
                left.append(each)
            else:
                batch[each.abs_id] = each
        self._waiting = left
        return batch


class BatchedItems:
    """Reads and writes items of one server, several with one request where possible.

    A request for several that is answered with nonsense is repeated for each, because one of them may be the cause.
    Every method raises subclasses of `RemoteError` when the server fails.
    """

    def __init__(self, library: Audiobookshelf) -> None:
        self._library = library
        self._reads = Gathering[None, Item | None](self._read, BATCH_ITEMS)
        self._writes = Gathering[Values, Item](self._write, BATCH_ITEMS, library.pace.passed)

    async def item(self, abs_id: str) -> Item | None:
        """Return one item, or None if Audiobookshelf does not have it."""
        return await self._reads(abs_id, None)

    async def write(self, abs_id: str, values: Values) -> Item:
        """Set fields of an item, and return the item as it is then.

        Raises `UnwritableValue` before anything is sent.
        """
        media_payload(values)
        return await self._writes(abs_id, values)

    async def aclose(self) -> None:
        """Cancel the requests that are under way."""
        await self._reads.aclose()
        await self._writes.aclose()

    async def _read(self, wanted: Mapping[str, None]) -> Mapping[str, Item | RemoteError | None]:
        if len(wanted) > 1:
            try:
                found = await self._library.items(list(wanted))
            except RemoteAnsweredNonsense:
                pass
            else:
                return dict.fromkeys(wanted) | {each.abs_id: each for each in found}
        return await _each(wanted, self._library.item)

    async def _write(self, wanted: Mapping[str, Values]) -> Mapping[str, Item | RemoteError]:
        if len(wanted) > 1:
            try:
                return {each.abs_id: each for each in await self._library.write_many(wanted)}
            except RemoteAnsweredNonsense:
                pass
        return await _each(wanted, lambda abs_id: self._library.write(abs_id, wanted[abs_id]))


async def _each(abs_ids: Iterable[str], send: Callable[[str], Awaitable[Result]]) -> dict[str, Result | RemoteError]:
    """One request for each item, one after another."""
    results: dict[str, Result | RemoteError] = {}
    for abs_id in abs_ids:
        try:
            results[abs_id] = await send(abs_id)
        except RemoteError as error:
            results[abs_id] = error
    return results
