import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from sandbox.outcomes import Controlled

from sandbox import tracker

OZ = bytes(range(236, 256))
"""An info hash: raw bytes, none of which is text."""
SEED, LEECHER = 6881, 6882


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def site(clock: Hands) -> Controlled:
    return tracker.create(clock)


async def announced(site: Controlled, port: int, *, info_hash: bytes = OZ, host: str = "127.0.0.1", **more: object) -> dict[bytes, object]:  # fmt: skip  # noqa: E501
    query = f"info_hash={quote(info_hash)}&peer_id={'-GL0001-' + 'x' * 12}&port={port}&compact=1"
    query += "".join(f"&{name}={value}" for name, value in more.items())
    transport = httpx.ASGITransport(site, client=(host, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url="http://tracker") as client:
        return read(await client.get(f"/announce?{query}"))


def read(answer: httpx.Response) -> dict[bytes, object]:
    assert answer.status_code == 200
    value, rest = bdecoded(answer.content)
    assert rest == b""
    assert isinstance(value, dict)
    return value


def bdecoded(text: bytes) -> tuple[object, bytes]:
    if text[:1] == b"i":
        number, _, rest = text[1:].partition(b"e")
        return int(number), rest
    if text[:1] == b"d":
        rest, pairs = text[1:], {}
        while rest[:1] != b"e":
            key, rest = bdecoded(rest)
            pairs[key], rest = bdecoded(rest)
        return pairs, rest[1:]
    length, _, rest = text.partition(b":")
    return rest[: int(length)], rest[int(length) :]


def peers(told: dict[bytes, object]) -> list[tuple[str, int]]:
    packed = told[b"peers"]
    assert isinstance(packed, bytes)
    return list(unpacked(packed))


def unpacked(packed: bytes) -> Iterator[tuple[str, int]]:
    for at in range(0, len(packed), 6):
        yield socket.inet_ntoa(packed[at : at + 4]), int.from_bytes(packed[at + 4 : at + 6])


async def test_a_leecher_is_told_of_the_seed(site: Controlled) -> None:
    await announced(site, SEED, left=0, event="started")
    told = await announced(site, LEECHER, left=1000, event="started")
    assert peers(told) == [("127.0.0.1", SEED)]
    assert (told[b"complete"], told[b"incomplete"]) == (1, 1)


async def test_a_seed_is_told_of_leechers_and_not_of_seeds(site: Controlled) -> None:
    await announced(site, SEED + 10, left=0)
    await announced(site, LEECHER, left=1000)
    assert peers(await announced(site, SEED, left=0)) == [("127.0.0.1", LEECHER)]


async def test_nobody_is_told_of_itself_also_after_a_restart(site: Controlled) -> None:
    await announced(site, LEECHER, left=1000, event="started")
    assert peers(await announced(site, LEECHER, left=1000, event="started")) == []


async def test_torrents_do_not_mix(site: Controlled) -> None:
    await announced(site, SEED, left=0)
    assert peers(await announced(site, LEECHER, info_hash=OZ[::-1], left=1)) == []


async def test_who_stopped_is_told_to_nobody(site: Controlled) -> None:
    await announced(site, SEED, left=0)
    await announced(site, SEED, left=0, event="stopped")
    assert peers(await announced(site, LEECHER, left=1)) == []


async def test_who_missed_three_turns_is_told_to_nobody(site: Controlled, clock: Hands) -> None:
    await announced(site, SEED, left=0)
    clock.now = 3 * tracker.INTERVAL_SECONDS
    assert peers(await announced(site, LEECHER, left=1)) == [("127.0.0.1", SEED)]
    clock.now += 1
    assert peers(await announced(site, LEECHER, left=1)) == []


async def test_no_more_peers_are_told_than_asked_for_and_the_latest_first(site: Controlled, clock: Hands) -> None:
    for number in range(5):
        clock.now = number
        await announced(site, SEED + number, left=0)
    assert peers(await announced(site, 1, left=1, numwant=2)) == [("127.0.0.1", SEED + 4), ("127.0.0.1", SEED + 3)]


async def test_peers_of_both_families_are_told(site: Controlled) -> None:
    await announced(site, SEED, left=0, host="::1")
    told = await announced(site, LEECHER, left=1)
    assert told[b"peers"] == b""
    assert told[b"peers6"] == b"\0" * 15 + b"\1" + SEED.to_bytes(2)


async def test_a_client_cannot_give_anothers_address_as_its_own(site: Controlled) -> None:
    await announced(site, SEED, left=0, ip="10.0.0.9")
    assert peers(await announced(site, LEECHER, left=1)) == [("127.0.0.1", SEED)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"info_hash": b"short"}, b"info_hash: got 5 bytes, want 20"),
        ({"port": 0}, b"port: got 0, want 1 to 65535"),
        ({"left": "much"}, b"left: got 'much', want a whole number"),
    ],
)
async def test_a_bad_announce_is_told_why(site: Controlled, changes: dict[str, object], words: bytes) -> None:
    told = await announced(site, **({"port": SEED} | changes))  # type: ignore[arg-type]
    assert told == {b"failure reason": words}


async def test_scraping_tells_the_numbers_of_known_torrents(site: Controlled) -> None:
    await announced(site, SEED, left=0)
    await announced(site, LEECHER, left=0, event="completed")
    await announced(site, LEECHER + 1, left=7)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://tracker") as client:
        told = read(await client.get(f"/scrape?info_hash={quote(OZ)}&info_hash={quote(OZ[::-1])}"))
    assert told == {b"files": {OZ: {b"complete": 2, b"downloaded": 1, b"incomplete": 1}}}


def test_bencoding_orders_keys_as_raw_bytes() -> None:
    assert tracker.bencode({b"b": [1, b"x"], b"a": -2}) == b"d1:ai-2e1:bli1e1:xee"
