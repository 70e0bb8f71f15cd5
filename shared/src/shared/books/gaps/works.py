"""Groups the editions of a catalogue into works, so that each work is reported once."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from shared.books.description import BookDescription, SeriesPlace
from shared.books.gaps.answer import CatalogueEntry
from shared.books.matching.disjoint_set import Groups
from shared.books.matching.folded import Folded, folded
from shared.books.matching.same_work import Answer, compare_folded
from shared.books.matching.same_work_weights import ANY_SERIES
from shared.books.matching.work_kinds import is_core_place
from shared.books.records import record
from shared.books.series.names import clean_name
from shared.books.series.reading import read_series
from shared.books.series.sequence import normalise, sort_key
from shared.books.text.languages import same_language
from shared.books.text.marks import strip_marks
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import LONGEST_TITLE, fold, main_title, without_article

EDITION_WORDS = frozenset({"annotated", "illustrated", "unabridged", "original", "complete"})
"""Words before a title that mark an edition of it: "The Annotated Ozma"."""
SAME_SERIES_NAME = 85.0
"""The lowest ratio (0-100) of two folded series names that are spellings of one series."""
SERIES_WORDS = ("saga", "trilogy", "chronicles", "series", "cycle")
"""Last words of series names that some sources omit."""
REMEMBERED = 4096
"""The number of cached titles and series names. The entries of one catalogue are read several times."""
MAX_WORKS_IN_BLOCK = 20
"""The most works with a shared title or place with which an edition is compared."""
_SERIES_IN_BRACKETS = re.compile(r"\s*\([^()]*#[^()]*\)\s*$")
_NOVEL_OF_SERIES = re.compile(
    r"\s*\((?:an? |the )[^()]{1,60} (?:novel|novella|mystery|thriller|romance|adventure|story)\)\s*$", re.IGNORECASE
)
_BRACKETS_AT_END = re.compile(r"\s*[\[(][^()\[\]]*[\])]\s*$")
MAX_EDITIONS_COMPARED = 5
"""The most titles of one work with which an owned book is compared."""


@record
class CatalogueWork:
    """The entries of one work, the one that names it first, and its place in the searched series, if any.

    `editions` are its folded entries with different titles, `names` all its folded titles.
    """

    entries: tuple[CatalogueEntry, ...]
    place: str | None
    editions: tuple[Folded, ...]
    names: tuple[str, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of every entry of the work."""
        return tuple(entry.id for entry in self.entries)


@lru_cache(maxsize=REMEMBERED)
def without_series(title: str) -> str:
    """A title without a "(Series, #1)" at the end, which some catalogues append."""
    plain = " ".join(title[:LONGEST_TITLE].split())
    return _SERIES_IN_BRACKETS.sub("", plain) or plain


def titles_of(book: BookDescription) -> tuple[str, ...]:
    """The folded titles of a catalogue entry.

    They are the whole title, and the title without subtitle, edition marks and author ("Baum's Ozma (Annotated)").
    """
    return _titles(book.title, book.authors)


@lru_cache(maxsize=REMEMBERED)
def _titles(title: str, authors: tuple[str, ...]) -> tuple[str, ...]:
    plain = without_series(title)
    marked = strip_marks(plain)
    every = [plain, main_title(plain), _BRACKETS_AT_END.sub("", plain)]
    if marked != plain:
        every += [marked, main_title(marked)]
    found = dict.fromkeys(title for title in (fold(one, drop_article=True) for one in every) if title)
    for one in list(found):
        bare = _without_edition_words(one, authors)
        if bare != one:
            found[bare] = None
    return tuple(found)


def _without_edition_words(title: str, authors: tuple[str, ...]) -> str:
    """A folded title without "The Annotated" before it, and without its author before or after it."""
    first, _, rest = title.partition(" ")
    bare = without_article(rest) if rest and first in EDITION_WORDS else title
    for author in map(fold, authors):
        if not author:
            continue
        for before in (f"{author}s ", f"{author} ", f"{author.rpartition(' ')[2]}s "):
            bare = bare.removeprefix(before) if len(bare) > len(before) + 2 else bare
        bare = bare.removesuffix(f" by {author}")
    return without_article(bare)


@lru_cache(maxsize=REMEMBERED)
def series_key(name: str) -> str:
    """The name of a series, normalized for comparison."""
    return fold(clean_name(name), drop_article=True)


def same_series(a: str, b: str) -> bool:
    """Whether two series keys (see `series_key`) are one series, for books of one author.

    One may lack a last word such as "Saga": "Red Tide" and "Red Tide Saga".
    """
    if not a or not b:
        return False
    if a == b or fuzz.ratio(a, b) >= SAME_SERIES_NAME:
        return True
    mine, theirs = one_spelling(a), one_spelling(b)
    return mine == theirs or mine == short_series_key(theirs) or theirs == short_series_key(mine)


def short_series_key(key: str) -> str:
    """A series key without a last word such as "saga"; the whole key if nothing else is left."""
    rest, _, last = key.rpartition(" ")
    return rest if rest and last in SERIES_WORDS else key


def keys_of_one_series(key: str) -> tuple[str, ...]:
    """The key and the other keys that the same series may have, with and without a last word such as "saga"."""
    short = short_series_key(key)
    longer = (f"{short} {word}" for word in SERIES_WORDS) if short == key else (short,)
    return (key, *longer)


def place_in(entry: CatalogueEntry, key: str) -> str | None:
    """The entry's place in the series `key`: from its source, else read from its title; None when unknown."""
    book = entry.description
    for place in book.series:
        if place.sequence and same_series(series_key(place.name), key):
            return normalise(place.sequence) or place.sequence
    for reading in read_series(book.title, book.subtitle, book.authors[0] if book.authors else None):
        if reading.sequence and same_series(series_key(reading.name), key):
            return reading.sequence
    return None


def works_of_series(entries: Iterable[CatalogueEntry], series: SeriesPlace, language: str) -> list[CatalogueWork]:
    """One work for each place, in order. Each entry without a whole place is a separate work."""
    key = series_key(series.name)
    by_place: dict[str | None, list[CatalogueEntry]] = defaultdict(list)
    for entry in entries:
        by_place[place_in(entry, key)].append(entry)
    works: list[CatalogueWork] = []
    for place in sorted(by_place, key=sort_key):
        if place is not None and is_core_place(place):
            works.append(_work(by_place[place], place, language))
        else:
            works += [_work([entry], place, language) for entry in by_place[place]]
    return works


def works_of_author(entries: Sequence[CatalogueEntry], language: str) -> list[CatalogueWork]:
    """The entries grouped into works, in the order of their first entries."""
    groups = Groups(len(entries))
    for block in _blocks(entries):
        _join(block, entries, groups)
    gathered = [[entries[number] for number in group] for group in groups.gathered()]
    return [_work(group, _only_place(group), language) for group in gathered]


def _blocks(entries: Sequence[CatalogueEntry]) -> list[list[int]]:
    """Groups of entries that may be one work: they share a title, or a place and a word of the series name."""
    blocks: dict[object, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        book = entry.description
        places = {
            (word, place)
            for name, place in _fold(book).places
            if place
            for word in name.split()
            if word not in ANY_SERIES
        }
        for key in {*map(one_spelling, titles_of(book)), *places}:
            blocks[key].append(number)
    return [block for block in blocks.values() if len(block) > 1]


def _join(block: list[int], entries: Sequence[CatalogueEntry], groups: Groups) -> None:
    """Join each entry with the first earlier entry of its block that is the same work. A block has few works."""
    leads: list[int] = []
    for number in block:
        for lead in leads[:MAX_WORKS_IN_BLOCK]:
            if groups.root(lead) == groups.root(number):
                break
            if _one_work(entries[lead].description, entries[number].description):
                groups.join(lead, number)
                break
        else:
            leads.append(number)


def _fold(book: BookDescription) -> Folded:
    """The entry folded with its bare title, without the series and author that some catalogues add to it."""
    return _folded_edition(book.title, book.subtitle, book.authors, book.series, book.dramatized, book.compilation)


@lru_cache(maxsize=REMEMBERED)
def _folded_edition(
    title: str,
    subtitle: str | None,
    authors: tuple[str, ...],
    series: tuple[SeriesPlace, ...],
    dramatized: bool | None,
    compilation: bool | None,
) -> Folded:
    """The part of a catalogue entry that is compared. Editions differ mostly in the fields that are not here."""
    bare = _NOVEL_OF_SERIES.sub("", title[:LONGEST_TITLE])
    if any(place.sequence for place in series):
        bare = without_series(bare)
    for author in authors:
        bare = bare.removesuffix(f" by {author}").removeprefix(f"{author}'s ").removeprefix(f"{author}’s ")
    return folded(
        BookDescription(
            title=bare if bare.strip() else title,
            subtitle=subtitle,
            authors=authors,
            series=series,
            dramatized=dramatized,
            compilation=compilation,
        )
    )


def _one_work(a: BookDescription, b: BookDescription) -> bool:
    if a.title == b.title and a.authors == b.authors and a.series == b.series:
        return True
    return compare_folded(_fold(a), _fold(b)).answer is Answer.SAME


def _only_place(group: list[CatalogueEntry]) -> str | None:
    for entry in group:
        for place in entry.description.series:
            if place.sequence:
                return normalise(place.sequence)
    return None


def _work(entries: list[CatalogueEntry], place: str | None, language: str) -> CatalogueWork:
    ordered = sorted(entries, key=lambda entry: _as_lead(entry, language))
    editions: dict[tuple[str, ...], Folded] = {}
    for entry in ordered:
        names = titles_of(entry.description)
        if names not in editions and len(editions) < MAX_EDITIONS_COMPARED:
            editions[names] = _fold(entry.description)
    every = tuple(dict.fromkeys(name for names in editions for name in names))
    return CatalogueWork(tuple(ordered), place, tuple(editions.values()), every)


def _as_lead(entry: CatalogueEntry, language: str) -> tuple[int, int]:
    """A sort key: the wanted language first, then the oldest edition, which has the best known title."""
    book = entry.description
    known = same_language(book.language, language)
    year = book.published_year or (book.published.year if book.published else 9999)
    return (0 if known else 1, year)
