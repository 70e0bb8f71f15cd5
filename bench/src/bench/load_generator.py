"""Many clients at once in a separate program. Each sends its next request as soon as it has received a response.

Reads a `LoadPlan` as JSON from standard input and prints a `LoadResult` as JSON. Its minimal HTTP client needs little
processor time, so that the server has one processor to itself.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle


@dataclass(frozen=True)
class LoadPlan:
    """The load: `clients` request `paths` in turn for `seconds`."""

    host: str
    port: int
    paths: list[str]
    headers: dict[str, str]
    clients: int
    seconds: float


@dataclass
class LoadResult:
    """The seconds that each successful call took, and the number of other responses by status (0: no response)."""

    waits: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0


async def load(plan: LoadPlan) -> LoadResult:
    """Send the requests of the plan."""
    result, paths, started = LoadResult(), cycle(plan.paths), time.perf_counter()
    await asyncio.gather(*(_client(plan, paths, result, started + plan.seconds) for _ in range(plan.clients)))
    result.seconds = time.perf_counter() - started
    return result


async def _client(plan: LoadPlan, paths: Iterator[str], result: LoadResult, until: float) -> None:
    heads = "".join(f"{name}: {value}\r\n" for name, value in plan.headers.items())
    reader, writer = await asyncio.open_connection(plan.host, plan.port)
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(f"GET {next(paths)} HTTP/1.1\r\nHost: {plan.host}\r\n{heads}\r\n".encode())
        try:
            status = await _status(reader)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        if status == 200:
            result.waits.append(time.perf_counter() - started)
        else:
            result.refused[status] = result.refused.get(status, 0) + 1
        if status == 0:
            reader, writer = await asyncio.open_connection(plan.host, plan.port)
    writer.close()


async def _status(reader: asyncio.StreamReader) -> int:
    """The status of a response whose whole body was read. Raises `IncompleteReadError` if the connection breaks."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(asyncio.run(load(LoadPlan(**json.load(sys.stdin)))))))
