"""The load generator counts every call that is not answered with 200."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from bench.load_generator import Asked, Told, load

ANSWERS = {
    b"/well": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"/away": b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 2\r\n\r\nno",
}
"""Every other path closes the connection."""


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.read(2_000):
            answer = ANSWERS.get(head.split()[1])
            if answer is None:
                break
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def told_by(port: int, *paths: str) -> Told:
    return await load(Asked("127.0.0.1", port, list(paths), {"X-Api-Key": "key"}, clients=3, seconds=0.1))


async def test_calls_that_are_answered_are_timed(port: int) -> None:
    told = await told_by(port, "/well")
    assert len(told.waits) >= 3
    assert all(0 < wait < 10 for wait in told.waits)
    assert told.refused == {}


async def test_calls_that_are_refused_are_counted_by_their_status_and_not_timed(port: int) -> None:
    told = await told_by(port, "/away")
    assert told.waits == []
    assert set(told.refused) == {503}


async def test_calls_whose_connection_breaks_are_counted_and_the_next_ones_are_sent(port: int) -> None:
    told = await told_by(port, "/well", "/gone", "/well", "/well")
    assert set(told.refused) == {0}
    assert told.waits
