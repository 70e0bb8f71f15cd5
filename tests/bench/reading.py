"""Lists and single books through the gateway, beside a bare route over the same rows."""

import os
from pathlib import Path

from embedded.process import LOOPBACK, free_port
from embedded.processes import Processes
from embedded.services import PARTS

from tests.bench.calling import CALLS_EACH, CLIENTS, Spell, spell
from tests.bench.children import answers, python, wait_until
from tests.bench.figures import Figure
from tests.bench.tasks import Told

SECTION = f"gateway, {CLIENTS} clients × {CALLS_EACH} calls"
BESIDE = "FastAPI + SQLAlchemy"
BOOKS_ASKED = 500


def reading(processes: Processes, folder: Path, told: Told) -> list[Figure]:
    """A page of fifty books, and one book of five hundred different ones."""
    api = processes.api
    ids = [str(book.id) for book, _ in zip(api.books(), range(BOOKS_ASKED), strict=False)]
    api.close()
    gateway, key = f"http://{LOOPBACK}:{processes.port}", {"X-Api-Key": processes.installation.api_key}
    port, log = free_port(), folder / "bare-route.log"
    library = next(part for part in PARTS if part.name == "library-scanner")
    environment = {"PATH": os.defpath, "DATABASE_URL": processes.installation.environment(library)["DATABASE_URL"]}
    command = ["-m", "uvicorn", "--factory", "tests.bench.bare_route:create", "--port", str(port), "--no-access-log"]
    figures = []
    with python(command, environment, log, cwd=Path(__file__).parents[2]) as process:
        bare = f"http://{LOOPBACK}:{port}"
        wait_until(lambda: answers(f"{bare}/books?limit=1"), process, log)
        for name, ours, theirs in (
            ("list", ["/api/books?limit=50"], ["/books?limit=50"]),
            ("get", [f"/api/books/{each}" for each in ids], [f"/books/{each}" for each in ids]),
        ):
            told(f"gateway: {name}")
            best = spell(bare, theirs, {})
            figures += _figures(name, spell(gateway, ours, key), best)
    return figures


def _figures(name: str, measured: Spell, best: Spell) -> list[Figure]:
    return [
        Figure(SECTION, f"{name}, p50", measured.p50_ms, "ms", best.p50_ms, BESIDE),
        Figure(SECTION, f"{name}, p99", measured.p99_ms, "ms", best.p99_ms, BESIDE),
        Figure(SECTION, f"{name}, rate", measured.calls_per_second, "calls/s", best.calls_per_second, BESIDE),
    ]
