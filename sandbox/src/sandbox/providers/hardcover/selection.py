"""Applies Hasura's list arguments to linked rows: `where`, `order_by`, `distinct_on`, `offset` and `limit`."""

import operator
from collections.abc import Callable
from typing import Any

from sandbox.providers.hardcover.rows import Row

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "_eq": operator.eq,
    "_neq": operator.ne,
    "_gt": operator.gt,
    "_gte": operator.ge,
    "_lt": operator.lt,
    "_lte": operator.le,
    "_in": lambda value, among: value in among,
    "_nin": lambda value, among: value not in among,
}


def select(rows: list[Row], arguments: dict[str, Any]) -> list[Row]:
    """The rows that a list field returns for these arguments."""
    where = arguments.get("where") or {}
    selected = [row for row in rows if matches(row, where)]
    for order in reversed(arguments.get("order_by") or []):
        for path, direction in reversed(_paths(order)):
            selected = _sorted(selected, path, direction)
    if arguments.get("distinct_on"):
        selected = _first_of_each(selected, arguments["distinct_on"])
    start = arguments.get("offset") or 0
    limit = arguments.get("limit")
    return selected[start : None if limit is None else start + limit]


def matches(row: Row, where: dict[str, Any]) -> bool:
    """Whether a row fulfils all conditions."""
    return all(_condition_matches(row, key, condition) for key, condition in where.items())


def _condition_matches(row: Row, key: str, condition: Any) -> bool:
    match key:
        case "_and":
            return all(matches(row, each) for each in condition)
        case "_or":
            return any(matches(row, each) for each in condition)
        case "_not":
            return not matches(row, condition)
    value = row[key]
    if isinstance(value, list):
        return any(matches(each, condition) for each in value)
    if isinstance(value, dict):
        return matches(value, condition)
    return all(_compares(value, name, other) for name, other in (condition or {}).items())


def _compares(value: Any, name: str, other: Any) -> bool:
    """Compare a value. Every comparison with a missing value or relation is false, as with NULL."""
    if name == "_is_null":
        return (value is None) is bool(other)
    comparison = _COMPARISONS.get(name)
    return comparison is not None and value is not None and bool(comparison(value, other))


def _paths(order: dict[str, Any]) -> list[tuple[tuple[str, ...], str]]:
    """{"book": {"users_count": "desc"}} as (("book", "users_count"), "desc")."""
    paths: list[tuple[tuple[str, ...], str]] = []
    for key, below in order.items():
        if isinstance(below, dict):
            paths += [((key, *path), direction) for path, direction in _paths(below)]
        else:
            paths.append(((key,), below))
    return paths


def _sorted(rows: list[Row], path: tuple[str, ...], direction: str) -> list[Row]:
    """Sort stably, so that several orders can be applied from last to first. NULL is the largest value."""
    descending = direction.startswith("desc")
    nulls_first = direction.endswith("nulls_first") or direction == "desc"
    known = [row for row in rows if _at(row, path) is not None]
    unknown = [row for row in rows if _at(row, path) is None]
    known.sort(key=lambda row: _at(row, path), reverse=descending)
    return [*unknown, *known] if nulls_first else [*known, *unknown]


def _at(row: Row, path: tuple[str, ...]) -> Any:
    value: Any = row
    for step in path:
        value = value[step] if value is not None else None
    return value


def _first_of_each(rows: list[Row], columns: list[str]) -> list[Row]:
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        first.setdefault(tuple(row[column] for column in columns), row)
    return list(first.values())
