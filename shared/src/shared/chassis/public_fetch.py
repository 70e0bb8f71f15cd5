"""Fetches a file from an address that an outside system gave, such as a cover.

The address is not trusted: only http and https, only public hosts, few redirects, and bounds for size and time. The
connection goes to the address that was checked, so that a second answer of the name server changes nothing.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from shared.chassis.bounded_body import BodyTooLarge, BodyUnreadable, read_bounded
from shared.chassis.counters import OUTSIDE_REQUESTS, count
from shared.chassis.http import USER_AGENT, trusted_certificates
from shared.chassis.traces import Kind, span

MAX_REDIRECTS = 3
LONGEST_ADDRESS = 2_000
COUNTED_AS = "public files"
"""The system whose requests the metrics show; the hosts are too many to count each."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotFetched(Exception):
    """A file was not fetched. The message says why, without the address."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The content of a file, and its type as the server names it."""

    content: bytes
    content_type: str


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class PublicFetcher:
    """Fetches files. `private_hosts` allows addresses of the local network too."""

    def __init__(
        self,
        *,
        private_hosts: bool,
        max_bytes: int,
        seconds: float,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolve = resolve,
    ) -> None:
        self._private_hosts = private_hosts
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._transport = transport
        self._resolve = resolver

    async def fetch(self, address: str) -> Fetched:
        """The file at an address. Raises `NotFetched`."""
        try:
            with span(f"GET {COUNTED_AS}", Kind.CLIENT, peer__service=COUNTED_AS):
                fetched = await self._fetch(address)
        except NotFetched:
            count(OUTSIDE_REQUESTS, COUNTED_AS, "unavailable")
            raise
        count(OUTSIDE_REQUESTS, COUNTED_AS, "answered")
        return fetched

    async def _fetch(self, address: str) -> Fetched:
        try:
            async with asyncio.timeout(self._seconds):
                for _ in range(MAX_REDIRECTS + 1):
                    fetched = await self._request(address)
                    if isinstance(fetched, Fetched):
                        return fetched
                    address = urljoin(address, fetched)
        except TimeoutError:
            raise NotFetched(f"it did not answer within {self._seconds:g} seconds") from None
        except BodyTooLarge:
            raise NotFetched(f"it is larger than {self._max_bytes / 2**20:g} MiB") from None
        except (httpx.HTTPError, httpx.InvalidURL, BodyUnreadable, OSError, ValueError) as error:
            raise NotFetched(f"the request failed: {type(error).__name__}") from None
        raise NotFetched(f"it was redirected more than {MAX_REDIRECTS} times")

    async def _request(self, address: str) -> Fetched | str:
        """The file, or the address of a redirect."""
        parts = _checked(address)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        ip = await self._allowed_ip(host, port)
        literal = f"[{ip}]" if ":" in ip else ip
        url = parts._replace(netloc=f"{literal}:{port}", fragment="").geturl()
        headers = {"Host": parts.netloc, "User-Agent": USER_AGENT, "Accept": "image/*", "Accept-Encoding": "identity"}
        client = httpx.AsyncClient(transport=self._transport, verify=trusted_certificates(), trust_env=False)
        async with client, client.stream("GET", url, headers=headers, extensions={"sni_hostname": host}) as response:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return str(response.headers["location"])
            if response.status_code != httpx.codes.OK:
                raise NotFetched(f"the server answered {response.status_code}")
            body = await read_bounded(response, self._max_bytes)
        return Fetched(body.content, response.headers.get("content-type", ""))

    async def _allowed_ip(self, host: str, port: int) -> str:
        """The first IP address of a host. All of them must be public, unless private hosts are allowed."""
        found = await self._resolve(host, port)
        if not found:
            raise NotFetched("its host has no address")
        for each in found:
            ip = ipaddress.ip_address(each.partition("%")[0])
            ip = getattr(ip, "ipv4_mapped", None) or ip
            if not self._private_hosts and (not ip.is_global or ip.is_multicast):
                raise NotFetched("its host is in a private network")
        return found[0]


def _checked(address: str) -> SplitResult:
    """The parts of an address. Raises `NotFetched` if it must not be requested."""
    parts = urlsplit(address)
    if len(address) > LONGEST_ADDRESS or parts.scheme not in _PORTS or not parts.hostname:
        raise NotFetched("its address is not an http or https address")
    if parts.username or parts.password:
        raise NotFetched("its address contains credentials")
    return parts
