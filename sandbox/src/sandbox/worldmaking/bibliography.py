"""Real works of authors in the public domain, read from `bibliography.txt`."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from sandbox.world import WorkKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One work of an author. `series` and `sequence` are None for a work without a series."""

    author: str
    title: str
    year: int
    series: str | None = None
    sequence: str | None = None
    kind: WorkKind = WorkKind.NOVEL


class Bibliography:
    """All entries of the bibliography."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    @classmethod
    def load(cls) -> "Bibliography":
        """The bibliography in `bibliography.txt`."""
        text = files("sandbox").joinpath("worldmaking/bibliography.txt").read_text("utf-8")
        return cls(list(_entries(text)))

    def work(self, title: str) -> Entry:
        """The work with this title. Raises `KeyError` if there is none."""
        for entry in self.entries:
            if entry.title == title:
                return entry
        raise KeyError(title)

    def series(self, name: str) -> list[Entry]:
        """The works of a series, in the order of the file."""
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
            sequence = None if mark == "-" else mark
            yield Entry(author, title, int(year), series, sequence, WorkKind(kind[0]) if kind else WorkKind.NOVEL)
