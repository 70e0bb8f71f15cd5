"""A transaction of which nothing stays, for a dry run: what is done in it shows what would change."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import TypeVar

OpenedT = TypeVar("OpenedT")


class _RollBackError(Exception):
    """Leaves the transaction, so that nothing of it is kept."""


@asynccontextmanager
async def rolled_back(transaction: Callable[[], AbstractAsyncContextManager[OpenedT]]) -> AsyncIterator[OpenedT]:
    """Open a transaction, and on the way out take back what was stored and leave unsaid what was to be said."""
    with suppress(_RollBackError):
        async with transaction() as opened:
            yield opened
            raise _RollBackError
