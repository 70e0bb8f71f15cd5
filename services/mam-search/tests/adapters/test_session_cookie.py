"""The session value that the site returns is stored whatever the response is, and a deleted one is not."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from mam_search.adapters.mam.client import MyAnonamouse
from mam_search.adapters.mam.session_cookie import rotated
from shared.chassis.errors import RemoteError
from shared.contracts.mam.search import MamSearch

SEARCH = MamSearch(text="marvelous land oz baum")


@pytest.mark.parametrize(
    ("headers", "value"),
    [
        (["mam_id=abc%3D=; Max-Age=1296000; Domain=.myanonamouse.net; Secure"], "abc%3D="),
        (["uid=7; Path=/", "mam_id=abc; Path=/"], "abc"),
        (["mam_id=abc", "mam_id=def"], "def"),
        (["mam_id=abc", "mam_id=deleted; Max-Age=0"], "abc"),
        (["mam_id=abc; Expires=Fri, 01 Jan 2999 00:00:00 GMT"], "abc"),
        (["mam_id=abc; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "abc"),
        (["mam_id=abc; Expires=never; Max-Age="], "abc"),
        (["mam_id=abc; Max-Age=0"], None),
        (["mam_id=abc; Max-Age=-1"], None),
        (["mam_id=abc; expires=Thu, 01-Jan-1970 00:00:01 GMT"], None),
        (["mam_id=abc; Expires=Wed, 01 Jan 2020 00:00:00 GMT"], None),
        (["mam_id=deleted"], None),
        (["mam_id="], None),
        (["mam_id"], None),
        (["not_mam_id=abc"], None),
        ([], None),
    ],
)
def test_the_last_value_that_is_not_deleted_is_taken(headers: list[str], value: str | None) -> None:
    assert rotated(headers) == value


class Spoiled(httpx.AsyncBaseTransport):
    """The site, with one response changed after the site has rotated the session."""

    def __init__(self, site: Any, change: Callable[[httpx.Response], httpx.Response]) -> None:
        self._site = httpx.ASGITransport(app=site)
        self._changes = [change]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._site.handle_async_request(request)
        await response.aread()
        return self._changes.pop()(response) if self._changes else response


def with_status(status: int) -> Callable[[httpx.Response], httpx.Response]:
    return lambda response: httpx.Response(status, headers=cookies_of(response), content=b"an error")


def unreadable(response: httpx.Response) -> httpx.Response:
    async def broken() -> Any:
        yield b"{"
        raise httpx.ReadError("the connection was closed")

    return httpx.Response(200, headers=cookies_of(response), content=broken())


def cookies_of(response: httpx.Response) -> list[tuple[str, str]]:
    return [("set-cookie", each) for each in response.headers.get_list("set-cookie")]


@pytest.mark.parametrize("change", [with_status(403), with_status(429), with_status(500), with_status(418), unreadable])
async def test_a_new_value_that_comes_with_an_error_is_stored(
    change: Callable[[httpx.Response], httpx.Response], tracker: Any
) -> None:
    requests = tracker.requests_of_replica(transport=Spoiled(tracker.site, change))
    store = tracker.sessions(tracker.databases[-1])
    (before,) = (await store.load()).values
    with pytest.raises(RemoteError):
        await MyAnonamouse(requests).search(SEARCH)
    newest, previous, *_ = (await store.load()).values
    assert previous == before
    assert await accepts(tracker, newest)


async def test_a_value_that_comes_with_a_repeated_refusal_is_ignored(tracker: Any) -> None:
    worthless = iter(range(9))

    def refuse(_: httpx.Response) -> httpx.Response:
        return httpx.Response(403, headers={"set-cookie": f"mam_id=worthless-{next(worthless)}"}, content=b"no")

    store = None
    for _ in range(4):
        requests = tracker.requests_of_replica(transport=Spoiled(tracker.site, refuse))
        store = tracker.sessions(tracker.databases[-1])
        with pytest.raises(RemoteError):
            await MyAnonamouse(requests).search(SEARCH)
        health = (await store.load()).health
        health.closed_until = None
        await store.save(health)
    assert store is not None
    assert (await store.load()).values == ["worthless-0", "seed-of-the-session"]


async def accepts(tracker: Any, value: str) -> bool:
    """Whether the site accepts this session value."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=tracker.site), base_url="http://mam") as client:
        response = await client.get("/json/checkCookie.php", headers={"Cookie": f"mam_id={value}"})
    return response.status_code == 200
