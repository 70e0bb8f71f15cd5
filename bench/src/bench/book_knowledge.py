"""Runs the benchmarks of the book knowledge. Each is a program that prints one JSON object."""

import json
import subprocess
import sys
from pathlib import Path

from bench.figures import Figure
from bench.measurement import NotMeasured, ShowProgress

PROGRAMS = Path(__file__).parent / "programs"
ARGUMENTS = {"books_gaps": ["10000"]}
"""A library of 10,000 books. The default of 50,000 takes much longer."""
WITHIN_SECONDS = 60.0
UNITS = {"seconds": "s", "milliseconds": "ms", "ms": "ms", "megabytes": "MB", "/s": "/s"}


def measure_book_knowledge(show_progress: ShowProgress) -> list[Figure]:
    """Every number that the programs print. Raises `NotMeasured` with the name of a program that fails."""
    figures = []
    for program in sorted(PROGRAMS / f"{name}.py" for name in ("books", "books_gaps", "reading")):
        show_progress(f"book knowledge: {program.stem}")
        figures += [
            Figure(f"book knowledge, {program.stem}", _without_unit(name), value, _unit(name))
            for name, value in _numbers(_run(program))
        ]
    return figures


def _run(program: Path) -> dict[str, object]:
    command = [sys.executable, str(program), *ARGUMENTS.get(program.stem, [])]
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=WITHIN_SECONDS)
        answer: dict[str, object] = json.loads(result.stdout)
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"{program.name} took longer than {WITHIN_SECONDS:g} s") from error
    except subprocess.CalledProcessError as error:
        raise NotMeasured(f"{program.name} ended with {error.returncode}: {error.stderr[-300:]}") from error
    except ValueError as error:
        raise NotMeasured(f"{program.name} did not print one JSON object: {error}") from error
    return answer


def _unit(name: str) -> str:
    """The unit in the name of a number."""
    return next((UNITS[word] for word in name.split() if word in UNITS), "")


def _without_unit(name: str) -> str:
    return " ".join(word for word in name.split() if word not in UNITS).removesuffix(":")


def _numbers(answer: dict[str, object], before: str = "") -> list[tuple[str, float]]:
    """Every number with its name. A number in a nested object has the names of the outer objects before its own."""
    found: list[tuple[str, float]] = []
    for name, value in answer.items():
        if isinstance(value, dict):
            found += _numbers(value, f"{before}{name}: ")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append(((before + name).replace("_", " ").replace("per second", "/s"), float(value)))
    return found
