"""Loads a world file, or lists its mistakes: where, what is wrong and what to do."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sandbox.consistency import inconsistencies
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
}


class InvalidWorld(ValueError):
    """A file that is not a valid world. The message has one line for each mistake."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


def load(path: Path) -> World:
    """Read and check a world file.

    Raises `InvalidWorld`, which lists every mistake, or `OSError` if the file cannot be read.
    """
    text = path.read_bytes()
    content = _parsed(text, path)
    try:
        world = World.model_validate_json(text)
    except ValidationError as error:
        raise InvalidWorld([_explain(detail, content) for detail in error.errors()]) from error
    if mistakes := [_explain_inconsistency(place, wrong) for place, wrong in inconsistencies(world)]:
        raise InvalidWorld(mistakes)
    return world


def mistakes_in(path: Path) -> list[Mistake]:
    """All mistakes in a world file, in file order; empty if the file is valid.

    References are checked only if every field is valid. Raises `OSError` if the file cannot be read.
    """
    try:
        load(path)
    except InvalidWorld as error:
        return error.mistakes
    return []


def _parsed(text: bytes, path: Path) -> object:
    try:
        content: object = json.loads(text)
    except UnicodeDecodeError as error:
        mistake = Mistake(str(path), f"not UTF-8 text at byte {error.start}", "save it as UTF-8")
        raise InvalidWorld([mistake]) from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        mistake = Mistake(place, f"not JSON: {error.msg}", "correct the syntax; nothing else was checked")
        raise InvalidWorld([mistake]) from error
    return content


def _explain(detail: ErrorDetails, content: object) -> Mistake:
    if not detail["loc"]:
        return Mistake("the file", _wrong(detail), "write the world as one JSON object")
    return Mistake(_place(detail["loc"], content), _wrong(detail), _REMEDIES.get(detail["type"], "correct the value"))


def _explain_inconsistency(place: str, wrong: str) -> Mistake:
    duplicate = " times" in wrong
    return Mistake(
        place, wrong, "use every name only once" if duplicate else "correct the reference or add the missing entry"
    )


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
