"""Groups the files of a pack into units, each of which may be one book.

One folder may hold one book, or one file for each book, or the tracks of several books side by side. The names alone do
not say which, so each possible grouping of a folder is made, and `judging` takes the one that the books explain best.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from shared.books.packs.description import PackFile
from shared.books.packs.file_names import Numbered, book_folders, disc_of, numbered, stem_of, without_track
from shared.books.records import record
from shared.books.text.titles import fold

MAX_UNITS = 400
"""Units of one grouping. More files with different names are chapters and not books."""
FEWEST_TRACKS = 3
"""The fewest numbered files of which a missing first one is noticed."""


@record
class Unit:
    """Files that may be one book. `name` may name it, within the `folders`. `whole`: it is all audio of its folder."""

    name: str
    folders: tuple[str, ...]
    files: tuple[PackFile, ...]
    whole: bool = False

    @property
    def size_bytes(self) -> int:
        """The size of its files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def suffixes(self) -> frozenset[str]:
        """The formats of its files, such as "m4b"."""
        return frozenset(file.path.rpartition(".")[2].lower() for file in self.files)


@record
class Grouping:
    """One way to divide the audio of a folder into units. `by_files` groups by the names of files."""

    units: tuple[Unit, ...]
    by_files: bool


def audio_folders(audio: Iterable[PackFile]) -> dict[tuple[str, ...], list[PackFile]]:
    """The audio files by the folders that may name a book. Discs and formats of one book are in one folder."""
    folders: defaultdict[tuple[str, ...], list[PackFile]] = defaultdict(list)
    for file in audio:
        folders[book_folders(file.path)].append(file)
    return dict(folders)


def groupings_of(folders: tuple[str, ...], files: Sequence[PackFile]) -> list[Grouping]:
    """The different groupings of a folder's audio, from one unit to one for each file."""
    whole = Unit(folders[-1] if folders else "", folders[:-1], tuple(files), whole=True)
    found = [Grouping((whole,), by_files=False)]
    for group in (_by_tracks, _by_rows, _by_files):
        units = tuple(Unit(name, folders, tuple(members)) for name, members in group(files).items())
        if len(units) <= MAX_UNITS and all(set(units) != set(other.units) for other in found):
            found.append(Grouping(units, by_files=True))
    return found


def missing_track(files: Sequence[PackFile]) -> str | None:
    """The gap in the numbers of the tracks or discs, in words, or None."""
    discs = sorted({disc for file in files if (disc := disc_of(file.path)) is not None})
    if discs and (gap := _gap(discs)):
        return f"disc {gap} is missing"
    by_disc: defaultdict[int | None, list[PackFile]] = defaultdict(list)
    for file in files:
        by_disc[disc_of(file.path)].append(file)
    for members in by_disc.values():
        if (gap := _gap_of_tracks(members)) is not None:
            return f"track {gap} is missing"
    return None


def _by_files(files: Sequence[PackFile]) -> dict[str, list[PackFile]]:
    """One unit for each name; copies of one name in several formats or discs are together."""
    return _grouped(files, stem_of)


def _by_tracks(files: Sequence[PackFile]) -> dict[str, list[PackFile]]:
    """By the part of the name before the track: "Title - 03 - The Storm"."""
    return _grouped(files, lambda path: without_track(stem_of(path)))


def _by_rows(files: Sequence[PackFile]) -> dict[str, list[PackFile]]:
    """By the name without the last number that differs in the row: "Oz 2 - 07" and "Oz 2 - 08" are "Oz 2"."""
    rows: defaultdict[str, list[tuple[PackFile, Numbered]]] = defaultdict(list)
    for file in files:
        row = numbered(stem_of(file.path))
        rows[row.pattern].append((file, row))
    found: defaultdict[str, list[PackFile]] = defaultdict(list)
    for members in rows.values():
        columns = _differing_columns([row.numbers for _, row in members])
        dropped = columns[1:] if len(columns) > 1 else columns
        for file, _ in members:
            found[_without_numbers(stem_of(file.path), dropped)].append(file)
    return dict(found)


def _grouped(files: Iterable[PackFile], name_of: Callable[[str], str]) -> dict[str, list[PackFile]]:
    names: dict[str, str] = {}
    found: defaultdict[str, list[PackFile]] = defaultdict(list)
    for file in files:
        name = name_of(file.path)
        found[names.setdefault(fold(name), name)].append(file)
    return dict(found)


def _differing_columns(rows: Sequence[tuple[int, ...]]) -> list[int]:
    return [column for column, values in enumerate(zip(*rows, strict=True)) if len(set(values)) > 1]


def _without_numbers(stem: str, columns: Sequence[int]) -> str:
    """The name without the numbers in these columns, as `numbered` counts them."""
    pattern = numbered(stem).pattern
    column, at, kept = -1, 0, []
    for char in pattern:
        if char != "#" or stem[at] == "#":
            kept.append(stem[at])
            at += 1
            continue
        column += 1
        digits = re.match(r"\d+", stem[at:])
        length = len(digits[0]) if digits else 1
        if column not in columns:
            kept.append(stem[at : at + length])
        at += length
    return re.sub(r"[\s\-–—_(\[#.]+$", "", " ".join("".join(kept).split())).strip()


def _gap(numbers: Sequence[int]) -> int | None:
    """The first number that is missing in a sorted row that should begin at 0 or 1."""
    if len(numbers) >= FEWEST_TRACKS and numbers[0] > 1:
        return numbers[0] - 1
    return next((before + 1 for before, after in pairwise(numbers) if after > before + 1), None)


def _gap_of_tracks(files: Sequence[PackFile]) -> int | None:
    rows = [numbered(stem_of(file.path)).numbers for file in files]
    width = min((len(row) for row in rows), default=0)
    gaps = []
    for column in range(width):
        values = sorted(row[column] for row in rows)
        if len(set(values)) == len(values) and len(values) > 1:
            gap = _gap(values)
            if gap is None:
                return None
            gaps.append(gap)
    return gaps[-1] if gaps else None
