"""Questions that come at the same moment are asked together: of many books looked up side by side one query."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Together(Generic[Key, Value]):
    """Gathers the keys that are asked for in one turn of the loop, and asks for at most `at_most` of them at a time."""

    def __init__(self, ask: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Value]]], at_most: int) -> None:
        self._ask = ask
        self._at_most = at_most
        self._waiting: dict[Key, asyncio.Future[Value | None]] = {}
        self._asking: set[asyncio.Task[None]] = set()

    async def __call__(self, keys: Sequence[Key]) -> dict[Key, Value]:
        """What is known of these keys. Raises what asking for them raised."""
        loop = asyncio.get_running_loop()
        if keys and not self._waiting:
            task = loop.create_task(self._ask_all())
            self._asking.add(task)
            task.add_done_callback(self._asking.discard)
        futures = [self._waiting.setdefault(key, loop.create_future()) for key in keys]
        # Shielded: somebody who stops waiting takes the answer from nobody else.
        values = await asyncio.gather(*(asyncio.shield(each) for each in futures), return_exceptions=True)
        found: dict[Key, Value] = {}
        for key, value in zip(keys, values, strict=True):
            if isinstance(value, BaseException):
                raise value
            if value is not None:
                found[key] = value
        return found

    async def _ask_all(self) -> None:
        waiting, self._waiting = self._waiting, {}
        keys = list(waiting)
        for start in range(0, len(keys), self._at_most):
            await self._ask_some({key: waiting[key] for key in keys[start : start + self._at_most]})

    async def _ask_some(self, waiting: Mapping[Key, asyncio.Future[Value | None]]) -> None:
        try:
            values = await self._ask(list(waiting))
        except (RemoteUnavailable, RemoteAnsweredNonsense) as error:
            # One of many may be what cannot be answered, so that each is asked alone before all have failed.
            if len(waiting) > 1:
                for key, future in waiting.items():
                    await self._ask_some({key: future})
                return
            _fail(waiting, error)
        except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who asked
            _fail(waiting, error)
        else:
            for key, future in waiting.items():
                if not future.done():
                    future.set_result(values.get(key))


def _fail(waiting: Mapping[Key, "asyncio.Future[Value | None]"], error: Exception) -> None:
    for future in waiting.values():
        if not future.done():
            future.set_exception(error)
            future.exception()  # marks it as seen: who asked may have left
