"""Whether the name of a unit names a book: by its title, or only by its place in the series."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from shared.books.packs.description import PackBook, PackContents
from shared.books.packs.units import Unit
from shared.books.records import record
from shared.books.releases.description import ReadWanted, ReleaseDescription
from shared.books.releases.judging import SHORTEST_LIKENESS, judge_release, ready
from shared.books.releases.name_words import Word, runs_of, words_of
from shared.books.releases.people_in_names import find_people
from shared.books.releases.words import AUDIO_FORMATS, HARMLESS_WORDS
from shared.books.series.sequence import normalise
from shared.books.text.names import person
from shared.books.text.number_words import ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.place_words import UNITS_BY_LANGUAGE
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title

BY_TITLE, BY_PLACE = 0.95, 0.7
"""The confidence in a title, and in a place alone."""
MAX_COMPARISONS = 60_000
"""Names compared with books in one pack: four hundred names with a hundred and fifty books."""
_UNIT_WORDS = frozenset(fold(word) for words in UNITS_BY_LANGUAGE.values() for word in words)
_PLACE = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LIST_ENTRY = re.compile(
    r"^\W*(?:(?:book|bk|vol(?:ume)?|band|tome|#)\W{0,3})?0*(?P<place>\d{1,3}(?:\.\d)?)\s*[-–:.)]+\s*(?P<title>\S.{2,120})$",
    re.IGNORECASE | re.MULTILINE,
)
_MANY = re.compile(r"\b(?:various|diverse|divers|mixed)\b", re.IGNORECASE)


@record
class Named:
    """A book that a unit names, how surely, and in words. `letters` is the length of the title that was found."""

    book: PackBook
    confidence: float
    words: str
    letters: int = 0

    @property
    def by_title(self) -> bool:
        """Whether the title was found, and not only the place."""
        return self.confidence >= BY_TITLE


class PackNames:
    """The names in one pack, compared with the books that it may hold."""

    def __init__(self, contents: PackContents, books: Sequence[PackBook]) -> None:
        self._release = contents.release
        self._above = f"{contents.release.name} / {contents.folder} / {contents.release.work_title or ''}"
        self._books = [(book, ready(book.sought)) for book in books]
        self._listed = {
            normalise(match["place"]) or "": match["title"]
            for match in _LIST_ENTRY.finditer(contents.description[:20_000])
        }
        self._by_name: dict[tuple[str, tuple[str, ...], frozenset[str]], list[Named]] = {}
        self._split: dict[str, list[Word]] = {}
        self._letters: dict[str, tuple[str, str]] = {}
        self._comparisons = 0

    def books_named(self, unit: Unit) -> list[Named]:
        """The books that the unit may be, surest first; several if its name fits several.

        Empty after `MAX_COMPARISONS`, because a pack of real books needs far fewer.
        """
        key = (unit.name, unit.folders, unit.suffixes)
        if key not in self._by_name:
            self._comparisons += len(self._books)
            if self._comparisons > MAX_COMPARISONS:
                return []
            found = [named for book, prepared in self._books if (named := self._named(unit, book, prepared))]
            self._by_name[key] = sorted(found, key=lambda named: (-named.confidence, -named.letters))
        return self._by_name[key]

    def _named(self, unit: Unit, book: PackBook, prepared: ReadWanted) -> Named | None:
        wanted = prepared.wanted.book
        name = self._title_in(unit, prepared)
        if name is not None:
            words, sure, letters = (
                f"“{name[:120]}” names “{wanted.title[:120]}”",
                BY_TITLE,
                len(fold(main_title(wanted.title))),
            )
        elif self._is_its_place(unit, prepared):
            place = wanted.series[0].sequence
            words, sure, letters = (
                f"“{unit.name[:120]}” is place {place} of “{wanted.series[0].name[:120]}”",
                BY_PLACE,
                0,
            )
        else:
            return None
        return Named(book, sure, words, letters) if self._is_by_its_author(unit, prepared) else None

    def _title_in(self, unit: Unit, prepared: ReadWanted) -> str | None:
        """The name of the unit that names the book by its title, or None."""
        if all(word.text.isdigit() for word in self._words(unit.name)):
            return None  # "009" is a number, even if there is a book "Nine"
        names = dict.fromkeys((unit.name, _in_parent(unit), _without_surname(unit.name, prepared)))
        authors = prepared.wanted.book.authors
        likely = [name for name in names if self._may_contain_title(name, prepared)]
        return next(
            (name for name in likely if judge_release(prepared, self._as_release(name, unit, authors)).accepted), None
        )

    def _may_contain_title(self, name: str, prepared: ReadWanted) -> bool:
        """A fast check before the rules, as for releases: whether the letters of a title are in the name."""
        if name not in self._letters:
            words = fold(name)
            self._letters[name] = (words.replace(" ", ""), one_spelling(words).replace(" ", ""))
        letters, spelled = self._letters[name]
        return any(
            fuzz.partial_ratio(one.letters, letters, score_cutoff=SHORTEST_LIKENESS) > 0
            or fuzz.partial_ratio(one.short_letters, spelled, score_cutoff=SHORTEST_LIKENESS) > 0
            for one in (prepared, *prepared.others)
        )

    def _words(self, text: str) -> list[Word]:
        if text not in self._split:
            self._split[text] = words_of(text)
        return self._split[text]

    def _as_release(self, name: str, unit: Unit, authors: tuple[str, ...]) -> ReleaseDescription:
        """The unit as if it was offered alone, so that the rules for releases judge it."""
        return ReleaseDescription(
            id=name,
            name=name,
            authors=authors,
            filetypes=tuple(sorted(unit.suffixes)),
            language_code=self._release.language_code,
        )

    def _is_by_its_author(self, unit: Unit, prepared: ReadWanted) -> bool:
        """Whether the pack, a folder or the name gives an author of the book, and no folder another known author."""
        own = prepared.sought.people
        nearest = [unit.name, *reversed(unit.folders)]
        if any(find_people(self._words(name), own) for name in nearest):
            return True
        others = [
            one for _, other in self._books for one in other.sought.people
            if one.letters not in {mine.letters for mine in own}
        ]  # fmt: skip
        if others and any(find_people(self._words(name), others) for name in nearest):
            return False
        listed = [author for author in self._release.authors if fold(author)]
        if len(listed) > 1 and all(person(author).letters not in {one.letters for one in own} for author in listed):
            return False
        if len(listed) > 1 or any(_MANY.search(author) for author in listed):
            return False
        if listed:
            return bool(find_people(self._words(listed[0]), own))
        return bool(find_people(self._words(self._above), own))

    def _is_its_place(self, unit: Unit, prepared: ReadWanted) -> bool:
        """Whether nothing but the series, people and the book's place is in the name.

        The series must be named by the name, by the folder that holds the unit, or by the pack.
        """
        sought = prepared.sought
        if sought.place is None or not sought.series:
            return False
        words = self._words(unit.name)
        if not any(_may_be_place(word.text, sought.place) for word in words):
            return False
        if _numbers_alone(words, prepared) != [sought.place]:
            return False
        holder = unit.folders[-1] if unit.folders else self._above
        fields = " / ".join(place.name for place in self._release.series) if not unit.folders else ""
        if not any(
            runs_of(self._words(text), name) for name in sought.series for text in (unit.name, holder, fields) if text
        ):
            return False
        listed = self._listed.get(sought.place)
        return (
            listed is None
            or judge_release(prepared, self._as_release(listed, unit, prepared.wanted.book.authors)).accepted
        )


def _in_parent(unit: Unit) -> str:
    """The name with that of the folder above: "Oz / 02" and "The Marvelous Land" may need each other."""
    return f"{unit.folders[-1]} - {unit.name}" if unit.folders else unit.name


def _without_surname(name: str, prepared: ReadWanted) -> str:
    """The name without the author's surname at its start, which is often the only name of the author in scene names."""
    first, _, rest = name.partition(" ")
    return rest if rest and fold(first) in {one.surname for one in prepared.sought.people} else name


def _numbers_alone(words: Sequence[Word], prepared: ReadWanted) -> list[str] | None:
    """The numbers in a name that has no other unexplained words, or None if it has."""
    sought = prepared.sought
    known = find_people(words, sought.people)
    for series in sought.series:
        known |= {place for run in runs_of(words, series) for place in range(*run)}
    numbers: list[str] = []
    for at, word in enumerate(words):
        if at in known or word.bracketed:
            continue
        before = words[at - 1].text if at else ""
        number = normalise(word.text) if _PLACE.fullmatch(word.text) else None
        if number is None and before in _UNIT_WORDS:
            value = WORD_NUMBERS.get(word.text) or ROMAN_NUMERALS.get(word.text)
            number = str(value) if value else None
        if number is not None:
            numbers.append(number)
        elif not _is_explained(word.text):
            return None
    return numbers


def _may_be_place(word: str, place: str) -> bool:
    number = WORD_NUMBERS.get(word) or ROMAN_NUMERALS.get(word)
    return normalise(word) == place or str(number) == place


def _is_explained(word: str) -> bool:
    return word in HARMLESS_WORDS or word in AUDIO_FORMATS or word in _UNIT_WORDS or _YEAR.fullmatch(word) is not None
