"""Follows a few redirects of a response, but never into the local network.

An outside system could redirect to the router, another container or a cloud's metadata service. Therefore only the
system itself, whose address is a setting, and public addresses are allowed. A host name is resolved once; the result is
checked and then used for the connection.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.chassis.http import MAX_BYTES, Remote

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_STEPS = 3
PORTS = {"http": 80, "https": 443}

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host. Raises `OSError` when there are none."""


async def addresses_of(host: str, port: int) -> list[str]:
    """Resolve a host with the system resolver. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


class Redirects:
    """Follows the redirects of one system at its address. `transports` replaces the network in tests, by host and port.

    Without an address, no host may be private.
    """

    def __init__(
        self,
        system: str,
        system_url: str,
        *,
        transports: Mapping[str, httpx.AsyncBaseTransport] | None = None,
        resolve: Resolve = addresses_of,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._system = system
        self._system_url = system_url
        self._transports = {} if transports is None else transports
        self._resolve = resolve
        self._max_bytes = max_bytes

    async def follow(self, location: str, *, only_to: Collection[str] | None = None) -> httpx.Response | str:
        """Fetch the target of a Location header without our credentials. A magnet link is returned unchanged.

        `only_to` limits it to these hosts, their subdomains and the system itself.

        Raises the `RemoteError` family: `RemoteAnsweredNonsense` for any other scheme or host, for too many redirects,
        and for a private address that is not the system's own.
        """
        url = self._system_url + "/"
        for _ in range(MAX_STEPS):
            url = _joined(self._system, url, location)
            if url.startswith("magnet:"):
                return url
            response = await self._fetch(url, only_to)
            if response.status_code not in REDIRECTS:
                return response
            location = response.headers.get("location", "")
        raise RemoteAnsweredNonsense(self._system, f"its link redirects more than {MAX_STEPS} times")

    async def _fetch(self, url: str, only_to: Collection[str] | None) -> httpx.Response:
        parts, host, port = self._parsed(url)
        is_own = _host_and_port(urlsplit(self._system_url)) == (host, port)
        if only_to is not None and not is_own and not any(_is_below(host, each) for each in only_to):
            raise RemoteAnsweredNonsense(self._system, f"its link points to {host}, which is another site")
        shown = f"[{host}]" if ":" in host else host
        authority = shown if port == PORTS[parts.scheme] else f"{shown}:{port}"
        if is_own:
            target = authority
        else:
            address = await self._public_address(host, port)
            target = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        site = Remote(
            self._system,
            f"{parts.scheme}://{target}",
            headers={"Host": authority},
            transport=self._transports.get(authority),
            max_bytes=self._max_bytes,
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
            host, port = _host_and_port(parts)
        except ValueError:
            parts, host, port = urlsplit(""), "", 0
        if parts.scheme not in PORTS or not host:
            raise RemoteAnsweredNonsense(self._system, "its link is not an http or https address")
        return parts, host, port

    async def _public_address(self, host: str, port: int) -> str:
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise RemoteUnavailable(self._system, f"its link points to {host}, which cannot be resolved") from error
        if not found or not all(_is_public(each) for each in found):
            raise RemoteAnsweredNonsense(self._system, f"its link points to {host}, which is a private address")
        return found[0]


def _is_below(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    return parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)


def _joined(system: str, url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise RemoteAnsweredNonsense(system, "its link is not an http or https address") from error


def _is_public(text: str) -> bool:
    """Whether an address is public (IANA special-purpose address registries), including an embedded IPv4 address."""
    address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or _nat64_target(address)
        if inner is not None and not inner.is_global:
            return False
    return address.is_global and not address.is_multicast


def _nat64_target(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a NAT64 translator would use for this address (RFC 6052: 64:ff9b::/96)."""
    return IPv4Address(int(address) & 0xFFFFFFFF) if int(address) >> 32 == 0x64FF9B << 64 else None
