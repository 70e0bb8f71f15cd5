"""Why this service refuses."""

from collections.abc import Iterable
from typing import ClassVar


class UnknownSort(Exception):
    """A list cannot be sorted by this field."""

    code: ClassVar[str] = "unknown_sort"

    def __init__(self, field: str, allowed: Iterable[str]) -> None:
        self.detail = f"sort={field} is not possible; possible are: {', '.join(sorted(allowed))} (or -field)"
        super().__init__(self.detail)
