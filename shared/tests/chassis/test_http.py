"""A client of an outside system returns a valid response or raises one of four errors."""

import asyncio
import contextlib
import gzip
import resource
import traceback
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import (
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.chassis.http import Remote, retry_after


class Work(BaseModel):
    title: str


WORK = TypeAdapter(Work)


def remote(status: int = 200, body: str = '{"title": "Ozma of Oz"}', **headers: str) -> Remote:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    transport = httpx.MockTransport(lambda _request: httpx.Response(status, text=body, headers=named))
    return Remote("audible", "http://audible.example/api/", transport=transport)


@asynccontextmanager
async def raw_server(answer: bytes | None) -> AsyncIterator[str]:
    """A server that sends these bytes to every client and closes the connection; with None it sends nothing."""
    silent = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if answer is None:
            await silent.wait()
        else:
            writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        silent.set()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RemoteAnsweredNonsense),
        (401, RemoteRefusedUs),
        (403, RemoteRefusedUs),
        (404, RemoteAnsweredNonsense),
        (409, RemoteAnsweredNonsense),
        (418, RemoteAnsweredNonsense),
        (429, RemoteThrottled),
        (500, RemoteUnavailable),
        (502, RemoteUnavailable),
        (503, RemoteUnavailable),
        (504, RemoteUnavailable),
    ],
)
async def test_every_status_has_its_error(status: int, kind: type[RemoteError]) -> None:
    with pytest.raises(RemoteError) as raised:
        await remote(status, "no").json("GET", "works/1", WORK)
    assert type(raised.value) is kind
    assert raised.value.system == "audible"
    assert str(status) in raised.value.detail


async def test_a_503_with_retry_after_counts_as_throttled() -> None:
    with pytest.raises(RemoteThrottled) as raised:
        await remote(503, "later", retry_after="12").json("GET", "works/1", WORK)
    assert raised.value.retry_after_seconds == 12


async def test_a_404_is_returned_to_the_caller() -> None:
    assert (await remote(404).request("GET", "works/1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>Please sign in</body></html>", "HTML instead of JSON"),
        ('{"title": "Ozma', "an unexpected response"),
        ("", "an empty response"),
        ('{"name": "Ozma of Oz"}', "at title: Field required"),
        ("[]", "an unexpected response"),
    ],
)
async def test_a_response_in_an_unexpected_format_is_described_in_the_error(body: str, words: str) -> None:
    with pytest.raises(RemoteAnsweredNonsense, match=words):
        await remote(200, body).json("GET", "works/1", WORK)


async def test_a_redirect_is_not_followed() -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        await remote(302, "", location="http://elsewhere.example/login").json("GET", "works/1", WORK)


async def test_a_valid_response_is_parsed_and_unknown_fields_are_ignored() -> None:
    client = remote(200, '{"title": "Ozma of Oz", "rank": 3}')
    assert (await client.json("GET", "/works/1", WORK)).title == "Ozma of Oz"
    await client.aclose()


async def test_a_server_that_times_out_is_unavailable() -> None:
    async with raw_server(None) as url:
        client = Remote("audible", url, timeout_seconds=0.2)
        with pytest.raises(RemoteUnavailable, match="GET works timed out"):
            await client.request("GET", "works")
        await client.aclose()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        b"this is not HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Encoding: gzip\r\n\r\nabc",
    ],
)
async def test_a_server_that_closes_the_connection_is_unavailable(answer: bytes) -> None:
    async with raw_server(answer) as url:
        client = Remote("audible", url)
        with pytest.raises(RemoteUnavailable):
            await client.request("GET", "works")
        await client.aclose()


async def test_an_address_where_nothing_listens_is_unavailable() -> None:
    async with raw_server(b"") as url:
        pass
    with pytest.raises(RemoteUnavailable, match="audible"):
        await Remote("audible", url).request("GET", "works")


async def test_an_invalid_address_is_unavailable() -> None:
    with pytest.raises(RemoteUnavailable):
        await Remote("audible", "http://[oz").request("GET", "works")


async def test_an_error_contains_no_secret_from_the_path_or_the_body() -> None:
    with pytest.raises(RemoteRefusedUs) as raised:
        await remote(403, "token=hidden-in-body was refused").request("GET", "works?apikey=hidden-in-path")
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30.0), ("0", 1.0), ("-5", 1.0), ("999999999", 86_400.0), ("soon", 60.0), ("", 60.0), ("nan", 60.0),
     ("inf", 86_400.0)],
)  # fmt: skip
def test_retry_after_is_limited_to_between_a_second_and_a_day(header: str, seconds: float) -> None:
    assert retry_after(httpx.Response(429, headers={"Retry-After": header})) == seconds


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 85 < retry_after(httpx.Response(429, headers={"Retry-After": date})) <= 90


def test_without_retry_after_the_delay_is_a_minute() -> None:
    assert retry_after(httpx.Response(429)) == 60.0


def decompression_bomb() -> bytes:
    """400 MiB of spaces, compressed in parts so that this process does not need the memory that it measures."""
    compressor, part = zlib.compressobj(1, wbits=31), b" " * 2**20
    return b"".join([*(compressor.compress(part) for _ in range(400)), compressor.flush()])


@asynccontextmanager
async def compressed_server(body: bytes, coding: str) -> AsyncIterator[str]:
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\nConnection: close\r\n\r\n"
    async with raw_server(head.encode() + body) as url:
        yield url


async def test_a_decompression_bomb_is_refused_without_using_much_memory() -> None:
    bomb = decompression_bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    async with compressed_server(bomb, "gzip") as url:
        client = Remote("audible", url)
        with pytest.raises(RemoteAnsweredNonsense, match=r"the response to GET works is larger than 16 MiB"):
            await client.request("GET", "works")
        await client.aclose()
    grown_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown_mib < 64


async def test_a_response_is_read_up_to_the_size_limit_but_no_further() -> None:
    for length, fits in ((1000, True), (1001, False)):
        for body, coding in (
            (b"x" * length, "identity"),
            (gzip.compress(b"x" * length), "gzip"),
            (zlib.compress(b"x" * length), "deflate"),
            (zlib.compress(b"x" * length, wbits=-15), "deflate"),
        ):
            async with compressed_server(body, coding) as url:
                client = Remote("audible", url, max_bytes=1000)
                if fits:
                    assert (await client.request("GET", "works")).content == b"x" * length
                else:
                    with pytest.raises(RemoteAnsweredNonsense, match="larger than"):
                        await client.request("GET", "works")
                await client.aclose()


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "nonsense"])
async def test_a_coding_that_was_not_requested_is_not_decompressed(coding: str) -> None:
    async with compressed_server(b"abc", coding) as url:
        client = Remote("audible", url)
        with pytest.raises(RemoteUnavailable, match="cannot be read"):
            await client.request("GET", "works")
        await client.aclose()


async def test_a_response_that_arrives_byte_by_byte_times_out() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(200):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.05)
        writer.close()

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as server:
        client = Remote("audible", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", timeout_seconds=0.1)
        with pytest.raises(RemoteUnavailable, match="timed out"):
            await client.request("GET", "works")
        await client.aclose()


SECRETS = [
    "0123456789abcdef0123456789abcdef",
    "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEf",
    "3f1c9a7e-2b4d-4f6a-8c1e-5d7b9a0c2e4f",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 503])
async def test_no_error_contains_a_secret_wherever_it_was(secret: str, status: int) -> None:
    """In the path, the query, a link in the response, the text of the response, and its headers."""
    bodies = (
        f"https://user:{secret}@indexer.example/dl/{secret}/1.torrent?authkey={secret}&torrent_pass={secret}",
        f'{{"message": "rsskey {secret} is wrong", "link": "magnet:?xt=1&tr=http://t/{secret}/announce"}}',
        f"<html>{secret}</html>",
    )
    for body in bodies:
        client = remote(status, body, location=f"http://x/{secret}", x_key=secret, retry_after="1")
        with pytest.raises(RemoteError) as raised:
            await client.json("GET", f"/rss/{secret}/download?rsskey={secret}&passkey={secret}", WORK)
        assert secret not in str(raised.value)
        assert secret not in repr(raised.value)


@pytest.mark.parametrize("key", ["abc\nd", "abc\r\nX: 1", "abc\x00"])
async def test_a_key_that_cannot_be_sent_is_not_quoted(key: str) -> None:
    async with raw_server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as url:
        client = Remote("audible", url, headers={"X-Api-Key": key})
        with pytest.raises(
            RemoteUnavailable, match="a setting contains characters that are not allowed in a request"
        ) as raised:
            await client.request("GET", "works")
        await client.aclose()
    text = "".join(traceback.format_exception(raised.value))
    assert "abc" not in text


async def test_a_key_with_non_ascii_letters_is_sent_unchanged() -> None:
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(dict(request.headers.raw)[b"X-Api-Key"])
        return httpx.Response(200)

    client = Remote("audible", "http://x", headers={"X-Api-Key": "schlüssel"}, transport=httpx.MockTransport(answer))
    await client.request("GET", "works")
    assert sent == ["schlüssel".encode()]
