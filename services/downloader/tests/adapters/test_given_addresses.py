"""The addresses of torrents that a person gives are not trusted."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
from downloader.adapters.given_addresses import SYSTEM, GivenAddresses
from sandbox.testing import an_offer
from sandbox.torrent import make_torrent
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteUnavailable
from shared.chassis.redirects import Redirects

PUBLIC, PROWLARR = "93.184.215.14", "http://192.168.1.5:9696"
TORRENT = make_torrent(an_offer(), "http://tracker/announce")
SECRET = "k3y-0123456789abcdef"
Answer = Callable[[httpx.Request], httpx.Response]


def addresses(
    answer: Answer, address: str = PUBLIC, *, seconds: float = 20.0, max_bytes: int = 2**20
) -> GivenAddresses:
    """A network in which every host has this address and sends this answer."""

    class Everywhere(dict[str, httpx.AsyncBaseTransport]):
        def get(self, _authority: str, default: object = None) -> httpx.AsyncBaseTransport:
            return httpx.MockTransport(answer)

    async def resolve(_host: str, _port: int) -> list[str]:
        return [address]

    redirects = Redirects(SYSTEM, PROWLARR, transports=Everywhere(), resolve=resolve, max_bytes=max_bytes)
    return GivenAddresses(redirects, seconds)


def a_torrent(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=TORRENT.metainfo)


async def test_a_public_torrent_file_is_fetched() -> None:
    torrent = await addresses(a_torrent).fetch("https://library.example/oz.torrent")
    assert (torrent.identity.info_hash, torrent.content) == (TORRENT.info_hash, TORRENT.metainfo)


async def test_a_redirect_to_a_magnet_link_gives_the_link() -> None:
    link = f"magnet:?xt=urn:btih:{TORRENT.info_hash}"
    found = await addresses(lambda _: httpx.Response(302, headers={"Location": link})).fetch("https://a.example/1")
    assert (found.magnet, found.identity.info_hash) == (link, TORRENT.info_hash)


async def test_a_private_host_is_refused_unless_it_is_prowlarr() -> None:
    network = addresses(a_torrent, "192.168.1.5")
    assert (await network.fetch(f"{PROWLARR}/1/download?link=x")).identity.info_hash == TORRENT.info_hash
    for address in ("http://router.example/oz.torrent", "http://192.168.1.5:8080/oz.torrent"):
        with pytest.raises(RemoteAnsweredNonsense, match="private address"):
            await network.fetch(address)


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: httpx.Response(404, text=SECRET),
        lambda _: httpx.Response(403, text=SECRET),
        lambda _: httpx.Response(200, text=f"<html>{SECRET}"),
        lambda _: httpx.Response(200, content=b"d" + b"0" * 2**21),
        lambda _: httpx.Response(302, headers={"Location": f"ftp://x/{SECRET}"}),
    ],
)
async def test_every_other_answer_is_an_error_without_the_address(answer: Answer) -> None:
    with pytest.raises(RemoteError) as raised:
        await addresses(answer).fetch(f"https://library.example/oz?passkey={SECRET}")
    assert SECRET not in str(raised.value)


async def test_a_server_that_does_not_answer_is_given_up() -> None:
    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(60)
            return httpx.Response(200)

    async def resolve(_host: str, _port: int) -> list[str]:
        return [PUBLIC]

    redirects = Redirects(SYSTEM, "", transports={"library.example": Silent()}, resolve=resolve)
    with pytest.raises(RemoteUnavailable, match=r"within 0\.1 seconds"):
        await GivenAddresses(redirects, 0.1).fetch("https://library.example/oz.torrent")
