"""Finds missing numbers among the names of a book's audio files and their folders."""

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

from shared.translatable import translatable

_NUMBER = re.compile(r"\d{1,4}")
_LEAST_NAMES = 3
"""Two numbered names do not show how the files are counted."""
_MOST_MISSING = 0.5
"""If more of the numbers are missing than this share of the names, they do not count the files."""
_SHOWN = 5


def missing_numbers(names: Sequence[str]) -> list[str]:
    """One sentence for each folder whose files, or whose folders, are numbered with a gap; empty if none is.

    `names` are relative paths of audio files. Names are numbered if the same part of each is a number, different in
    each, after the same text. A count that starts at 2 has no first file; the last file cannot be known to be missing.
    """
    children: dict[PurePosixPath, set[str]] = defaultdict(set)
    for name in names:
        path = PurePosixPath(name)
        children[path.parent].add(path.stem)
        for folder in path.parents[:-1]:
            children[folder.parent].add(folder.name)
    found = ((folder, sorted(inside), _gap(sorted(inside))) for folder, inside in sorted(children.items()))
    return [_sentence(folder, inside, gap) for folder, inside, gap in found if gap]


def _gap(names: Sequence[str]) -> list[int]:
    if len(names) < _LEAST_NAMES:
        return []
    found = [list(_NUMBER.finditer(name)) for name in names]
    for at in range(min(len(numbers) for numbers in found)):
        counted = [numbers[at] for numbers in found]
        values = [int(number.group()) for number in counted]
        texts = {name[: number.start()] for name, number in zip(names, counted, strict=True)}
        if len(texts) == 1 and len(set(values)) == len(values):
            missing = sorted(set(range(min(1, *values), max(values))) - set(values))
            return missing if len(missing) <= _MOST_MISSING * len(values) else []
    return []


def _sentence(folder: PurePosixPath, inside: Sequence[str], missing: Sequence[int]) -> str:
    numbers = ", ".join(map(str, missing[:_SHOWN])) + (", …" if len(missing) > _SHOWN else "")
    where = "" if folder == PurePosixPath() else f" in {folder}"
    words = f"{len(inside)} numbered files{where}, without {numbers}"
    return translatable(
        "download.numbers", words, files=len(inside), folder=str(folder) if where else None, missing=numbers
    )
