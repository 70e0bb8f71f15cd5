"""Combines lookups that are made at the same moment into one request."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Generic, TypeVar

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class BatchLoader(Generic[Key, Value]):
    """Collects the keys of one iteration of the event loop, and loads at most `at_most` of them at a time.

    With a `gate`, it collects keys until the gate lets it in, and loads them inside.
    """

    def __init__(
        self,
        load: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Value]]],
        at_most: int,
        gate: AbstractAsyncContextManager[None] = nullcontext(),  # noqa: B008 - it holds nothing
    ) -> None:
        self._load = load
        self._at_most = at_most
        self._gate = gate
        self._waiting: dict[Key, asyncio.Future[Value | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, keys: Sequence[Key]) -> dict[Key, Value]:
        """The values of these keys; unknown keys are left out. Raises the error that loading them raised."""
        loop = asyncio.get_running_loop()
        if keys and not self._waiting:
            task = loop.create_task(self._load_all())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        futures = [self._waiting.setdefault(key, loop.create_future()) for key in keys]
        # Shielded: a caller that is cancelled must not cancel the others.
        values = await asyncio.gather(*(asyncio.shield(each) for each in futures), return_exceptions=True)
        found: dict[Key, Value] = {}
        for key, value in zip(keys, values, strict=True):
            if isinstance(value, BaseException):
                raise value
            if value is not None:
                found[key] = value
        return found

    async def _load_all(self) -> None:
        async with self._gate:
            waiting, self._waiting = self._waiting, {}
            keys = list(waiting)
            for start in range(0, len(keys), self._at_most):
                await self._load_some({key: waiting[key] for key in keys[start : start + self._at_most]})

    async def _load_some(self, waiting: Mapping[Key, asyncio.Future[Value | None]]) -> None:
        try:
            values = await self._load(list(waiting))
        except (RemoteUnavailable, RemoteAnsweredNonsense) as error:
            # One key may cause the failure, so each is loaded alone.
            if len(waiting) > 1:
                for key, future in waiting.items():
                    await self._load_some({key: future})
                return
            _fail(waiting, error)
        except Exception as error:  # noqa: BLE001 - every error is raised by the callers
            _fail(waiting, error)
        else:
            for key, future in waiting.items():
                if not future.done():
                    future.set_result(values.get(key))


def _fail(waiting: Mapping[Key, "asyncio.Future[Value | None]"], error: Exception) -> None:
    for future in waiting.values():
        if not future.done():
            future.set_exception(error)
            future.exception()  # marks it as retrieved: the caller may have been cancelled
