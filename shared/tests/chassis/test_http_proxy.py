"""Requests go through a proxy: HTTP or SOCKS."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from shared.chassis.errors import RemoteUnavailable
from shared.chassis.http import Remote

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok"


@asynccontextmanager
async def listening(scheme: str, seen: list[str]) -> AsyncIterator[str]:
    """A proxy that answers each request itself. `seen` gets the host that it was asked for."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if scheme.startswith("socks5"):
            seen.append(await socks5_host(reader, writer))
            await reader.readuntil(b"\r\n\r\n")
        else:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            seen.append(request.split()[1].split("/")[2])
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        yield f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def socks5_host(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    """The host of a connection request (RFC 1928) without authentication."""
    _version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _version, _connect, _reserved, kind = await reader.readexactly(4)
    assert kind == 3, "the proxy resolves the name"
    host = await reader.readexactly((await reader.readexactly(1))[0])
    await reader.readexactly(2)
    writer.write(b"\x05\x00\x00\x01" + struct.pack("!IH", 0, 0))
    return host.decode()


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_requests_go_through_the_proxy(scheme: str) -> None:
    seen: list[str] = []
    async with listening(scheme, seen) as proxy:
        remote = Remote("tracker", "http://tracker.example", proxy=proxy)
        response = await remote.request("GET", "/json/jsonIp.php")
        await remote.aclose()
    assert (response.text, seen) == ("ok", ["tracker.example"])


async def test_an_unavailable_proxy_is_an_unavailable_system_and_its_password_is_not_shown() -> None:
    remote = Remote("tracker", "http://tracker.example", proxy="http://user:the-password@127.0.0.1:1")
    with pytest.raises(RemoteUnavailable) as raised:
        await remote.request("GET", "/json/jsonIp.php")
    await remote.aclose()
    assert "the-password" not in str(raised.value)
