"""Measures the recognition of packs: the right set of books of each composed pack, and wrong books.

`python -m bench.packs.measuring` prints the shares, and each pack that is not right.
"""

import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from shared.books.packs.description import PackVerdict
from shared.books.packs.file_names import is_audio
from shared.books.packs.judging import judge_pack

from bench.figures import Figure
from bench.packs.composing import Composed, Shelf, compose
from bench.packs.shelves import HELD_OUT, TABLE
from bench.packs.table import CASES

SECTION = "packs"


@dataclass
class Measure:
    """How many packs gave exactly the right books with their files, what was not right, and each wrong book."""

    packs: int = 0
    right: int = 0
    not_right: list[str] = field(default_factory=list)
    wrong_books: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def share(self) -> float:
        """The share of packs that gave the right set of books."""
        return self.right / self.packs if self.packs else 0.0


def measure_packs() -> list[Figure]:
    """The shares of the table and of its held-out variants, the wrong books in both, and the speed."""
    table, held_out = measure([TABLE]), measure(HELD_OUT)
    both = table.packs + held_out.packs
    return [
        Figure(SECTION, "right books, the table", table.share, ""),
        Figure(SECTION, "right books, other titles", held_out.share, ""),
        Figure(SECTION, "wrong books", len(table.wrong_books) + len(held_out.wrong_books), ""),
        Figure(SECTION, "packs judged", both / (table.seconds + held_out.seconds), "/s"),
    ]


def measure(worlds: Iterable[Mapping[str, Shelf]]) -> Measure:
    """Judge every pack of the table with the titles of each world."""
    result = Measure()
    for shelves in worlds:
        for case in CASES:
            _add(result, compose(case, shelves[case.language]))
    return result


def _add(result: Measure, pack: Composed) -> None:
    started = time.perf_counter()
    verdict = judge_pack(pack.contents, pack.books)
    result.seconds += time.perf_counter() - started
    result.packs += 1
    wrong, missed = _wrong_books(pack, verdict), sorted(set(pack.truth) - {part.key for part in verdict.fills})
    result.wrong_books += wrong
    if wrong or missed:
        result.not_right.append(
            f"{pack.name}: missed {missed}, wrong {wrong}; {[one.words for one in verdict.reasons]}"
        )
    else:
        result.right += 1


def _wrong_books(pack: Composed, verdict: PackVerdict) -> list[str]:
    """The filled books whose audio is not exactly one copy of the book."""
    wrong = []
    for part in verdict.fills:
        audio = {path for path in part.files if is_audio(path)}
        if audio not in pack.truth.get(part.key, []):
            names = sorted(PurePosixPath(path).name for path in audio)
            wrong.append(f"{pack.name}: book {part.key} with {names[:3]}")
    return wrong


def main() -> int:
    """Print the measures. The exit status is 1 if a pack is not right."""
    results = {"the table": measure([TABLE]), "other titles": measure(HELD_OUT)}
    for name, result in results.items():
        sys.stdout.write(f"{name}: {result.right} of {result.packs} right, {len(result.wrong_books)} wrong books\n")
        for line in result.not_right:
            sys.stdout.write(f"  {line}\n")
    return 0 if all(result.share == 1.0 for result in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
