"""How the files of a book got into its folder."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from shared.translatable import translatable


class Method(StrEnum):
    """A hard link is the same file, a reflink shares its blocks until one of them is changed, a copy needs space."""

    HARDLINK = "hardlink"
    REFLINK = "reflink"
    COPY = "copy"
    MERGED = "merged"
    TAGGED = "tagged"


class ImportOutcome(StrEnum):
    """How an attempt to import a download ended."""

    PLACED = "placed"
    FAILED = "failed"
    REJECTED = "rejected"
    WAITING = "waiting"


_WORDS = {
    Method.HARDLINK: translatable("download.by_hardlink", "as a hard link"),
    Method.REFLINK: translatable("download.by_reflink", "as a reflink"),
    Method.COPY: translatable("download.by_copy", "as a copy whose checksum was compared"),
    Method.MERGED: translatable("download.by_merging", "merged from the downloaded files, which are not changed"),
    Method.TAGGED: translatable(
        "download.by_tagging", "as a copy with new tags, because the downloaded files are not changed"
    ),
}


@dataclass(frozen=True, slots=True)
class Placement:
    """The method of each file, by its path in the book's folder."""

    methods: Mapping[Path, Method]

    def with_made(self, made: Collection[Path], method: Method) -> "Placement":
        """The same placement, with this method for the files that were made for it."""
        return Placement({path: method if path in made else each for path, each in self.methods.items()})

    @property
    def counts(self) -> dict[str, int]:
        """How many files were placed with each method."""
        found = Counter(self.methods.values())
        return {method.value: found[method] for method in Method if found[method]}

    @property
    def mode(self) -> str:
        """The method of all files, or `mixed`."""
        return next(iter(self.counts)) if len(self.counts) == 1 else "mixed"

    @property
    def words(self) -> str:
        """The counts as text."""
        parts = [_part(number, Method(name)) for name, number in self.counts.items()]
        return translatable("download.methods", ", ".join(parts), parts=parts)


def _part(number: int, method: Method) -> str:
    words = f"{number} {'file' if number == 1 else 'files'} {_WORDS[method]}"
    return translatable("download.method", words, files=number, how=_WORDS[method])
