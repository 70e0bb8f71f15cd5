"""The load generator counts every call that does not get status 200."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from bench.load_generator import LoadPlan, LoadResult, load

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


async def load_of(port: int, *paths: str) -> LoadResult:
    return await load(LoadPlan("127.0.0.1", port, list(paths), {"X-Api-Key": "key"}, clients=3, seconds=0.1))


async def test_successful_calls_are_timed(port: int) -> None:
    result = await load_of(port, "/well")
    assert len(result.waits) >= 3
    assert all(0 < wait < 10 for wait in result.waits)
    assert result.refused == {}


async def test_refused_calls_are_counted_by_status_and_not_timed(port: int) -> None:
    result = await load_of(port, "/away")
    assert result.waits == []
    assert set(result.refused) == {503}


async def test_calls_with_a_broken_connection_are_counted_and_the_next_calls_are_sent(port: int) -> None:
    result = await load_of(port, "/well", "/gone", "/well", "/well")
    assert set(result.refused) == {0}
    assert result.waits
