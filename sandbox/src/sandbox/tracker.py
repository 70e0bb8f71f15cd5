"""A BitTorrent tracker over HTTP: tells the clients of a torrent about each other.

Like a private tracker's, its answers are all that clients of a private torrent know of each other. It takes every
torrent. Sources: BEP 3 (announce), BEP 7 and 23 (compact peers), BEP 48 (scrape).
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
"""How often clients are asked to announce; one that misses three turns is taken for gone."""
_TURNS_MISSED = 3
_PEERS_UNLESS_ASKED = 50
_PEERS_AT_MOST = 200

Bencoded = int | bytes | list["Bencoded"] | dict[bytes, "Bencoded"]
_Address = tuple[IPv4Address | IPv6Address, int]


@dataclass(frozen=True, slots=True)
class _Announced:
    """What a client told of itself for one torrent."""

    left_bytes: int
    at: float


class _Swarm:
    """The clients of one torrent, by the address that others reach them at: a restarted client takes its old place."""

    def __init__(self) -> None:
        self.clients: dict[_Address, _Announced] = {}
        self.completed = 0

    def forget_before(self, moment: float) -> None:
        self.clients = {address: told for address, told in self.clients.items() if told.at >= moment}

    def seeds(self) -> int:
        return sum(told.left_bytes == 0 for told in self.clients.values())

    def others(self, address: _Address, *, only_leechers: bool, at_most: int) -> list[_Address]:
        """The latest first: they are the likeliest to be there."""
        found = [
            (told.at, other)
            for other, told in self.clients.items()
            if other != address and not (only_leechers and told.left_bytes == 0)
        ]
        return [other for _, other in sorted(found, key=lambda each: each[0], reverse=True)[:at_most]]


class _Refused(Exception):
    """The announce cannot be taken; the message goes to the client as the tracker's words."""


class _Site:
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._swarms: dict[bytes, _Swarm] = {}

    async def announce(self, request: Request) -> Response:
        asked = dict(_asked(request))
        try:
            return _answer(self._announced(asked, _address(request, asked)))
        except _Refused as refused:
            return _answer({b"failure reason": str(refused).encode()})

    async def scrape(self, request: Request) -> Response:
        wanted = [value.encode("latin-1") for name, value in _asked(request) if name == "info_hash"]
        found: dict[bytes, Bencoded] = {}
        for info_hash in wanted:
            if (swarm := self._fresh(info_hash)) is not None:
                found[info_hash] = {b"downloaded": swarm.completed, **_counts(swarm)}
        return _answer({b"files": found})

    def _announced(self, asked: dict[str, str], address: _Address) -> dict[bytes, Bencoded]:
        info_hash, left = _info_hash(asked), _number(asked, "left", 1)
        swarm = self._fresh(info_hash) or self._swarms.setdefault(info_hash, _Swarm())
        if asked.get("event") == "stopped":
            swarm.clients.pop(address, None)
            return {**_timing(), **_counts(swarm), b"peers": b""}
        swarm.completed += asked.get("event") == "completed"
        swarm.clients[address] = _Announced(left, self._clock())
        at_most = min(_number(asked, "numwant", _PEERS_UNLESS_ASKED), _PEERS_AT_MOST)
        others = swarm.others(address, only_leechers=left == 0, at_most=at_most)
        return {**_timing(), **_counts(swarm), **_peers(others)}

    def _fresh(self, info_hash: bytes) -> _Swarm | None:
        swarm = self._swarms.get(info_hash)
        if swarm is not None:
            swarm.forget_before(self._clock() - _TURNS_MISSED * INTERVAL_SECONDS)
        return swarm


def create(clock: Callable[[], float] = time.monotonic) -> Controlled:
    """The tracker as an ASGI app: `/announce` and `/scrape`."""
    site = _Site(clock)
    return controlled(Starlette(routes=[Route("/announce", site.announce), Route("/scrape", site.scrape)]))


def bencode(value: Bencoded) -> bytes:
    """The bencoding of BEP 3; keys of dictionaries in their order as raw bytes."""
    match value:
        case int():
            return b"i%de" % value
        case bytes():
            return b"%d:%s" % (len(value), value)
        case list():
            return b"l%se" % b"".join(bencode(each) for each in value)
        case dict():
            return b"d%se" % b"".join(bencode(key) + bencode(value[key]) for key in sorted(value))


def _asked(request: Request) -> list[tuple[str, str]]:
    """Hashes are raw bytes: latin-1 keeps each byte as one letter."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), encoding="latin-1", keep_blank_values=True)


def _info_hash(asked: dict[str, str]) -> bytes:
    info_hash = asked.get("info_hash", "").encode("latin-1")
    if len(info_hash) != 20:
        raise _Refused(f"info_hash: got {len(info_hash)} bytes, want 20")
    return info_hash


def _number(asked: dict[str, str], name: str, otherwise: int) -> int:
    text = asked.get(name) or str(otherwise)
    if not text.isdecimal():
        raise _Refused(f"{name}: got {text!r}, want a whole number")
    return int(text)


def _address(request: Request, asked: dict[str, str]) -> _Address:
    """Where the announce came from, and the port it names: what a client says of its own address is not believed."""
    if request.client is None:
        raise _Refused("there is no address to reach you at")
    port = _number(asked, "port", 0)
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
    told: dict[bytes, Bencoded] = {b"peers": b"".join(each for version, each in packed if version == 4)}
    if six := b"".join(each for version, each in packed if version == 6):
        told[b"peers6"] = six
    return told


def _answer(told: dict[bytes, Bencoded]) -> Response:
    return Response(bencode(told), media_type="text/plain")
