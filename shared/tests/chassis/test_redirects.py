"""A few redirects are followed, without our credentials, and never to a private address of another host."""

from collections.abc import Callable

import httpx
import pytest
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.redirects import Redirects

PUBLIC = "93.184.215.14"
KEY = "0123456789abcdef0123456789abcdef"
Answer = Callable[[httpx.Request], httpx.Response]


def redirects(answer: Answer, *addresses: str, system_url: str = "http://prowlarr:9696") -> Redirects:
    """A client for which every host has these addresses and sends this answer."""

    class Everywhere(dict[str, httpx.AsyncBaseTransport]):
        def get(self, _authority: str, default: object = None) -> httpx.AsyncBaseTransport:
            return httpx.MockTransport(answer)

    async def resolve(_host: str, _port: int) -> list[str]:
        return list(addresses)

    return Redirects("Prowlarr", system_url, transports=Everywhere(), resolve=resolve)


async def test_a_link_to_a_public_address_is_followed_without_our_key() -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200, content=b"d8:announce")

    response = await redirects(answer, PUBLIC).follow("https://indexer.example/dl/12?authkey=1")

    assert isinstance(response, httpx.Response)
    assert response.content == b"d8:announce"
    (request,) = requests
    assert request.url.host == PUBLIC, "the connection must use the checked address"
    assert (request.headers["host"], request.extensions["sni_hostname"]) == ("indexer.example", "indexer.example")
    assert KEY not in str(request.headers)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.5", "192.168.1.1", "172.17.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::",
        "64:ff9b::a00:1",
    ],
)  # fmt: skip
async def test_a_private_address_of_another_host_is_refused(address: str) -> None:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(200)

    for addresses in ([address], [PUBLIC, address]):
        with pytest.raises(RemoteAnsweredNonsense, match=r"private address"):
            await redirects(answer, *addresses).follow("http://router.example/")
    assert requests == []


async def test_the_systems_own_address_may_be_private() -> None:
    response = await redirects(lambda _: httpx.Response(200, content=b"d"), system_url="http://127.0.0.1:9696").follow(
        "/1/dl"
    )
    assert isinstance(response, httpx.Response)
    with pytest.raises(RemoteAnsweredNonsense, match="private address"):
        await redirects(lambda _: httpx.Response(200), "127.0.0.1", system_url="http://127.0.0.1:9696").follow(
            "http://127.0.0.1:8080/api/v2/app/shutdown"
        )


async def test_a_second_redirect_is_checked_like_the_first() -> None:
    to_private_address = redirects(
        lambda _: httpx.Response(302, headers={"Location": "http://127.0.0.1/admin"}), "127.0.0.1"
    )
    with pytest.raises(RemoteAnsweredNonsense, match="private address"):
        await to_private_address.follow("/1/download")
    endless = redirects(lambda _: httpx.Response(302, headers={"Location": "/again"}), PUBLIC)
    with pytest.raises(RemoteAnsweredNonsense, match="more than 3 times"):
        await endless.follow("https://indexer.example/")


async def test_a_magnet_link_is_returned() -> None:
    magnet = f"magnet:?xt=urn:btih:{'a' * 40}"
    assert await redirects(lambda _: httpx.Response(302, headers={"Location": magnet})).follow("/1/dl") == magnet


@pytest.mark.parametrize("location", ["", "file:///etc/passwd", "gopher://x", "http://[", "http://:80/", "//"])
async def test_anything_but_an_http_address_is_refused(location: str) -> None:
    with pytest.raises((RemoteAnsweredNonsense, RemoteUnavailable)):
        await redirects(lambda _: httpx.Response(302, headers={"Location": location}), "::1").follow(location)
