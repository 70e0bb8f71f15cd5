"""Real works of authors in the public domain, read from `bibliography.txt`."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from sandbox.world import WorkKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of an author; `series` and `place` are None for a work that stands alone."""

    author: str
    title: str
    year: int
    series: str | None = None
    place: str | None = None
    kind: WorkKind = WorkKind.NOVEL


class Bibliography:
    """All entries, and the ways to find them."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    @classmethod
    def of_the_project(cls) -> "Bibliography":
        text = files("sandbox").joinpath("worldmaking/bibliography.txt").read_text("utf-8")
        return cls(list(_entries(text)))

    def work(self, title: str) -> Entry:
        """The only work of that title. Raises `KeyError` when there is none."""
        for entry in self.entries:
            if entry.title == title:
                return entry
        raise KeyError(title)

    def series(self, name: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.series == name]


def _entries(text: str) -> Iterator[Entry]:
    author, series = "", None
    for line in text.splitlines():
        mark, _, rest = line.partition(" ")
        if mark in ("#", ""):
            continue
        if mark == "=":
            author = rest
        elif mark == "+":
            series = rest or None
        else:
            title, year, *kind = (part.strip() for part in rest.split("|"))
            place = None if mark == "-" else mark
            yield Entry(author, title, int(year), series, place, WorkKind(kind[0]) if kind else WorkKind.NOVEL)
