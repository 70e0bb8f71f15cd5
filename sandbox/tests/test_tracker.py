import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from sandbox.outcomes import Controlled

from sandbox import tracker

OZ = bytes(range(236, 256))
"""An info hash of raw bytes that are not valid text."""
SEED, LEECHER = 6881, 6882


class ManualClock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def app(clock: ManualClock) -> Controlled:
    return tracker.create(clock)


async def announce(app: Controlled, port: int, *, info_hash: bytes = OZ, host: str = "127.0.0.1", **more: object) -> dict[bytes, object]:  # fmt: skip  # noqa: E501
    query = f"info_hash={quote(info_hash)}&peer_id={'-GL0001-' + 'x' * 12}&port={port}&compact=1"
    query += "".join(f"&{name}={value}" for name, value in more.items())
    transport = httpx.ASGITransport(app, client=(host, 50_000))
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


def peers(answer: dict[bytes, object]) -> list[tuple[str, int]]:
    packed = answer[b"peers"]
    assert isinstance(packed, bytes)
    return list(unpacked(packed))


def unpacked(packed: bytes) -> Iterator[tuple[str, int]]:
    for at in range(0, len(packed), 6):
        yield socket.inet_ntoa(packed[at : at + 4]), int.from_bytes(packed[at + 4 : at + 6])


async def test_a_leecher_gets_the_address_of_the_seed(app: Controlled) -> None:
    await announce(app, SEED, left=0, event="started")
    answer = await announce(app, LEECHER, left=1000, event="started")
    assert peers(answer) == [("127.0.0.1", SEED)]
    assert (answer[b"complete"], answer[b"incomplete"]) == (1, 1)


async def test_a_seed_gets_the_addresses_of_leechers_but_not_of_seeds(app: Controlled) -> None:
    await announce(app, SEED + 10, left=0)
    await announce(app, LEECHER, left=1000)
    assert peers(await announce(app, SEED, left=0)) == [("127.0.0.1", LEECHER)]


async def test_a_client_never_gets_its_own_address_even_after_a_restart(app: Controlled) -> None:
    await announce(app, LEECHER, left=1000, event="started")
    assert peers(await announce(app, LEECHER, left=1000, event="started")) == []


async def test_clients_of_different_torrents_are_kept_apart(app: Controlled) -> None:
    await announce(app, SEED, left=0)
    assert peers(await announce(app, LEECHER, info_hash=OZ[::-1], left=1)) == []


async def test_a_stopped_client_is_removed(app: Controlled) -> None:
    await announce(app, SEED, left=0)
    await announce(app, SEED, left=0, event="stopped")
    assert peers(await announce(app, LEECHER, left=1)) == []


async def test_a_client_that_missed_three_announces_is_removed(app: Controlled, clock: ManualClock) -> None:
    await announce(app, SEED, left=0)
    clock.now = 3 * tracker.INTERVAL_SECONDS
    assert peers(await announce(app, LEECHER, left=1)) == [("127.0.0.1", SEED)]
    clock.now += 1
    assert peers(await announce(app, LEECHER, left=1)) == []


async def test_at_most_numwant_peers_are_returned_latest_first(app: Controlled, clock: ManualClock) -> None:
    for number in range(5):
        clock.now = number
        await announce(app, SEED + number, left=0)
    assert peers(await announce(app, 1, left=1, numwant=2)) == [("127.0.0.1", SEED + 4), ("127.0.0.1", SEED + 3)]


async def test_ipv4_and_ipv6_peers_are_returned(app: Controlled) -> None:
    await announce(app, SEED, left=0, host="::1")
    answer = await announce(app, LEECHER, left=1)
    assert answer[b"peers"] == b""
    assert answer[b"peers6"] == b"\0" * 15 + b"\1" + SEED.to_bytes(2)


async def test_an_address_in_the_parameters_is_ignored(app: Controlled) -> None:
    await announce(app, SEED, left=0, ip="10.0.0.9")
    assert peers(await announce(app, LEECHER, left=1)) == [("127.0.0.1", SEED)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"info_hash": b"short"}, b"info_hash: got 5 bytes, want 20"),
        ({"port": 0}, b"port: got 0, want 1 to 65535"),
        ({"left": "much"}, b"left: got 'much', want a whole number"),
    ],
)
async def test_an_invalid_announce_is_rejected_with_the_reason(
    app: Controlled, changes: dict[str, object], words: bytes
) -> None:
    answer = await announce(app, **({"port": SEED} | changes))  # type: ignore[arg-type]
    assert answer == {b"failure reason": words}


async def test_a_scrape_returns_the_counts_of_known_torrents(app: Controlled) -> None:
    await announce(app, SEED, left=0)
    await announce(app, LEECHER, left=0, event="completed")
    await announce(app, LEECHER + 1, left=7)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tracker") as client:
        answer = read(await client.get(f"/scrape?info_hash={quote(OZ)}&info_hash={quote(OZ[::-1])}"))
    assert answer == {b"files": {OZ: {b"complete": 2, b"downloaded": 1, b"incomplete": 1}}}


def test_bencoding_sorts_keys_as_raw_bytes() -> None:
    assert tracker.bencode({b"b": [1, b"x"], b"a": -2}) == b"d1:ai-2e1:bli1e1:xee"
