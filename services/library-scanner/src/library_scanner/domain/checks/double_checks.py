"""Checks for items that are one book: copies of one recording in two folders."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz
from shared.books.gaps.works import series_key
from shared.books.matching.disjoint_set import Groups
from shared.books.series.sequence import normalise, same_place
from shared.books.text.identifiers import asin
from shared.books.text.languages import same_language
from shared.books.text.names import same_people
from shared.books.text.titles import fold, split_subtitle
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group

SAME_DURATION = 0.04
"""The largest share by which the durations of two copies of one recording differ."""
SAME_DURATION_ALONE = 0.01
"""The same if nothing else shows that the recording is the same."""
MISSPELLED_TITLE = 92.0
MAX_IN_BLOCK = 40
_PART = re.compile(
    r"\b(?:part|pt|cd|disc|disk|partie|parte|część|часть|act)\.?\s*"
    r"(?P<number>\d{1,3}|[ivx]{1,5}|one|two|three|four|five|six|eins|zwei|drei|un|deux|trois|uno|dos|tres)\b",
    re.IGNORECASE,
)
_FORM = re.compile(r"dramati[sz]|full cast|graphic ?audio|radio play|hörspiel|bbc radio", re.IGNORECASE)


def check_doubles(group: Group) -> Iterator[Found]:
    """Two or more items that are copies of one recording."""
    books = list(group.books)
    same = Groups(len(books))
    for one, other in _near(group, books):
        if _is_one_book(group, books[one], books[other]):
            same.join(one, other)
    copies: dict[int, list[Book]] = defaultdict(list)
    for place, book in enumerate(books):
        copies[same.root(place)].append(book)
    for alike in copies.values():
        if len(alike) > 1:
            yield _found(alike)


def _near(group: Group, books: Sequence[Book]) -> Iterator[tuple[int, int]]:
    """The pairs that may be one book: with one title or ASIN, or with one duration."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, book in enumerate(books):
        blocks[f"title {group.bare_title(book)}"].append(place)
        if number := asin(book.asin):
            blocks[f"asin {number}"].append(place)
        if book.duration_seconds:
            for step in {round(book.duration_seconds / 60), round(book.duration_seconds / 60 + 0.49)}:
                blocks[f"minutes {step}"].append(place)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for pair in combinations(block[:MAX_IN_BLOCK], 2):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _is_one_book(group: Group, one: Book, other: Book) -> bool:
    if one.path == other.path or same_language(one.language, other.language) is False or one.abridged != other.abridged:
        return False
    if _part(one) != _part(other) or _is_dramatized(one) != _is_dramatized(other) or _are_two_places(group, one, other):
        return False
    if one.authors and other.authors and not same_people(one.authors, other.authors):
        return False
    known = bool(one.narrators and other.narrators)
    if known and not same_people(one.narrators, other.narrators):
        return False
    if not _is_same_duration(one, other, SAME_DURATION if known else SAME_DURATION_ALONE):
        return bool(asin(one.asin)) and asin(one.asin) == asin(other.asin) and not _has_durations(one, other)
    return bool(asin(one.asin) and asin(one.asin) == asin(other.asin)) or _is_same_title(group, one, other, known)


def _is_same_title(group: Group, one: Book, other: Book, same_reader: bool) -> bool:
    if asin(one.asin) and asin(other.asin) and group.bare_title(one) != group.bare_title(other):
        return False
    titles = [_whole_title(group, book) for book in (one, other)]
    if titles[0] == titles[1]:
        return True
    parts = [split_subtitle(_clean(group, book)) for book in (one, other)]
    if group.bare_title(one) == group.bare_title(other):
        return not (parts[0][1] and parts[1][1])
    digits = [re.findall(r"\d+", title) for title in titles]
    return (
        same_reader
        and digits[0] == digits[1]
        and min(len(title) for title in titles) > 7
        and fuzz.ratio(*titles) >= MISSPELLED_TITLE
        and _is_same_duration(one, other, SAME_DURATION_ALONE)
    )


def _are_two_places(group: Group, one: Book, other: Book) -> bool:
    """Whether both have a place in one series, and the places differ."""
    mine, theirs = _places(group, one), _places(group, other)
    shared = mine.keys() & theirs.keys()
    return any(not same_place(mine[key], theirs[key]) for key in shared)


def _places(group: Group, book: Book) -> dict[str, str]:
    places = {series_key(place.name): place.sequence for place in group.in_abs[book.id] if normalise(place.sequence)}
    for one in group.readings[book.id][:2]:
        if one.sequence:
            places.setdefault(series_key(one.name), one.sequence)
    return {key: sequence for key, sequence in places.items() if sequence}


def _part(book: Book) -> tuple[str, ...]:
    text = f"{book.title} {book.subtitle or ''}"
    return tuple(sorted({match["number"].lower().lstrip("0") for match in _PART.finditer(text)}))


def _is_dramatized(book: Book) -> bool:
    return _FORM.search(" ".join((book.title, book.subtitle or "", book.path))) is not None


def _has_durations(one: Book, other: Book) -> bool:
    return bool(one.duration_seconds and other.duration_seconds)


def _is_same_duration(one: Book, other: Book, tolerance: float) -> bool:
    if not one.duration_seconds or not other.duration_seconds:
        return False
    longer = max(one.duration_seconds, other.duration_seconds)
    return abs(one.duration_seconds - other.duration_seconds) <= max(tolerance * longer, 60)


def _clean(group: Group, book: Book) -> str:
    clean = group.clean_titles[book.id]
    return clean.title if clean else book.title


def _whole_title(group: Group, book: Book) -> str:
    return fold(_clean(group, book), drop_article=True)


def _found(alike: Sequence[Book]) -> Found:
    alike = sorted(alike, key=lambda book: (book.added_at, book.path))
    evidence = [Reason.of("copy", _copy(book)) for book in alike[:8]]
    count, title = len(alike), alike[0].title
    return Found(
        FindingKind.SAME_BOOK_TWICE,
        tuple(book.id for book in alike),
        translatable("finding.one_book", f"{count} items are one book: “{title}”", count=count, title=title),
        tuple(sorted(book.path for book in alike)),
        tuple(evidence),
    )


def _copy(book: Book) -> str:
    minutes = round((book.duration_seconds or 0) / 60)
    words = (
        f"“{book.path}”: {book.format or 'unknown format'}, {minutes} minutes, "
        f"{', '.join(book.narrators) or 'no narrator'}, ASIN {book.asin or 'unknown'}"
    )
    return translatable(
        "finding.copy",
        words,
        path=book.path,
        format=book.format or None,
        minutes=minutes,
        narrators=list(book.narrators) or None,
        asin=book.asin or None,
    )
