"""Reads the parameters of a search: in PHP's bracket syntax, or with the same structure as JSON."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

FIELDS = frozenset({"author", "description", "filenames", "fileTypes", "narrator", "series", "tags", "title"})
USUAL_FIELDS = frozenset({"author", "narrator", "series", "title"})
_MIN_PER_PAGE, _MAX_PER_PAGE = 5, 100
_OFF_VALUES = ("", "0", "false", 0, False, None)
_KEY = re.compile(r"\[([^\]]*)\]")


class NotUnderstoodError(ValueError):
    """The request does not have the structure that the site expects. The site answers 200 with an empty body."""


@dataclass(frozen=True)
class SearchQuery:
    """A search. `shows` are the names of all parameters, some of which request further fields."""

    text: str
    fields: frozenset[str]
    tor: dict[str, Any]
    shows: frozenset[str]
    only_my_snatched: bool
    start: int
    per_page: int

    def ids(self, key: str) -> frozenset[int]:
        """The ids in `tor[key]`. Empty means all. Raises NotUnderstoodError if one is not a number."""
        return frozenset(_number(each) for each in _members(self.tor.get(key, []))) - {0}

    def number(self, key: str) -> int | None:
        """The number in `tor[key]`, or None. Raises NotUnderstoodError if it is not a number."""
        value = self.tor.get(key)
        return None if value in ("", None) else _number(value)

    def day(self, key: str) -> date | None:
        """The day in `tor[key]`, as YYYY-MM-DD or seconds since 1970, or None."""
        value = str(self.tor.get(key) or "")
        try:
            return datetime.fromtimestamp(int(value), UTC).date() if value.isdigit() else date.fromisoformat(value)
        except ValueError:
            return None


def from_pairs(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Read a query string as PHP does: `tor[main_cat][0]=13` becomes {"tor": {"main_cat": {"0": "13"}}}.

    Raises NotUnderstoodError if a key is used both for a value and for nested values.
    """
    parsed: dict[str, Any] = {}
    for key, value in pairs:
        name, _, rest = key.partition("[")
        path = [name, *_KEY.findall("[" + rest if rest else "")]
        target = parsed
        for step in path[:-1]:
            nested = target.setdefault(step, {})
            if not isinstance(nested, dict):
                raise NotUnderstoodError(f"{key} nests a value in a plain value")
            target = nested
        target[path[-1] or str(len(target))] = value
    return parsed


def from_json(body: bytes) -> dict[str, Any]:
    """Read a JSON body. Raises NotUnderstoodError if it is not a JSON object."""
    try:
        parsed = json.loads(body)
    except ValueError as error:
        raise NotUnderstoodError("not JSON") from error
    if not isinstance(parsed, dict):
        raise NotUnderstoodError("not a JSON object")
    return parsed


def parse_search(parameters: dict[str, Any]) -> SearchQuery:
    """The search with these parameters. Raises NotUnderstoodError if its structure breaks the site's search.

    An empty list of languages does so, for example.
    """
    tor = parameters.get("tor", {})
    if not isinstance(tor, dict):
        raise NotUnderstoodError("tor is not a map")
    if "browse_lang" in tor and not _members(tor["browse_lang"]):
        raise NotUnderstoodError("browse_lang is empty")
    per_page = _number(parameters.get("perpage") or tor.get("perpage") or 20)
    return SearchQuery(
        text=str(tor.get("text") or ""),
        fields=_fields(tor.get("srchIn")),
        tor=tor,
        shows=frozenset(parameters),
        only_my_snatched=parameters.get("my_snatched") not in _OFF_VALUES,
        start=_number(tor.get("startNumber") or 0),
        per_page=min(max(per_page, _MIN_PER_PAGE), _MAX_PER_PAGE),
    )


def _fields(value: Any) -> frozenset[str]:
    match value:
        case None:
            return USUAL_FIELDS
        case dict() if not any(str(key).isdigit() for key in value):
            selected = {str(key) for key, on in value.items() if on not in _OFF_VALUES}
        case dict() | list():
            selected = {str(each) for each in _members(value)}
        case _:
            raise NotUnderstoodError("srchIn is neither a list nor a map")
    return FIELDS & selected or USUAL_FIELDS


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise NotUnderstoodError(f"{value!r} is not a number") from error
