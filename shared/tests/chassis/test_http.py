"""Whatever an outside system does, its client raises one of four errors, or gives an answer."""

import asyncio
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
    """A server that sends these bytes to whoever asks and hangs up; with None it never says anything."""
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


async def test_a_server_that_says_when_to_come_back_throttles_with_503_too() -> None:
    with pytest.raises(RemoteThrottled) as raised:
        await remote(503, "later", retry_after="12").json("GET", "works/1", WORK)
    assert raised.value.retry_after_seconds == 12


async def test_a_request_gives_404_to_its_caller_who_alone_knows_what_it_means() -> None:
    assert (await remote(404).request("GET", "works/1")).status_code == 404


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<html><body>Please sign in</body></html>", "a page instead of JSON"),
        ('{"title": "Ozma', "an answer of another shape"),
        ("", "an empty answer"),
        ('{"name": "Ozma of Oz"}', "at title: Field required"),
        ("[]", "an answer of another shape"),
    ],
)
async def test_an_answer_that_is_no_such_json_is_nonsense_and_says_what_came(body: str, words: str) -> None:
    with pytest.raises(RemoteAnsweredNonsense, match=words):
        await remote(200, body).json("GET", "works/1", WORK)


async def test_a_redirection_to_a_page_is_not_followed() -> None:
    with pytest.raises(RemoteAnsweredNonsense):
        await remote(302, "", location="http://elsewhere.example/login").json("GET", "works/1", WORK)


async def test_a_good_answer_is_read_and_unknown_fields_are_let_be() -> None:
    client = remote(200, '{"title": "Ozma of Oz", "rank": 3}')
    assert (await client.json("GET", "/works/1", WORK)).title == "Ozma of Oz"
    await client.aclose()


async def test_a_server_that_says_nothing_in_time_is_unavailable() -> None:
    async with raw_server(None) as url:
        client = Remote("audible", url, timeout_seconds=0.2)
        with pytest.raises(RemoteUnavailable, match="no answer in time to GET works"):
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
async def test_a_connection_that_breaks_is_unavailable(answer: bytes) -> None:
    async with raw_server(answer) as url:
        client = Remote("audible", url)
        with pytest.raises(RemoteUnavailable):
            await client.request("GET", "works")
        await client.aclose()


async def test_nobody_at_the_address_is_unavailable() -> None:
    async with raw_server(b"") as url:
        pass
    with pytest.raises(RemoteUnavailable, match="audible"):
        await Remote("audible", url).request("GET", "works")


async def test_an_address_that_is_none_is_unavailable() -> None:
    with pytest.raises(RemoteUnavailable):
        await Remote("audible", "http://[oz").request("GET", "works")


async def test_neither_the_path_nor_the_body_puts_a_secret_into_the_error() -> None:
    with pytest.raises(RemoteRefusedUs) as raised:
        await remote(403, "token=hidden-in-body was refused").request("GET", "works?apikey=hidden-in-path")
    assert "hidden" not in str(raised.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30.0), ("0", 1.0), ("-5", 1.0), ("999999999", 86_400.0), ("soon", 60.0), ("", 60.0), ("nan", 60.0),
     ("inf", 86_400.0)],
)  # fmt: skip
def test_retry_after_is_read_within_a_second_and_a_day(header: str, seconds: float) -> None:
    assert retry_after(httpx.Response(429, headers={"Retry-After": header})) == seconds


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert 85 < retry_after(httpx.Response(429, headers={"Retry-After": date})) <= 90


def test_a_throttled_answer_without_a_time_means_a_minute() -> None:
    assert retry_after(httpx.Response(429)) == 60.0
