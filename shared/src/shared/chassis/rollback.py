"""A transaction that is always rolled back, for dry runs."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypeVar

OpenedT = TypeVar("OpenedT")


class _RollBackError(Exception):
    """Raised within the transaction to roll it back."""


@asynccontextmanager
async def rolled_back(transaction: Callable[[], AbstractAsyncContextManager[OpenedT]]) -> AsyncIterator[OpenedT]:
    """Open a transaction that is rolled back at the end. Its messages are not sent."""
    with suppress(_RollBackError):
        async with transaction() as opened:
            yield opened
            raise _RollBackError
