"""How the files of a book got into its folder."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Method(StrEnum):
    """A hard link is the same file, a reflink shares its blocks until one of them is changed, a copy needs space."""

    HARDLINK = "hardlink"
    REFLINK = "reflink"
    COPY = "copy"


_WORDS = {
    Method.HARDLINK: "as a hard link",
    Method.REFLINK: "as a reflink",
    Method.COPY: "as a copy whose checksum was compared",
}


@dataclass(frozen=True, slots=True)
class Placement:
    """The method of each file, by its path in the book's folder."""

    methods: Mapping[Path, Method]

    @property
    def counts(self) -> dict[str, int]:
        """How many files were placed with each method."""
        found = Counter(self.methods.values())
        return {method.value: found[method] for method in Method if found[method]}

    @property
    def words(self) -> str:
        """The counts as text."""
        return ", ".join(
            f"{number} {'file' if number == 1 else 'files'} {_WORDS[Method(name)]}"
            for name, number in self.counts.items()
        )
