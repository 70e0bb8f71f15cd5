"""The load of a hundred clients at once on a library of 50,000 books, compared with a minimal route, and searches."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
from embedded.process import LOOPBACK, free_port
from harness.processes import Processes
from provisioning.services import PARTS
from shared.contracts.library.books import Book

from bench.children import answers, python, wait_until
from bench.comparing import SENDER, Comparisons
from bench.figures import Figure
from bench.invented_library import invented_books
from bench.load_generator import LoadPlan, LoadResult
from bench.measurement import NotMeasured, ShowProgress
from bench.searching import measure_searches
from bench.seeding import seed
from bench.starting import resident

BOOKS = 50_000
CLIENTS = 100
ROUNDS = 3
SECONDS = 2.0
BOOKS_REQUESTED = 500
LIST = ["/books?limit=50"]
SECTION = f"gateway, {CLIENTS} clients at once, {BOOKS:,} books"
MEMORY = f"memory under {CLIENTS} clients"
LOADS = 10
LOAD_SECONDS = 1.0
REST_SECONDS = 45.0
"""Longer than the index of the owned books stays in memory."""
REPEATED_LOADS = f"memory, {LOADS} loads of {CLIENTS} clients in a row"
COMPARED = 100
COMPARED_WITHIN_SECONDS = 300.0
COMPARISONS = f"memory, {COMPARED} series compared under {CLIENTS} clients"
REFERENCE = "FastAPI + SQLAlchemy, the same JSON of the same rows"
WATCHED = ("gateway", "library-scanner")
"""The services that are measured. No other service needs to run."""
READY_WITHIN_SECONDS = 60.0
CHECKOUT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Server:
    """The address of a server and the headers of its requests."""

    port: int
    headers: Mapping[str, str]
    prefix: str

    def body(self, path: str) -> Any:
        """The JSON of a path. Retries, and raises `NotMeasured` if every response is an error for a minute."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while (response := self._get(path)).status_code != 200:
            if time.monotonic() > deadline:
                raise NotMeasured(f"{path} failed with status {response.status_code}: {response.text[:200]}")
        return response.json()

    def _get(self, path: str) -> httpx.Response:
        url = f"http://{LOOPBACK}:{self.port}{self.prefix}{path}"
        return httpx.get(url, headers=self.headers, timeout=30, trust_env=False)


@dataclass
class Rounds:
    """The results of all rounds of one kind of call to one server."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    def add(self, result: LoadResult) -> None:
        """Add the result of one round."""
        self.waits += result.waits
        self.refused += sum(result.refused.values())
        self.seconds += result.seconds

    def milliseconds(self, percent: int) -> float:
        """The duration that `percent` of the calls did not exceed."""
        return 1000 * statistics.quantiles(self.waits, n=100)[percent - 1]


def measure_load(processes: Processes, folder: Path, show_progress: ShowProgress) -> list[Figure]:
    """Seed the library, then load both servers in turn with lists of fifty books and with single books."""
    show_progress(f"seeding {BOOKS:,} books")
    library = next(part for part in PARTS if part.name == "library-scanner")
    url = processes.installation.environment(library)["DATABASE_URL"]
    books = list(invented_books(BOOKS))
    seed(url, books)
    ours = Server(processes.port, {"X-Api-Key": processes.installation.api_key}, "/api")
    with _bare_server(url, folder / "bare-route.log") as bare:
        figures = _load(processes, (bare, ours), books, show_progress)
    nats_url = processes.installation.nats.url(SENDER)
    figures += _comparisons_under_load(processes, ours, Comparisons(url, nats_url, books, COMPARED), show_progress)
    show_progress("searches")
    return figures + measure_searches(f"http://{LOOPBACK}:{ours.port}", ours.headers, books)


def _load(
    processes: Processes, servers: tuple[Server, Server], books: Sequence[Book], show_progress: ShowProgress
) -> list[Figure]:
    kinds = {
        "list": LIST,
        "get": [f"/books/{book.id}" for book in books[:: BOOKS // BOOKS_REQUESTED]],
    }
    rounds = {kind: (Rounds(), Rounds()) for kind in kinds}
    for paths in kinds.values():
        _require_equal(servers, paths[0])
        for server in servers:
            _load_once(server, paths, 1.0)
    memory = [_memory(processes)]
    for number in range(ROUNDS):
        for kind, paths in kinds.items():
            show_progress(f"{CLIENTS} clients, {kind}: round {number + 1} of {ROUNDS}")
            for server, all_rounds in zip(servers, rounds[kind], strict=True):
                all_rounds.add(_load_once(server, paths, SECONDS))
        memory.append(_memory(processes))
    calls = sum(len(ours.waits) for _, ours in rounds.values())
    figures = [each for kind, both in rounds.items() for each in _figures(kind, *both)] + _flatness(memory, calls)
    return figures + _loads_in_a_row(processes, servers[1], kinds.values(), show_progress)


def _loads_in_a_row(
    processes: Processes, server: Server, kinds: Collection[Sequence[str]], show_progress: ShowProgress
) -> list[Figure]:
    """The memory after each of many loads, compared with the memory before them."""
    before, after, refused = _memory(processes), [], 0
    for number in range(LOADS):
        show_progress(f"{CLIENTS} clients: load {number + 1} of {LOADS}")
        refused += sum(sum(_load_once(server, paths, LOAD_SECONDS).refused.values()) for paths in kinds)
        after.append(_memory(processes))
    figures = []
    for name in WATCHED:
        start = before[name]
        figures += [
            Figure(
                REPEATED_LOADS,
                f"{name}, highest after any",
                max(each[name] for each in after),
                "MiB",
                start,
                "before the loads",
            ),
            Figure(REPEATED_LOADS, f"{name}, after the last", after[-1][name], "MiB", start, "before the loads"),
        ]
    return [*figures, Figure(REPEATED_LOADS, "refused", refused, "calls")]


def _comparisons_under_load(
    processes: Processes, server: Server, comparisons: Comparisons, show_progress: ShowProgress
) -> list[Figure]:
    """The memory while the library scanner compares series, first under load, and after a rest."""
    before, during, refused = _memory(processes), list[Mapping[str, float]](), 0
    started = time.monotonic()
    comparisons.send()
    for number in range(LOADS):
        show_progress(f"{CLIENTS} clients while {COMPARED} series are compared: load {number + 1} of {LOADS}")
        refused += sum(_load_once(server, LIST, LOAD_SECONDS).refused.values())
        during.append(_memory(processes))
    while not comparisons.done():
        if time.monotonic() - started > COMPARED_WITHIN_SECONDS:
            raise NotMeasured(f"{COMPARED} series were not compared within {COMPARED_WITHIN_SECONDS:.0f} s")
        time.sleep(1.0)
        during.append(_memory(processes))
    seconds = time.monotonic() - started
    show_progress(f"{REST_SECONDS:.0f} seconds without load")
    time.sleep(REST_SECONDS)
    later = _memory(processes)
    figures = []
    for name in WATCHED:
        start, highest = before[name], max(each[name] for each in during)
        figures += [
            Figure(COMPARISONS, f"{name}, highest during them", highest, "MiB", start, "before the comparisons"),
            Figure(
                COMPARISONS, f"{name}, {REST_SECONDS:.0f} s later", later[name], "MiB", start, "before the comparisons"
            ),
        ]
    figures.append(Figure(COMPARISONS, "all of them", seconds, "s"))
    return [*figures, Figure(COMPARISONS, "refused", refused, "calls")]


def _figures(kind: str, bare: Rounds, ours: Rounds) -> list[Figure]:
    rates = [len(each.waits) / each.seconds for each in (ours, bare)]
    return [
        Figure(SECTION, f"{kind}, p50", ours.milliseconds(50), "ms", bare.milliseconds(50), REFERENCE),
        Figure(SECTION, f"{kind}, p99", ours.milliseconds(99), "ms", bare.milliseconds(99), REFERENCE),
        Figure(SECTION, f"{kind}, rate", rates[0], "calls/s", rates[1], REFERENCE),
        Figure(SECTION, f"{kind}, refused", ours.refused, "calls"),
    ]


def _flatness(memory: Sequence[Mapping[str, float]], calls: int) -> list[Figure]:
    figures = []
    for name in WATCHED:
        start, middle, end = (memory[place][name] for place in (0, len(memory) // 2, -1))
        figures += [
            Figure(MEMORY, f"{name}, in the middle", middle, "MiB", start, "at the start, warm"),
            Figure(MEMORY, f"{name}, at the end", end, "MiB", start, "at the start, warm"),
            Figure(MEMORY, f"{name}, grown by 10,000 calls", (end - start) * 10_000 / calls, "MiB"),
        ]
    return figures


def _memory(processes: Processes) -> dict[str, float]:
    return {name: resident(processes.pid(name)) for name in WATCHED}


def _load_once(server: Server, paths: Sequence[str], seconds: float) -> LoadResult:
    """One load, from a separate program."""
    plan = LoadPlan(
        host=LOOPBACK,
        port=server.port,
        paths=[server.prefix + path for path in paths],
        headers=dict(server.headers),
        clients=CLIENTS,
        seconds=seconds,
    )
    command = [sys.executable, "-m", "bench.load_generator"]
    done = subprocess.run(
        command, input=json.dumps(asdict(plan)), cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NotMeasured(f"the load generator ended with {done.returncode}: {done.stderr[-300:]}")
    return LoadResult(**json.loads(done.stdout))


def _require_equal(servers: tuple[Server, Server], path: str) -> None:
    """Raise `NotMeasured` unless both servers answer the same, because only then can they be compared."""
    bare, ours = (server.body(path) for server in servers)
    if bare != ours:
        raise NotMeasured(f"{path}: the minimal route and the gateway give different answers")


@contextmanager
def _bare_server(url: str, log: Path) -> Iterator[Server]:
    port = free_port()
    command = ["-m", "uvicorn", "--factory", "bench.bare_route:create", "--port", str(port), "--no-access-log"]
    with python(command, {"PATH": os.defpath, "DATABASE_URL": url}, log, cwd=CHECKOUT) as process:
        wait_until(lambda: answers(f"http://{LOOPBACK}:{port}/books?limit=1"), process, log)
        yield Server(port, {}, "")
