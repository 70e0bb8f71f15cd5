"""Requests that this service refuses."""

from collections.abc import Iterable
from typing import ClassVar


class UnknownSort(Exception):
    """A list cannot be sorted by this field."""

    code: ClassVar[str] = "unknown_sort"

    def __init__(self, field: str, allowed: Iterable[str]) -> None:
        self.detail = (
            f"cannot sort by {field!r}; use one of {', '.join(sorted(allowed))}, or -field for descending order"
        )
        super().__init__(self.detail)
