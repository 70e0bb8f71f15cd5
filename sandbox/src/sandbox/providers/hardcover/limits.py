"""The requests that Hardcover rejects before it runs a query, and its rate limit."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)
from graphql.language import ObjectFieldNode

_MAX_TOP_LEVEL_FIELDS = 5
_DISABLED = {f"_{no}{kind}" for no in ("", "n") for kind in ("like", "ilike", "regex", "iregex", "similar")}


def top_level_fields(document: DocumentNode) -> list[str]:
    """The names of all top-level fields. Each counts as one request."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    return [name for each in operations for name in _names(each.selection_set, fragments)]


def error_code(fields: list[str], arguments: list[str], variables: Any) -> str | None:
    """The error code of a rejected request, or None: too many top-level fields, or a disabled operator.

    `fields` and `arguments` are those of its query (see `top_level_fields` and `argument_names`).
    """
    if len(fields) > _MAX_TOP_LEVEL_FIELDS or ("search" in fields and len(fields) > 1):
        return "top_level_limit_exceeded"
    if any(name in _DISABLED for name in (*arguments, *_keys(variables))):
        return "unsupported_operation"
    return None


def _names(selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[str]:
    for each in selections.selections:
        match each:
            case FieldNode():
                yield each.name.value
            case InlineFragmentNode():
                yield from _names(each.selection_set, fragments)
            case FragmentSpreadNode() if each.name.value in fragments:
                yield from _names(fragments[each.name.value].selection_set, fragments)


def argument_names(document: DocumentNode) -> list[str]:
    """The names of all fields of objects that are written in the arguments of a query."""
    names: list[str] = []

    class Collect(Visitor):
        def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
            names.append(node.name.value)

    visit(document, Collect())
    return names


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from _keys(below)
    elif isinstance(value, list):
        for each in value:
            yield from _keys(each)


class Allowance:
    """The rate limit: a bucket of `burst` requests that refills at one a second, and a number of requests a day.

    With `enforced=False` requests are counted but never rejected.
    """

    def __init__(
        self,
        *,
        enforced: bool,
        burst: int = 10,
        per_day: int = 5_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._enforced = enforced
        self._burst = burst
        self._per_day = per_day
        self._clock = clock
        self._left = float(burst)
        self._left_today = per_day
        self._filled = self._day_began = clock()

    def take(self, requests: int) -> int | None:
        """Count requests. Returns the seconds to wait if too few are left, otherwise None."""
        self._refill()
        if self._enforced and self._left_today < requests:
            return int(86_400 - (self._clock() - self._day_began)) + 1
        if self._enforced and self._left < requests:
            return int(requests - self._left) + 1
        self._left = max(self._left - requests, 0)
        self._left_today = max(self._left_today - requests, 0)
        return None

    def headers(self) -> dict[str, str]:
        """The rate limit headers of an answer."""
        full_in, day_ends_in = int(self._burst - self._left), int(86_400 - (self._clock() - self._day_began))
        return {
            "RateLimit-Policy": f'"Free";q=60;w=60;burst={self._burst}, "daily";q={self._per_day};w=86400',
            "RateLimit": f'"Free";r={int(self._left)};t={full_in}, "daily";r={self._left_today};t={day_ends_in}',
            "X-RateLimit-Limit": "60",
            "X-RateLimit-Remaining": str(int(self._left)),
        }

    def _refill(self) -> None:
        now = self._clock()
        self._left = min(self._left + now - self._filled, float(self._burst))
        self._filled = now
        if now - self._day_began >= 86_400:
            self._day_began, self._left_today = now, self._per_day
