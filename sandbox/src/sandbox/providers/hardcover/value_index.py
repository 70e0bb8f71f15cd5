"""Finds the rows that may match a condition without comparing every row of a table."""

from collections.abc import Iterator
from typing import Any

from sandbox.providers.hardcover.rows import Row

_Path = tuple[str, ...]


class ValueIndex:
    """The rows of one table by their values. Built for a column or relation when a condition first names it.

    The rows must not change.
    """

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places: dict[_Path, dict[Any, list[int]]] = {}

    def candidates(self, where: dict[str, Any]) -> list[Row]:
        """The rows that the first condition with `_in` selects, in the order of the table; without one, all rows."""
        condition = next(_values_wanted(where), None)
        if condition is None:
            return self._rows
        path, values = condition
        places = self._places_of(path)
        return [self._rows[place] for place in sorted({place for value in values for place in places.get(value, ())})]

    def _places_of(self, path: _Path) -> dict[Any, list[int]]:
        places = self._places.get(path)
        if places is None:
            places = self._places[path] = {}
            for place, row in enumerate(self._rows):
                for value in _values_at(row, path):
                    places.setdefault(value, []).append(place)
        return places


def _values_wanted(where: dict[str, Any], path: _Path = ()) -> Iterator[tuple[_Path, list[Any]]]:
    """The `_in` conditions that every selected row fulfils, each with the path to its column."""
    for key, condition in where.items():
        if key == "_in":
            yield path, condition
        elif isinstance(condition, dict) and not key.startswith("_"):
            yield from _values_wanted(condition, (*path, key))


def _values_at(row: Row, path: _Path) -> Iterator[Any]:
    """Every value at a path. A relation to many rows has one for each."""
    value = row[path[0]]
    for each in value if isinstance(value, list) else (value,):
        if len(path) > 1 and isinstance(each, dict):
            yield from _values_at(each, path[1:])
        elif len(path) == 1:
            yield each
