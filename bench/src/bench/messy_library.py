"""Checks a messy library with planted faults: how many are found and repaired rightly, and how much is wrong.

`python -m bench.messy_library --seed 7 --books 3000` prints the recall of each kind, and the wrong proposals.
"""

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as midnight
from uuid import UUID, uuid5

from library_scanner.domain.catalogue import sync_book
from library_scanner.domain.checks.found import Found, Repair
from library_scanner.domain.checks.group import Group
from library_scanner.domain.checks.library_names import groups_of, named_book, names_of_library
from library_scanner.domain.checks.registry import check_group
from library_scanner.domain.item import AudioFile, Item
from sandbox.worldmaking.messy.faults import MessyItem, TrueFields
from sandbox.worldmaking.messy.library import MessyLibrary, messy_library
from shared.books.gaps.works import series_key
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import names_in, places_in
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import SeriesPlace

from bench.figures import Figure

SECTION = "messy library of 3,000 books"
SEEDS = (101, 102)
BOOKS = 3000
_SPACE = UUID("5a6d5c1e-0f38-4a6e-9a39-0d8a3d6a6b11")
_NOT_IN_GROUPS = frozenset({"folder_shown_twice", "files_missing", "no_cover", "tiny_cover"})
"""Findings that need the database or the server, which this measurement does not have."""


@dataclass
class Measure:
    """What was found in one library."""

    books: int
    seconds: float = 0.0
    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    false_findings: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def recall(self, fault: str) -> float:
        """The share of the planted faults that were found or, if a proposal can repair them, proposed rightly."""
        right = self.repaired if fault in REPAIRABLE else self.found
        return right[fault] / self.planted[fault] if self.planted[fault] else 1.0


REPAIRABLE = {
    "series_in_folder": "series", "series_in_title": "series", "series_in_subtitle": "series",
    "series_in_file": "series", "place_missing": "series", "title_polluted": "title", "author_spelled": "authors",
    "people_swapped": "authors", "narrator_listed": "authors", "series_named_twice": "series",
    "wrong_language": "language", "abridged_unmarked": "abridged",
}  # fmt: skip
"""The faults that a proposal repairs, with the field that it changes."""


def measure_messy_libraries() -> list[Figure]:
    """The recall and the wrong proposals over the seeds of the benchmark."""
    measures = [measure(messy_library(seed, BOOKS)) for seed in SEEDS]
    total = Measure(sum(each.books for each in measures))
    for each in measures:
        total.planted += each.planted
        total.found += each.found
        total.repaired += each.repaired
        total.wrong += each.wrong
        total.seconds += each.seconds
    series = ["series_in_folder", "series_in_title", "series_in_subtitle", "series_in_file"]
    return [
        Figure(SECTION, "series proposed rightly", _share(total, series), ""),
        Figure(SECTION, "places proposed rightly", _share(total, ["place_missing"]), ""),
        Figure(SECTION, "polluted titles proposed rightly", _share(total, ["title_polluted"]), ""),
        Figure(SECTION, "wrong proposals for each book", len(total.wrong) / total.books, ""),
        Figure(SECTION, "books checked", total.books / total.seconds, "/s"),
    ]


def _share(measured: Measure, faults: Sequence[str]) -> float:
    planted = sum(measured.planted[each] for each in faults)
    return sum(measured.repaired[each] for each in faults) / planted if planted else 1.0


def measure(library: MessyLibrary) -> Measure:
    """Check the library as library-scanner checks it, and compare the result with the truth."""
    books = {item.fields["id"]: book_of_item(item) for item in library.items}
    editions = {books[item.fields["id"]].id: _editions(item) for item in library.items if item.editions}
    started = time.process_time()
    found = check(list(books.values()), editions)
    result = Measure(len(books), time.process_time() - started)
    _compare(library, books, found, result)
    return result


def check(books: Sequence[Book], editions: dict[UUID, list[KnownEdition]]) -> list[Found]:
    """Everything that the checks of groups find."""
    named = [named_book(book) for book in books]
    names = names_of_library(named)
    by_id = {book.id: book for book in books}
    found: list[Found] = []
    for ids in groups_of(named, names).values():
        found += check_group(Group([by_id[each] for each in ids], names, editions))
    return found


def _compare(library: MessyLibrary, books: dict[str, Book], found: Sequence[Found], result: Measure) -> None:
    abs_ids = {book.id: abs_id for abs_id, book in books.items()}
    truth = {item.fields["id"]: item.truth for item in library.items}
    kinds: dict[str, set[str]] = defaultdict(set)
    right: set[tuple[str, str]] = set()
    for each in found:
        for book_id in each.book_ids:
            kinds[abs_ids[book_id]].add(each.kind)
        for repair in each.repairs:
            abs_id = abs_ids[repair.book_id]
            result.proposals[repair.kind] += 1
            true = truth[abs_id]
            if _is_right(repair, true):
                right.add((abs_id, repair.field))
            else:
                item = books[abs_id]
                result.wrong.append(
                    f"{repair.kind} {repair.score}: {item.title!r} at {item.path!r}: {_text(repair.new)}, "
                    f"not {_text(getattr(true, repair.field))} ({'; '.join(reason.rule for reason in repair.reasons)})"
                )
    expected: dict[str, set[str]] = defaultdict(set)
    for planted in library.planted:
        result.planted[planted.fault] += 1
        for abs_id in planted.books:
            expected[abs_id].add(planted.finding)
        is_found = all(planted.finding in kinds[abs_id] for abs_id in planted.books)
        result.found[planted.fault] += is_found
        repaired = all((abs_id, REPAIRABLE.get(planted.fault, "")) in right for abs_id in planted.books)
        result.repaired[planted.fault] += repaired
        if planted.finding not in _NOT_IN_GROUPS and not (repaired if planted.fault in REPAIRABLE else is_found):
            item = books[planted.books[0]]
            result.missed.append(
                f"{planted.fault}: {item.title!r} ({item.subtitle}) by {item.authors} at {item.path!r} "
                f"{item.file_names} {_text(item.series_in_abs or item.series)}: {truth[planted.books[0]]}"
            )
    for each in found:
        if not any(each.kind in expected[abs_ids[book_id]] for book_id in each.book_ids):
            result.false_findings.append(f"{each.kind}: {each.words}")


def _is_right(repair: Repair, true: TrueFields) -> bool:
    if repair.field == "title":
        return fold(str(repair.new)) == fold(true.title)
    if repair.field in ("language", "abridged"):
        return bool(repair.new == getattr(true, repair.field))
    if repair.field in ("authors", "narrators"):
        return sorted(names_in(repair.new)) == sorted(true.authors if repair.field == "authors" else true.narrators)
    places = places_in(repair.new)
    return [(series_key(each.name), each.sequence) for each in places] == [
        (series_key(name), place) for name, place in true.series
    ]


def _text(value: object) -> str:
    return str(value)


def book_of_item(item: MessyItem) -> Book:
    """The book that library-scanner stores for an item."""
    fields = item.fields
    added = datetime.combine(fields["added"], midnight(), UTC)
    seconds = fields["duration_minutes"] * 60.0
    files = fields.get("files") or [{"name": f"{fields['folder'].rpartition('/')[2]}.m4b", "duration_seconds": seconds}]
    shown = Item(
        abs_id=fields["id"],
        library_id="library",
        path=fields["folder"],
        added_at=added,
        updated_ms=0,
        title=fields["title"],
        subtitle=fields["subtitle"],
        authors=tuple(fields["authors"]),
        narrators=tuple(fields["narrators"]),
        series=tuple(SeriesPlace(**place) for place in fields["series"]),
        asin=fields["asin"],
        published_year=fields["published_year"],
        language=fields["language"],
        duration_seconds=seconds,
        format="m4b",
        files=tuple(AudioFile(each["name"], each["duration_seconds"]) for each in files),
    )
    return sync_book(None, shown, now=added, new_id=uuid5(_SPACE, fields["id"])).stored.book


def _editions(item: MessyItem) -> list[KnownEdition]:
    return [
        KnownEdition(
            provider=each.provider,
            id=each.id,
            identified=each.identified,
            duration_minutes=each.duration_minutes,
            abridged=each.abridged,
            language=each.language,
            series=[SeriesPlace(name=each.series, sequence=each.place)] if each.series else [],
        )
        for each in item.editions
    ]


def main() -> None:
    """Print the measure of one library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--books", type=int, default=BOOKS)
    parser.add_argument("--list", type=int, default=0, help="how many wrong, missed and false results to print")
    options = parser.parse_args()
    result = measure(messy_library(options.seed, options.books))
    write = sys.stdout.write
    for fault in sorted(result.planted):
        write(f"{fault:20} planted {result.planted[fault]:4}  found {result.found[fault]:4}  ")
        write(f"repaired {result.repaired[fault]:4}  recall {result.recall(fault):.3f}\n")
    write(f"proposals {dict(result.proposals)}\n")
    write(f"wrong proposals {len(result.wrong)}: {len(result.wrong) / result.books:.4f} of {result.books} books\n")
    write(f"findings that nobody planted {dict(Counter(each.partition(':')[0] for each in result.false_findings))}\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    write(f"{result.seconds:.1f} s, {result.books / result.seconds:.0f} books/s, at most {peak:.0f} MB\n")
    for name, lines in (("wrong", result.wrong), ("missed", result.missed), ("false", result.false_findings)):
        for line in lines[: options.list]:
            write(f"{name}: {line}\n")


if __name__ == "__main__":
    main()
