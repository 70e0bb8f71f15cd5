"""Follows where an answer leads, a few steps and never into the network that we stand in.

An outside system may lead anywhere: to the router, to a neighbour container, to a cloud's metadata service. A link may
lead back to the system itself, whose address is a setting, and to public addresses. A name is looked up once, and what
was found is both judged and connected to.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.http import MOST_BYTES, Remote

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_STEPS = 3
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host. Raises `OSError` when there are none."""


async def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system finds them. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Redirects:
    """Follows the links of one system. `transports` replaces the network, by host and port, for tests."""

    def __init__(
        self,
        remote: Remote,
        *,
        transports: Mapping[str, httpx.AsyncBaseTransport] | None = None,
        resolve: Resolve = addresses_of,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._system = remote.system
        self._home = remote.url
        self._transports = {} if transports is None else transports
        self._resolve = resolve
        self._most_bytes = most_bytes

    async def follow(self, location: str) -> httpx.Response | str:
        """What lies behind a Location header, asked for without our credentials; a magnet link is returned as it is.

        Raises the `RemoteError` family: `RemoteAnsweredNonsense` for another scheme, too many steps, and a private
        address that is not the system's own.
        """
        here = self._home + "/"
        for _ in range(MOST_STEPS):
            here = _joined(self._system, here, location)
            if here.startswith("magnet:"):
                return here
            answer = await self._ask(here)
            if answer.status_code not in REDIRECTS:
                return answer
            location = answer.headers.get("location", "")
        raise RemoteAnsweredNonsense(self._system, f"its link leads on and on: {MOST_STEPS} redirects")

    async def _ask(self, url: str) -> httpx.Response:
        parts, host, port = self._parsed(url)
        shown = f"[{host}]" if ":" in host else host
        authority = shown if port == PORTS[parts.scheme] else f"{shown}:{port}"
        if _place(urlsplit(self._home)) == (host, port):
            target = authority
        else:
            address = await self._public_address(host, port)
            target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        site = Remote(
            self._system,
            f"{parts.scheme}://{target}",
            headers={"Host": authority},
            transport=self._transports.get(authority),
            most_bytes=self._most_bytes,
        )
        try:
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            extensions = {"sni_hostname": host}
            return await site.request("GET", path, shown_as=f"a link at {host}", extensions=extensions)
        finally:
            await site.aclose()

    def _parsed(self, url: str) -> tuple[SplitResult, str, int]:
        try:
            parts = urlsplit(url)
            host, port = _place(parts)
        except ValueError:
            parts, host, port = urlsplit(""), "", 0
        if parts.scheme not in PORTS or not host:
            raise RemoteAnsweredNonsense(self._system, "its link leads to no address of the web")
        return parts, host, port

    async def _public_address(self, host: str, port: int) -> str:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise RemoteUnavailable(self._system, f"its link leads to {host}, which has no address") from error
        if not found or not all(_is_public(each) for each in found):
            raise RemoteAnsweredNonsense(self._system, f"its link leads to {host}, which is a private address")
        return found[0]


def _place(parts: SplitResult) -> tuple[str, int]:
    return parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)


def _joined(system: str, here: str, location: str) -> str:
    try:
        return urljoin(here, location)
    except ValueError as error:
        raise RemoteAnsweredNonsense(system, "its link leads to no address of the web") from error


def _is_public(text: str) -> bool:
    """Whether an address may be anybody's on the Internet (IANA's special-purpose registries), its IPv4 part too."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _behind_nat64(address)
        if inner is not None and not inner.is_global:
            return False
    return address.is_global and not address.is_multicast


def _behind_nat64(address: IPv6Address) -> IPv4Address | None:
    """The address that a translator would ask for this one (RFC 6052: 64:ff9b::/96)."""
    return IPv4Address(int(address) & 0xFFFFFFFF) if int(address) >> 32 == 0x64FF9B << 64 else None
