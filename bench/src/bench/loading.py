"""A hundred clients at once on a library of 50,000 books, beside a bare route over the same rows; and searches."""

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
from bench.load_generator import Asked, Told
from bench.measurement import NotMeasured
from bench.measurement import Told as Teller
from bench.searching import searching
from bench.seeding import seed
from bench.starting import resident

BOOKS = 50_000
CLIENTS = 100
ROUNDS = 3
SECONDS = 4.0
BOOKS_ASKED = 500
LIST = ["/books?limit=50"]
SECTION = f"gateway, {CLIENTS} clients at once, {BOOKS:,} books"
MEMORY = f"memory under {CLIENTS} clients"
LOADS = 10
LOAD_SECONDS = 2.0
REST_SECONDS = 60.0
IN_A_ROW = f"memory, {LOADS} loads of {CLIENTS} clients in a row"
COMPARED = 200
COMPARED_WITHIN_SECONDS = 300.0
COMPARISONS = f"memory, {COMPARED} series compared under {CLIENTS} clients"
BESIDE = "FastAPI + SQLAlchemy, the same JSON of the same rows"
WATCHED = ("gateway", "library-scanner")
"""What is measured, and all that has to run."""
READY_WITHIN_SECONDS = 60.0
CHECKOUT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Server:
    """Where to ask, and how."""

    port: int
    headers: Mapping[str, str]
    prefix: str

    def body(self, path: str) -> Any:
        """The JSON at a path, as soon as it is answered. Raises NotMeasured when it is refused for a minute."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while (answer := self._get(path)).status_code != 200:
            if time.monotonic() > deadline:
                raise NotMeasured(f"{path} was answered {answer.status_code}: {answer.text[:200]}")
        return answer.json()

    def _get(self, path: str) -> httpx.Response:
        url = f"http://{LOOPBACK}:{self.port}{self.prefix}{path}"
        return httpx.get(url, headers=self.headers, timeout=30, trust_env=False)


@dataclass
class Heard:
    """All rounds of one kind of call at one server."""

    waits: list[float] = field(default_factory=list)
    refused: int = 0
    seconds: float = 0.0

    def add(self, told: Told) -> None:
        self.waits += told.waits
        self.refused += sum(told.refused.values())
        self.seconds += told.seconds

    def milliseconds(self, percent: int) -> float:
        return 1000 * statistics.quantiles(self.waits, n=100)[percent - 1]


def loading(processes: Processes, folder: Path, told: Teller) -> list[Figure]:
    """Seeds the library, then asks both servers in turn: a page of fifty, and one book of five hundred."""
    told(f"seeding {BOOKS:,} books")
    library = next(part for part in PARTS if part.name == "library-scanner")
    url = processes.installation.environment(library)["DATABASE_URL"]
    books = list(invented_books(BOOKS))
    seed(url, books)
    ours = Server(processes.port, {"X-Api-Key": processes.installation.api_key}, "/api")
    with _bare_server(url, folder / "bare-route.log") as bare:
        figures = _load(processes, (bare, ours), books, told)
    nats_url = processes.installation.nats.url(SENDER)
    figures += _comparisons_under_load(processes, ours, Comparisons(url, nats_url, books, COMPARED), told)
    told("searches")
    return figures + searching(f"http://{LOOPBACK}:{ours.port}", ours.headers, books)


def _load(processes: Processes, servers: tuple[Server, Server], books: Sequence[Book], told: Teller) -> list[Figure]:
    kinds = {
        "list": LIST,
        "get": [f"/books/{book.id}" for book in books[:: BOOKS // BOOKS_ASKED]],
    }
    heard = {kind: (Heard(), Heard()) for kind in kinds}
    for paths in kinds.values():
        _hold_equal(servers, paths[0])
        for server in servers:
            _spell(server, paths, 1.0)
    memory = [_memory(processes)]
    for number in range(ROUNDS):
        for kind, paths in kinds.items():
            told(f"{CLIENTS} clients, {kind}: round {number + 1} of {ROUNDS}")
            for server, all_rounds in zip(servers, heard[kind], strict=True):
                all_rounds.add(_spell(server, paths, SECONDS))
        memory.append(_memory(processes))
    calls = sum(len(ours.waits) for _, ours in heard.values())
    figures = [each for kind, both in heard.items() for each in _figures(kind, *both)] + _flatness(memory, calls)
    return figures + _loads_in_a_row(processes, servers[1], kinds.values(), told)


def _loads_in_a_row(
    processes: Processes, server: Server, kinds: Collection[Sequence[str]], told: Teller
) -> list[Figure]:
    """The memory after each of many loads, and a minute after the last, beside that from before them."""
    before, after, refused = _memory(processes), [], 0
    for number in range(LOADS):
        told(f"{CLIENTS} clients: load {number + 1} of {LOADS}")
        refused += sum(sum(_spell(server, paths, LOAD_SECONDS).refused.values()) for paths in kinds)
        after.append(_memory(processes))
    told("a minute of rest")
    time.sleep(REST_SECONDS)
    rested = _memory(processes)
    figures = []
    for name in WATCHED:
        start = before[name]
        figures += [
            Figure(IN_A_ROW, f"{name}, most after any", max(each[name] for each in after), "MiB", start, "before them"),
            Figure(IN_A_ROW, f"{name}, after the last", after[-1][name], "MiB", start, "before them"),
            Figure(IN_A_ROW, f"{name}, a minute later", rested[name], "MiB", start, "before them"),
        ]
    return [*figures, Figure(IN_A_ROW, "refused", refused, "calls")]


def _comparisons_under_load(
    processes: Processes, server: Server, comparisons: Comparisons, told: Teller
) -> list[Figure]:
    """The memory while the library scanner compares series, first under load, and a minute after the last one."""
    before, during, refused = _memory(processes), list[Mapping[str, float]](), 0
    began = time.monotonic()
    comparisons.send()
    for number in range(LOADS):
        told(f"{CLIENTS} clients while {COMPARED} series are compared: load {number + 1} of {LOADS}")
        refused += sum(_spell(server, LIST, LOAD_SECONDS).refused.values())
        during.append(_memory(processes))
    while not comparisons.done():
        if time.monotonic() - began > COMPARED_WITHIN_SECONDS:
            raise NotMeasured(f"{COMPARED} series were not compared within {COMPARED_WITHIN_SECONDS:.0f} s")
        time.sleep(1.0)
        during.append(_memory(processes))
    seconds = time.monotonic() - began
    told("a minute of rest")
    time.sleep(REST_SECONDS)
    rested = _memory(processes)
    figures = []
    for name in WATCHED:
        start, most = before[name], max(each[name] for each in during)
        figures += [
            Figure(COMPARISONS, f"{name}, most during them", most, "MiB", start, "before them"),
            Figure(COMPARISONS, f"{name}, a minute later", rested[name], "MiB", start, "before them"),
        ]
    figures.append(Figure(COMPARISONS, "all of them", seconds, "s"))
    return [*figures, Figure(COMPARISONS, "refused", refused, "calls")]


def _figures(kind: str, bare: Heard, ours: Heard) -> list[Figure]:
    rates = [len(each.waits) / each.seconds for each in (ours, bare)]
    return [
        Figure(SECTION, f"{kind}, p50", ours.milliseconds(50), "ms", bare.milliseconds(50), BESIDE),
        Figure(SECTION, f"{kind}, p99", ours.milliseconds(99), "ms", bare.milliseconds(99), BESIDE),
        Figure(SECTION, f"{kind}, rate", rates[0], "calls/s", rates[1], BESIDE),
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


def _spell(server: Server, paths: Sequence[str], seconds: float) -> Told:
    """One spell of calls, by a program of its own."""
    asked = Asked(
        host=LOOPBACK,
        port=server.port,
        paths=[server.prefix + path for path in paths],
        headers=dict(server.headers),
        clients=CLIENTS,
        seconds=seconds,
    )
    command = [sys.executable, "-m", "bench.load_generator"]
    done = subprocess.run(
        command, input=json.dumps(asdict(asked)), cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise NotMeasured(f"the load generator ended with {done.returncode}: {done.stderr[-300:]}")
    return Told(**json.loads(done.stdout))


def _hold_equal(servers: tuple[Server, Server], path: str) -> None:
    """It would be no comparison if one of them answered less."""
    bare, ours = (server.body(path) for server in servers)
    if bare != ours:
        raise NotMeasured(f"{path}: the bare route does not answer what the gateway answers")


@contextmanager
def _bare_server(url: str, log: Path) -> Iterator[Server]:
    port = free_port()
    command = ["-m", "uvicorn", "--factory", "bench.bare_route:create", "--port", str(port), "--no-access-log"]
    with python(command, {"PATH": os.defpath, "DATABASE_URL": url}, log, cwd=CHECKOUT) as process:
        wait_until(lambda: answers(f"http://{LOOPBACK}:{port}/books?limit=1"), process, log)
        yield Server(port, {}, "")
