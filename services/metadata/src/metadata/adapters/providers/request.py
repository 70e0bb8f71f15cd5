"""How every provider is asked: in its turn, and once more when it did not answer."""

from typing import Any, TypeVar

import stamina
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote

from metadata.domain.ports import Line

Answer = TypeVar("Answer")
ATTEMPTS = 2


class Asking:
    """Reads one provider. Raises the `RemoteError` family."""

    def __init__(self, remote: Remote, line: Line) -> None:
        self._remote = remote
        self._line = line

    async def read(
        self, method: str, path: str, shape: TypeAdapter[Answer], *, knock: bool = False, **options: Any
    ) -> Answer:
        """One answer of this shape; `knock` asks although the provider was away or refused us a moment ago."""
        patiently = stamina.retry_context(
            on=RemoteUnavailable, attempts=ATTEMPTS, wait_initial=0.3, wait_max=1.0, timeout=None
        )
        async for attempt in patiently:
            with attempt:
                async with self._line.turn(knock=knock):
                    return await self._remote.json(method, path, shape, **options)
        raise AssertionError("the last attempt either returns or raises")
