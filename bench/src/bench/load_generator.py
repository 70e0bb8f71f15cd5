"""Many clients at once, as a program of its own: each asks again as soon as it is answered.

Reads what to ask as one JSON object from standard input and prints how it went as another. It speaks so little HTTP
that a whole processor is left to the server.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle


@dataclass(frozen=True)
class Asked:
    """What to ask: `paths` in turn, by so many clients, for so many seconds."""

    host: str
    port: int
    paths: list[str]
    headers: dict[str, str]
    clients: int
    seconds: float


@dataclass
class Told:
    """Seconds that each call took, and how many were answered otherwise than with 200, by status (0: not at all)."""

    waits: list[float] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0


async def load(asked: Asked) -> Told:
    """Ask for so many seconds."""
    told, paths, began = Told(), cycle(asked.paths), time.perf_counter()
    await asyncio.gather(*(_client(asked, paths, told, began + asked.seconds) for _ in range(asked.clients)))
    told.seconds = time.perf_counter() - began
    return told


async def _client(asked: Asked, paths: Iterator[str], told: Told, until: float) -> None:
    heads = "".join(f"{name}: {value}\r\n" for name, value in asked.headers.items())
    reader, writer = await asyncio.open_connection(asked.host, asked.port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(f"GET {next(paths)} HTTP/1.1\r\nHost: {asked.host}\r\n{heads}\r\n".encode())
        try:
            status = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            status = 0
        if status == 200:
            told.waits.append(time.perf_counter() - began)
        else:
            told.refused[status] = told.refused.get(status, 0) + 1
        if status == 0:
            reader, writer = await asyncio.open_connection(asked.host, asked.port)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status, once the whole body has been read. Raises `asyncio.IncompleteReadError` at a broken connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(asyncio.run(load(Asked(**json.load(sys.stdin)))))))
