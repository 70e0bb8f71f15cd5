"""Reads the series of a whole library jointly, so that books of one author or folder resolve each other's doubts.

Each book is first read alone. Then the other books of its author or folder, and the series that Audiobookshelf or a
provider names, resolve three kinds of doubt: where a title ends and its series begins ("The Door Emerald Gate,
Book 2"), whether a number belongs to the title ("Emerald Tower 2"), and which part of a text is the series ("Emerald
Gate: The Door, Book 2").
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shared.books.description import Reason, SeriesPlace
from shared.books.records import record
from shared.books.series.bare_numbers import bare_numbers_in
from shared.books.series.folder_names import author_above, leaf_text, without_author
from shared.books.series.names import clean_name
from shared.books.series.phrases import SEGMENTS
from shared.books.series.place_phrases import places_in
from shared.books.series.reading import SURE_ENOUGH, every_reading
from shared.books.series.readings import SeriesReading
from shared.books.series.recurring_names import RecurringNames
from shared.books.series.sequence import normalise
from shared.books.text.marks import strip_marks
from shared.books.text.names import person
from shared.books.text.titles import LONGEST_TITLE, fold, without_article
from shared.translatable import translatable

READING_VERSION = 2
"""The version of the rules that read a series from texts. Raise it with every change of their results: the next scan
of a library then reads the series of its unchanged books again."""
EXPLICIT = 0.85
"""The lowest confidence at which the reading of one book counts as explicit."""
CONFIRMED = 0.9
"""The confidence of a reading that other books confirm."""


@record
class ItemTexts:
    """The texts of one book. `series` are those that Audiobookshelf or a provider names.

    `path` is relative to the library and ends at the book's folder.
    """

    title: str | None
    subtitle: str | None = None
    author: str | None = None
    path: str | None = None
    series: tuple[SeriesPlace, ...] = ()


@record
class _Numbered:
    """The words before a number in one of a book's texts, as written and folded, and the place.

    `marked` is True if a word or sign marks the number as a place. `head` is the first of two parts of the text.
    """

    words: tuple[str, ...]
    folded: tuple[str, ...]
    head: str | None
    place: str
    marked: bool


@record
class _Read:
    """A book read alone: its owner, its readings, and the numbers in its texts."""

    owner: str
    letters: str
    readings: tuple[SeriesReading, ...]
    numbered: tuple[_Numbered, ...]


def read_library(items: Sequence[ItemTexts]) -> list[list[SeriesReading]]:
    """The series of each book, the most certain first, in the order of the books.

    A reading whose number may belong to the title stays `guessed` unless another book confirms it. Takes about a tenth
    of a millisecond for each book. The result for a book depends on all the books.
    """
    library = _Library(items)
    return [library.read(book) for book in range(len(items))]


class _Library:
    def __init__(self, items: Sequence[ItemTexts]) -> None:
        self._items = items
        self._read = [_read_alone(item) for item in items]
        self._all = RecurringNames()
        self._by_owner: dict[str, RecurringNames] = defaultdict(RecurringNames)
        self._owners: dict[str, set[str]] = defaultdict(set)
        for book, read in enumerate(self._read):
            self._learn(book, read)

    def read(self, book: int) -> list[SeriesReading]:
        """The readings of one book, which depend on the other books."""
        read = self._read[book]
        first = read.readings[0] if read.readings else None
        better = None
        if first is None or first.confidence < EXPLICIT or first.guessed:
            better = self._settled(book, read, first)
        elif not self._weight(book, read, _key(first.name)):
            better = self._head(book, read, first)
        likely = [one for one in read.readings if one.confidence >= SURE_ENOUGH]
        if better is None:
            return likely
        return [
            better,
            *(one for one in likely if _key(one.name) != _key(better.name) and one.sequence != better.sequence),
        ]

    def _learn(self, book: int, read: _Read) -> None:
        groups = (self._all, self._by_owner[read.owner]) if read.owner else (self._all,)
        named = [(place.name, normalise(place.sequence)) for place in self._items[book].series]
        named += [(one.name, one.sequence) for one in read.readings if one.confidence >= EXPLICIT and not one.guessed][
            :1
        ]
        title = fold(self._items[book].title, drop_article=True)
        for group in groups:
            for name, place in named:
                group.add_named(book, _key(name), place)
            for one in () if named else read.readings:
                if one.sequence and one.confidence < EXPLICIT:
                    group.add_numbered(book, _key(one.name), one.sequence)
            for each in read.numbered:
                if each.marked and not named:
                    group.add_ends(book, each.folded, each.place)
                if each.head:
                    group.add_head(book, _key(each.head), each.place)
            if title and not read.numbered:
                group.add_title(book, title)
        for name, _ in named:
            self._owners[_key(name)].add(read.owner)

    def _settled(self, book: int, read: _Read, first: SeriesReading | None) -> SeriesReading | None:
        for one in read.readings:
            if one.guessed and self._weight(book, read, _key(one.name)):
                return _confirmed(one.name, one.sequence, one)
        for each in read.numbered:
            name = self._name_at_end(book, read, each)
            if name and (each.marked or first is None or first.guessed):
                return _confirmed(name, each.place, first)
        if first is not None and self._weight(book, read, _key(first.name)):
            return replace(first, confidence=max(first.confidence, CONFIRMED), guessed=False)
        return None

    def _name_at_end(self, book: int, read: _Read, each: _Numbered) -> str | None:
        """The last words before a number that are a series: named or repeated by books of the owner, or of others."""
        mine = self._by_owner.get(read.owner) if read.owner else None
        size = mine.named_end(each.folded, book) if mine else 0
        if not size and each.marked:
            size = mine.recurring_end(each.folded, book) if mine else 0
        if not size:
            size = self._all.named_end(each.folded, book, shortest=2)
            if size and not self._may_be_meant(read, without_article(" ".join(each.folded[-size:])), book):
                return None
        if not each.marked and size != len(each.folded):
            return None
        return " ".join(each.words[-size:]) if size else None

    def _head(self, book: int, read: _Read, first: SeriesReading) -> SeriesReading | None:
        """A reading with the start of the text as the series, if other books begin the same way; else None."""
        if not read.owner:
            return None
        for each in read.numbered:
            if each.head and self._by_owner[read.owner].is_head(_key(each.head), book, each.place):
                return _confirmed(each.head, each.place, first)
        return None

    def _weight(self, book: int, read: _Read, key: str) -> int:
        if read.owner:
            return self._by_owner[read.owner].weight(key, book)
        return self._all.weight(key, book) if " " in key and self._may_be_meant(read, key, book) else 0

    def _may_be_meant(self, read: _Read, key: str, book: int) -> bool:
        """Whether this book may mean a name that books of others have: it names one of the owners, or it has none."""
        if not self._all.is_named(key, book):
            return not read.owner
        owners = self._owners.get(key, set())
        return not read.owner or "" in owners or any(owner in read.letters for owner in owners)


def _read_alone(item: ItemTexts) -> _Read:
    owner = _owner(item)
    readings = every_reading(item.title, item.subtitle, item.author, item.path)
    numbered = tuple(_numbered(item))
    letters = fold(f"{item.author or ''} {item.path or ''}"[-LONGEST_TITLE:]).replace(" ", "")
    return _Read(owner, letters, tuple(readings[:4]), numbered)


def _owner(item: ItemTexts) -> str:
    """The author's letters from the book or its folders, else the name of its folder, else an empty string."""
    if item.author:
        return person(item.author).letters
    parts = [part for part in (item.path or "").split("/") if part.strip()]
    if not parts:
        return ""
    above = author_above(parts[:-1], parts[-1])
    if above:
        return person(above).letters
    if len(parts) > 1:
        return fold(parts[0] if len(parts) > 2 else parts[-2]).replace(" ", "")
    head, dash, _ = leaf_text(parts[0]).partition(" - ")
    named = dash and 1 < len(head.split()) <= 4 and not any(char.isdigit() for char in head)
    return person(head).letters if named else ""


def _numbered(item: ItemTexts) -> Iterable[_Numbered]:
    """The numbers in the title and in the book's own folder, with the words before each."""
    texts = [strip_marks(item.title)] if item.title else []
    parts = [part.strip() for part in (item.path or "").split("/") if part.strip()]
    if parts:
        texts.append(
            without_author(leaf_text(parts[-1]), parts[:-1], item.author or author_above(parts[:-1], parts[-1]))
        )
    for text in texts:
        places = places_in(text)[-1:]
        if places:
            at_end = not fold(places[0].after)
            yield from _before(places[0].before, places[0].sequence, marked=True, at_end=at_end)
            continue
        for before, number in bare_numbers_in(text)[:3]:
            yield from _before(before, normalise(number), marked=False, at_end=False)


def _before(text: str, place: str | None, *, marked: bool, at_end: bool) -> Iterable[_Numbered]:
    segments = [segment for segment in SEGMENTS.split(clean_name(text)) if fold(segment)]
    if place is None or not segments:
        return
    words = [word for word in segments[-1].split() if fold(word)]
    folded = [fold(word) for word in words]
    head = segments[0] if at_end and len(segments) == 2 else None
    yield _Numbered(tuple(words), tuple(folded), head, place, marked)


def _key(name: str) -> str:
    return without_article(fold(clean_name(name)))


def _confirmed(name: str, place: str | None, read: SeriesReading | None) -> SeriesReading:
    words = f"other books of the library are numbered in “{name[:80]}”, so this is its place {place or 'unknown'}"
    words = translatable("finding.numbered_series", words, series=name[:80], place=place)
    evidence = (*(read.evidence if read else ()), Reason("siblings", words, CONFIRMED))
    return SeriesReading(clean_name(name), place, CONFIRMED, evidence)
