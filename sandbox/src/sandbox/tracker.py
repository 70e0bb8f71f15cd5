"""A BitTorrent tracker over HTTP: it gives the clients of a torrent the addresses of each other.

The torrents are private, so clients find each other only through it. It accepts every torrent.
Sources: BEP 3 (announce), BEP 7 and 23 (compact peers), BEP 48 (scrape).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, controlled

INTERVAL_SECONDS = 60
"""How often clients should announce. A client that misses three announces is removed."""
_MISSED_ANNOUNCES = 3
_DEFAULT_PEERS = 50
_MAX_PEERS = 200

Bencoded = int | bytes | list["Bencoded"] | dict[bytes, "Bencoded"]
_Address = tuple[IPv4Address | IPv6Address, int]


@dataclass(frozen=True, slots=True)
class _Announce:
    """The last announce of a client for one torrent."""

    left_bytes: int
    at: float


class _Swarm:
    """The clients of one torrent, by address, so that a restarted client replaces its old entry."""

    def __init__(self) -> None:
        self.clients: dict[_Address, _Announce] = {}
        self.completed = 0

    def remove_older_than(self, moment: float) -> None:
        self.clients = {address: announce for address, announce in self.clients.items() if announce.at >= moment}

    def seeds(self) -> int:
        return sum(announce.left_bytes == 0 for announce in self.clients.values())

    def others(self, address: _Address, *, only_leechers: bool, at_most: int) -> list[_Address]:
        """Other clients, latest announce first, because these are most likely still running."""
        found = [
            (announce.at, other)
            for other, announce in self.clients.items()
            if other != address and not (only_leechers and announce.left_bytes == 0)
        ]
        return [other for _, other in sorted(found, key=lambda each: each[0], reverse=True)[:at_most]]


class _Refused(Exception):
    """The announce is invalid. The tracker sends the message to the client."""


class _Site:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._swarms: dict[bytes, _Swarm] = {}

    async def announce(self, request: Request) -> Response:
        query = dict(_query(request))
        try:
            return _answer(self._register(query, _address(request, query)))
        except _Refused as refused:
            return _answer({b"failure reason": str(refused).encode()})

    async def scrape(self, request: Request) -> Response:
        wanted = [value.encode("latin-1") for name, value in _query(request) if name == "info_hash"]
        found: dict[bytes, Bencoded] = {}
        for info_hash in wanted:
            if (swarm := self._swarm(info_hash)) is not None:
                found[info_hash] = {b"downloaded": swarm.completed, **_counts(swarm)}
        return _answer({b"files": found})

    def _register(self, query: dict[str, str], address: _Address) -> dict[bytes, Bencoded]:
        info_hash, left = _info_hash(query), _number(query, "left", 1)
        swarm = self._swarm(info_hash) or self._swarms.setdefault(info_hash, _Swarm())
        if query.get("event") == "stopped":
            swarm.clients.pop(address, None)
            return {**_timing(), **_counts(swarm), b"peers": b""}
        swarm.completed += query.get("event") == "completed"
        swarm.clients[address] = _Announce(left, self._clock())
        at_most = min(_number(query, "numwant", _DEFAULT_PEERS), _MAX_PEERS)
        others = swarm.others(address, only_leechers=left == 0, at_most=at_most)
        return {**_timing(), **_counts(swarm), **_peers(others)}

    def _swarm(self, info_hash: bytes) -> _Swarm | None:
        """The swarm of a torrent, without clients that stopped announcing."""
        swarm = self._swarms.get(info_hash)
        if swarm is not None:
            swarm.remove_older_than(self._clock() - _MISSED_ANNOUNCES * INTERVAL_SECONDS)
        return swarm


def create(clock: Callable[[], float] = time.monotonic) -> Controlled:
    """The tracker as an ASGI app: `/announce` and `/scrape`, the former also followed by any passkey."""
    site = _Site(clock)
    announce = [Route(path, site.announce) for path in ("/announce", "/announce/{passkey}")]
    return controlled(Starlette(routes=[*announce, Route("/scrape", site.scrape)]))


def bencode(value: Bencoded) -> bytes:
    """The bencoding of BEP 3. Keys of dictionaries are sorted as raw bytes."""
    match value:
        case int():
            return b"i%de" % value
        case bytes():
            return b"%d:%s" % (len(value), value)
        case list():
            return b"l%se" % b"".join(bencode(each) for each in value)
        case dict():
            return b"d%se" % b"".join(bencode(key) + bencode(value[key]) for key in sorted(value))


def _query(request: Request) -> list[tuple[str, str]]:
    """The query parameters. Hashes are raw bytes; latin-1 decodes each byte to one character."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), encoding="latin-1", keep_blank_values=True)


def _info_hash(query: dict[str, str]) -> bytes:
    info_hash = query.get("info_hash", "").encode("latin-1")
    if len(info_hash) != 20:
        raise _Refused(f"info_hash: got {len(info_hash)} bytes, want 20")
    return info_hash


def _number(query: dict[str, str], name: str, default: int) -> int:
    text = query.get(name) or str(default)
    if not text.isdecimal():
        raise _Refused(f"{name}: got {text!r}, want a whole number")
    return int(text)


def _address(request: Request, query: dict[str, str]) -> _Address:
    """The source address of the announce and the port in it. An address in the parameters is ignored."""
    if request.client is None:
        raise _Refused("the client has no address")
    port = _number(query, "port", 0)
    if not 0 < port < 2**16:
        raise _Refused(f"port: got {port}, want 1 to 65535")
    return ip_address(request.client.host), port


def _timing() -> dict[bytes, Bencoded]:
    return {b"interval": INTERVAL_SECONDS, b"min interval": 1}


def _counts(swarm: _Swarm) -> dict[bytes, Bencoded]:
    seeds = swarm.seeds()
    return {b"complete": seeds, b"incomplete": len(swarm.clients) - seeds}


def _peers(addresses: list[_Address]) -> dict[bytes, Bencoded]:
    packed = [(ip.version, ip.packed + port.to_bytes(2)) for ip, port in addresses]
    peers: dict[bytes, Bencoded] = {b"peers": b"".join(each for version, each in packed if version == 4)}
    if six := b"".join(each for version, each in packed if version == 6):
        peers[b"peers6"] = six
    return peers


def _answer(content: dict[bytes, Bencoded]) -> Response:
    return Response(bencode(content), media_type="text/plain")
