"""Many calls at once, with a client so thin that it leaves the machine to the server."""

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENTS = 8
CALLS_EACH = 300
AT_MOST_SECONDS = 20.0


@dataclass(frozen=True)
class Spell:
    """How a series of calls went."""

    p50_ms: float
    p99_ms: float
    calls_per_second: float


def spell(url: str, paths: Sequence[str], headers: Mapping[str, str]) -> Spell:
    """Eight clients, up to 300 calls each, over connections that stay open; a slow machine gets fewer done in time.

    Raises RuntimeError when a call is refused.
    """
    _of_one_client(url, paths, headers, 0, 20)
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        waits = pool.map(lambda number: _of_one_client(url, paths, headers, number, CALLS_EACH), range(CLIENTS))
        took = [each for one in waits for each in one]
    whole = time.perf_counter() - began
    cuts = statistics.quantiles(took, n=100)
    return Spell(p50_ms=1000 * cuts[49], p99_ms=1000 * cuts[98], calls_per_second=len(took) / whole)


def _of_one_client(url: str, paths: Sequence[str], headers: Mapping[str, str], number: int, calls: int) -> list[float]:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    took: list[float] = []
    deadline = time.perf_counter() + AT_MOST_SECONDS
    for turn in range(calls):
        if time.perf_counter() > deadline:
            break
        path = paths[(number * calls + turn) % len(paths)]
        began = time.perf_counter()
        connection.request("GET", path, headers=dict(headers))
        answer = connection.getresponse()
        body = answer.read()
        took.append(time.perf_counter() - began)
        if answer.status != 200:
            raise RuntimeError(f"GET {path} was answered {answer.status}: {body[:200]!r}")
    connection.close()
    return took
