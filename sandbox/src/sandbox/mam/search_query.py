"""Reading a search: PHP's bracket parameters, or the same shape as JSON."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

FIELDS = frozenset({"author", "description", "filenames", "fileTypes", "narrator", "series", "tags", "title"})
USUAL_FIELDS = frozenset({"author", "narrator", "series", "title"})
_FEWEST, _MOST = 5, 100
_OFF = ("", "0", "false", 0, False, None)
_KEY = re.compile(r"\[([^\]]*)\]")


class NotUnderstoodError(ValueError):
    """A request whose shape is not what the site expects: it answers 200 with no bytes."""


@dataclass(frozen=True)
class Question:
    text: str
    fields: frozenset[str]
    tor: dict[str, Any]
    shows: frozenset[str]
    only_my_snatched: bool
    start: int
    per_page: int

    def ids(self, key: str) -> frozenset[int]:
        """The ids listed under `tor[key]`; empty: all."""
        return frozenset(_number(each) for each in _members(self.tor.get(key, []))) - {0}

    def number(self, key: str) -> int | None:
        value = self.tor.get(key)
        return None if value in ("", None) else _number(value)

    def day(self, key: str) -> date | None:
        """A day given as YYYY-MM-DD or unix seconds."""
        value = str(self.tor.get(key) or "")
        try:
            return datetime.fromtimestamp(int(value), UTC).date() if value.isdigit() else date.fromisoformat(value)
        except ValueError:
            return None


def from_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """PHP's reading of a query string: `tor[main_cat][0]=13` becomes {"tor": {"main_cat": {"0": "13"}}}."""
    parsed: dict[str, Any] = {}
    for key, value in pairs:
        name, _, rest = key.partition("[")
        path = [name, *_KEY.findall("[" + rest if rest else "")]
        place = parsed
        for step in path[:-1]:
            deeper = place.setdefault(step, {})
            if not isinstance(deeper, dict):
                raise NotUnderstoodError(f"{key} goes below a plain value")
            place = deeper
        place[path[-1] or str(len(place))] = value
    return parsed


def from_json(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise NotUnderstoodError("not JSON") from error
    if not isinstance(parsed, dict):
        raise NotUnderstoodError("not a JSON object")
    return parsed


def question(parameters: dict[str, Any]) -> Question:
    """Raises NotUnderstoodError for a shape that breaks the site's search (an empty language list is one)."""
    tor = parameters.get("tor", {})
    if not isinstance(tor, dict):
        raise NotUnderstoodError("tor is not a map")
    if "browse_lang" in tor and not _members(tor["browse_lang"]):
        raise NotUnderstoodError("browse_lang is empty")
    per_page = _number(parameters.get("perpage") or tor.get("perpage") or 20)
    return Question(
        text=str(tor.get("text") or ""),
        fields=_fields(tor.get("srchIn")),
        tor=tor,
        shows=frozenset(parameters),
        only_my_snatched=parameters.get("my_snatched") not in _OFF,
        start=_number(tor.get("startNumber") or 0),
        per_page=min(max(per_page, _FEWEST), _MOST),
    )


def _fields(value: Any) -> frozenset[str]:
    match value:
        case None:
            return USUAL_FIELDS
        case dict() if not any(str(key).isdigit() for key in value):
            chosen = {str(key) for key, on in value.items() if on not in _OFF}
        case dict() | list():
            chosen = {str(each) for each in _members(value)}
        case _:
            raise NotUnderstoodError("srchIn is neither a list nor a map")
    return FIELDS & chosen or USUAL_FIELDS


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise NotUnderstoodError(f"{value!r} is not a number") from error
