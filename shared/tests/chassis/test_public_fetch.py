"""Files from addresses that outside systems give."""

import asyncio

import httpx
import pytest
from shared.chassis.public_fetch import MAX_REDIRECTS, NotFetched, PublicFetcher
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

PUBLIC, PRIVATE = "93.184.216.34", "192.168.1.7"
HOSTS = {
    "pictures.example": [PUBLIC],
    "local.example": [PRIVATE],
    "mixed.example": [PUBLIC, PRIVATE],
    "none.example": [],
}


def a_fetcher(seen: list[Request], *, private_hosts: bool = False, seconds: float = 5.0) -> PublicFetcher:
    """A fetcher that reaches only a small server without a network."""

    async def picture(request: Request) -> Response:
        seen.append(request)
        return Response(b"picture", media_type="image/png")

    async def redirect(request: Request) -> Response:
        seen.append(request)
        return RedirectResponse(request.query_params["to"])

    async def loop(request: Request) -> Response:
        seen.append(request)
        return RedirectResponse("/loop")

    async def slow(request: Request) -> Response:
        await asyncio.sleep(3600)
        return PlainTextResponse("too late")

    async def large(request: Request) -> Response:
        return Response(b"x" * 2000)

    routes = [
        Route("/oz.png", picture),
        Route("/redirect", redirect),
        Route("/loop", loop),
        Route("/slow", slow),
        Route("/large", large),
    ]

    async def resolve(host: str, _port: int) -> list[str]:
        return HOSTS.get(host, [host.strip("[]")])

    return PublicFetcher(
        private_hosts=private_hosts,
        max_bytes=1000,
        seconds=seconds,
        transport=httpx.ASGITransport(Starlette(routes=routes)),
        resolver=resolve,
    )


async def test_a_file_is_fetched_from_the_address_that_was_checked() -> None:
    seen: list[Request] = []
    fetched = await a_fetcher(seen).fetch("http://pictures.example/oz.png?size=1")
    assert (fetched.content, fetched.content_type) == (b"picture", "image/png")
    assert (seen[0].headers["host"], seen[0].scope["server"][0]) == ("pictures.example", PUBLIC)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://pictures.example/oz.png", "//pictures.example/oz.png", "oz.png", "http://",
        "http://user:secret@pictures.example/oz.png", "http://pictures.example/" + "x" * 2000, "http://[::1",
        "http://pictures.example:99999/oz.png",
    ],
)  # fmt: skip
async def test_other_addresses_are_not_requested(address: str) -> None:
    seen: list[Request] = []
    with pytest.raises(NotFetched) as failed:
        await a_fetcher(seen, private_hosts=True).fetch(address)
    assert seen == []
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "host",
    [
        "local.example", "mixed.example", "none.example", "127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254",
        "0.0.0.0", "[::ffff:127.0.0.1]", "[fe80::1]", "100.64.0.1", "224.0.0.1", "[fc00::1]",
    ],
)  # fmt: skip
async def test_a_host_of_a_private_network_is_not_requested(host: str) -> None:
    seen: list[Request] = []
    with pytest.raises(NotFetched, match="host"):
        await a_fetcher(seen).fetch(f"http://{host}/oz.png")
    with pytest.raises(NotFetched, match="host"):
        await a_fetcher(seen).fetch(f"http://pictures.example/redirect?to=http://{host}/oz.png")
    assert [request.url.path for request in seen] == ["/redirect"]


async def test_private_hosts_are_allowed_by_the_option() -> None:
    fetched = await a_fetcher([], private_hosts=True).fetch("http://local.example/oz.png")
    assert fetched.content == b"picture"


async def test_redirects_are_followed_a_few_times() -> None:
    once = "http://pictures.example/redirect?to=/oz.png"
    assert (await a_fetcher([]).fetch(once)).content == b"picture"
    seen: list[Request] = []
    with pytest.raises(NotFetched, match="redirected more than"):
        await a_fetcher(seen).fetch("http://pictures.example/loop")
    assert len(seen) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(("path", "why"), [("slow", "did not answer"), ("large", "larger"), ("missing", "404")])
async def test_a_slow_large_or_missing_file_is_not_fetched(path: str, why: str) -> None:
    with pytest.raises(NotFetched, match=why):
        await a_fetcher([], seconds=0.2).fetch(f"http://pictures.example/{path}")
