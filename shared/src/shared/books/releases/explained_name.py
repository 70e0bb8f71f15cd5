"""Reads a release's name in the light of the wanted book: which words are its title, author and series, what is left.

Blindly read, "Silver Sky 02 City of Ash" could be one title or two; knowing what is sought it is not. The outcome is
what the name holds of the book sought and, in words, what stays unclear.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from shared.books.description import BookDescription
from shared.books.releases.name_words import Word, plain_words, runs_of, words_of
from shared.books.releases.people_in_names import find_people
from shared.books.releases.words import AUDIO_FORMATS, HARMLESS_WORDS, JOINING_WORDS, SUBTITLE_OPENERS
from shared.books.series.names import clean_name
from shared.books.series.sequence import normalise
from shared.books.text.names import Person, people
from shared.books.text.spelling import spellings
from shared.books.text.titles import split_subtitle

LONG_TITLE = 4
"""Words from which a title is long enough that what follows it is its subtitle, not another book's title."""
CLOSE_SUBTITLE = 80.0
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought in names, taken apart once: titles (the whole one first), people, series names and place."""

    titles: tuple[tuple[str, ...], ...]
    subtitle: str
    people: tuple[Person, ...]
    series: tuple[tuple[str, ...], ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class Explained:
    """What a name holds of the sought book: title (`in_full` with its subtitle), author, place; what is in doubt."""

    title: bool
    in_full: bool
    author: bool
    place: str | None
    doubt: str | None

    @property
    def whole(self) -> bool:
        """Whether the name is the sought book's and nothing in it speaks against that."""
        return self.title and self.author and self.doubt is None


def sought(book: BookDescription) -> Sought:
    """The book taken apart for `explain`."""
    main, subtitle = split_subtitle(book.title)
    titles = [_bare(plain_words(book.title))]
    if subtitle:
        titles.append(_bare(plain_words(main)))
    titles += [tuple(word for word in title if word != "and") for title in titles]
    titles += [other for title in titles for other in spellings(title)]
    named = [name for place in book.series for name in (place.name, clean_name(place.name))]
    series = [_bare(plain_words(name)) for name in named]
    place = next((normalise(one.sequence) for one in book.series if one.sequence), None)
    return Sought(
        titles=tuple(dict.fromkeys(title for title in titles if title)),
        subtitle=" ".join(plain_words(subtitle or book.subtitle or "")),
        people=people(book.authors),
        series=tuple(dict.fromkeys(name for name in series if name)),
        place=place,
    )


def explain(book: Sought, name: str, *, author_given: bool = False) -> Explained:
    """What `name` holds of the book. With `author_given` the author is known from elsewhere and not looked for."""
    words = words_of(name)
    by = find_people(words, book.people)
    author = author_given or bool(by)
    series = {place for name in book.series for run in runs_of(words, name) for place in range(*run)}
    best = Explained(
        title=False, in_full=False, author=author, place=_place(words, book), doubt="the title is not there"
    )
    for title in book.titles:
        for run in runs_of(words, title):
            doubt = _Reading(book, words, title, run, by | (series - set(range(*run)))).doubt()
            read = Explained(True, title == book.titles[0], author, _place(words, book, run), doubt)
            if doubt is None:
                return read
            best = best if best.title else read
    return best


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place where the title stands, and the words otherwise explained."""

    book: Sought
    words: Sequence[Word]
    title: tuple[str, ...]
    run: tuple[int, int]
    known: set[int]

    def doubt(self) -> str | None:
        """Why this is not surely the book; None when it is."""
        first = self.run[0]
        before = self._left(range(0, first), segment=self.words[first].segment)
        if before and not _is_number(before[-1]) and any(len(word) > 1 for word in before):
            return f"“{' '.join(before)}” stands before the title"
        if self._is_end_of_longer_title():
            return f"the title follows “{self.words[first - 1].text}”"
        if self.words[first].bracketed and self._left(range(len(self.words))):
            return "the title stands in brackets, beside another"
        after = self.run[1]
        number = self.words[after].text if after < len(self.words) and after not in self.known else ""
        if _is_number(number) and not self._is_place(after):
            return f"the number {number} follows the title"
        rest = self._left(range(after, len(self.words)))
        if not rest or self._place_agrees():
            return None
        return self._doubt_of_rest(rest)

    def _doubt_of_rest(self, rest: list[str]) -> str | None:
        said = f"“{' '.join(rest)[:80]}” is left beside the title"
        if any(_is_number(word) for word in rest):
            return said
        if self.book.subtitle and self.title != self.book.titles[0]:
            alike = fuzz.token_set_ratio(" ".join(rest), self.book.subtitle)
            return None if alike >= CLOSE_SUBTITLE else said
        if len(self.title) >= LONG_TITLE:
            return None
        last = self.words[self.run[1] - 1]
        following = self.words[self.run[1]]
        parted = last.comma or following.segment != last.segment or following.text in SUBTITLE_OPENERS
        return None if parted and len(self.title) > 1 and self.title not in self.book.series else said

    def _is_end_of_longer_title(self) -> bool:
        first = self.run[0]
        before = self.words[:first] and self.words[first - 1]
        if not before or before.segment != self.words[first].segment or before.text not in JOINING_WORDS:
            return False
        return first < 2 or not _is_number(self.words[first - 2].text)

    def _left(self, places: range, segment: int | None = None) -> list[str]:
        """Words not explained by anything, brackets (readers, genres) aside."""
        return [
            self.words[place].text
            for place in places
            if place not in self.known
            and not (self.words[place].bracketed and segment is None)
            and segment in (None, self.words[place].segment)
            and not _is_harmless(self.words[place].text)
            and not self._is_place(place)
        ]

    def _is_place(self, place: int) -> bool:
        return self.book.place is not None and self.words[place].text == self.book.place

    def _place_agrees(self) -> bool:
        """Whether the place in the series stands in the name, beside the series' name or the title."""
        return _place(self.words, self.book, self.run) == self.book.place is not None


def _place(words: Sequence[Word], book: Sought, title: tuple[int, int] | None = None) -> str | None:
    """The number beside the series' name ("Oz 3", "3 of Oz") or, in a series, right after the title."""
    runs = [run for name in book.series for run in runs_of(words, name)]
    for first, after in runs:
        if (first, after) == title and len(runs) > 1:
            continue
        if after < len(words) and _is_number(words[after].text):
            return words[after].text
        before = [word for word in words[max(0, first - 3) : first] if word.text not in ("of", "the", "in")]
        if before and _is_number(before[-1].text) and before[-1].segment == words[first].segment:
            return before[-1].text
    if title is not None and title[1] < len(words) and words[title[1]].text == book.place:
        named = _bare([word.text for word in words[slice(*title)]])
        return book.place if named in book.series else None
    return None


def _is_number(word: str) -> bool:
    return _NUMBER.fullmatch(word) is not None and _YEAR.fullmatch(word) is None


def _is_harmless(word: str) -> bool:
    return word in HARMLESS_WORDS or word in AUDIO_FORMATS or _YEAR.fullmatch(word) is not None


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[1:]) if len(words) > 1 and words[0] in ("the", "a", "an") else tuple(words)
