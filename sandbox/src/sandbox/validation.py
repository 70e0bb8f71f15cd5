"""Checks a world file and lists its mistakes: where, what is wrong and what to do."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in a world file."""

    place: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong}; {self.remedy}"


_REMEDIES = {
    "missing": "add it",
    "extra_forbidden": "remove it or correct its name (sandbox/README.md lists every field)",
    "enum": "use one of these values",
    "literal_error": "use one of these values",
    "string_pattern_mismatch": "make it match the pattern",
    "date_parsing": "write the date as YYYY-MM-DD",
    "date_from_datetime_parsing": "write the date as YYYY-MM-DD",
    "date_from_datetime_inexact": "write the date as YYYY-MM-DD",
    "value_error": "correct the reference or add the missing entry",
}


def mistakes_in(path: Path) -> list[Mistake]:
    """All mistakes in a world file, in file order; empty if the file is valid.

    Raises `OSError` if the file cannot be read.
    """
    text = path.read_bytes()
    try:
        content = json.loads(text)
    except UnicodeDecodeError as error:
        return [Mistake(str(path), f"not UTF-8 text at byte {error.start}", "save it as UTF-8")]
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        return [Mistake(place, f"not JSON: {error.msg}", "correct the syntax; nothing else was checked")]
    try:
        World.model_validate_json(text)
    except ValidationError as error:
        return [mistake for detail in error.errors() for mistake in _explain(detail, content)]
    return []


def _explain(detail: ErrorDetails, content: object) -> Iterator[Mistake]:
    remedy = _REMEDIES.get(detail["type"], "correct the value")
    if detail["loc"]:
        yield Mistake(_place(detail["loc"], content), _wrong(detail), remedy)
        return
    if detail["type"] != "value_error":
        yield Mistake("the file", _wrong(detail), "write the world as one JSON object")
        return
    for line in detail["msg"].removeprefix("Value error, ").splitlines():
        place, wrong = line.split(": ", 1)
        yield Mistake(place, wrong, "use every name only once" if " times" in wrong else remedy)


def _place(location: tuple[int | str, ...], content: object) -> str:
    """`offers[mam:900001].title` instead of `offers.3.title`, if the entry has an id."""
    place, value = "", content
    for step in location:
        value = _child(value, step)
        if isinstance(step, int):
            place += f"[{_name(value) or step}]"
        else:
            place += f".{step}" if place else step
    return place


def _child(value: Any, step: int | str) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _name(entry: object) -> str | None:
    if not isinstance(entry, dict):
        return None
    if "indexer" in entry:
        return f"{entry['indexer']}:{entry.get('id')}"
    return next((str(entry[key]) for key in ("id", "work", "book") if key in entry), None)


def _wrong(detail: ErrorDetails) -> str:
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    value = repr(detail["input"])
    return message if detail["type"] == "missing" or len(value) > 60 else f"{message}, not {value}"
