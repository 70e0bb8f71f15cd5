"""Explains the words of a release name by the wanted book: title, author and series, and the words that are left.

Without the wanted book, "Silver Sky 02 City of Ash" could be one title or a series and a title. The result is which
parts of the book the name contains and, in words, what remains in doubt.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from shared.books.description import BookDescription
from shared.books.records import record
from shared.books.releases.name_words import Word, plain_words, runs_of, words_of
from shared.books.releases.people_in_names import find_people
from shared.books.releases.words import AUDIO_FORMATS, HARMLESS_WORDS, JOINING_WORDS, SUBTITLE_OPENERS
from shared.books.series.names import clean_name
from shared.books.series.sequence import normalise
from shared.books.text.names import Person, people
from shared.books.text.spelling import spellings
from shared.books.text.titles import split_subtitle
from shared.translatable import translatable

LONG_TITLE = 4
"""A title of this many words is so long that the words after it are its subtitle, not the title of another book."""
CLOSE_SUBTITLE = 80.0
"""The lowest ratio of words (0-100) at which the words after a title are its known subtitle."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_IN_BRACKETS = translatable("release.in_brackets", "the title is in brackets after another title")
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


@record
class Sought:
    """What to find in names, split once: titles (the whole title first), people, series names and place."""

    titles: tuple[tuple[str, ...], ...]
    subtitle: str
    people: tuple[Person, ...]
    series: tuple[tuple[str, ...], ...]
    place: str | None


@record
class Explained:
    """What a name contains of the book: title (`in_full`: with its subtitle), author, place; and a doubt in words."""

    title: bool
    in_full: bool
    author: bool
    place: str | None
    doubt: str | None

    @property
    def whole(self) -> bool:
        """Whether the name contains title and author, and nothing in it is in doubt."""
        return self.title and self.author and self.doubt is None


def sought(book: BookDescription) -> Sought:
    """The book, split for `explain`."""
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
    """What `name` contains of the book. With `author_given` the author is known, and the name need not contain it."""
    words = words_of(name)
    by = find_people(words, book.people)
    author = author_given or bool(by)
    series = {place for name in book.series for run in runs_of(words, name) for place in range(*run)}
    best = Explained(title=False, in_full=False, author=author, place=_place(words, book), doubt="the title is missing")
    for title in book.titles:
        for run in runs_of(words, title):
            doubt = _Reading(book, words, title, run, by | (series - set(range(*run)))).doubt()
            read = Explained(True, title == book.titles[0], author, _place(words, book, run), doubt)
            if doubt is None:
                return read
            best = best if best.title else read
    return best


@record
class _Reading:
    """One occurrence of the title, and the words that the author or the series explains."""

    book: Sought
    words: Sequence[Word]
    title: tuple[str, ...]
    run: tuple[int, int]
    known: set[int]

    def doubt(self) -> str | None:
        """Why this may not be the book; None when nothing is in doubt."""
        first = self.run[0]
        before = self._left(range(0, first), segment=self.words[first].segment)
        if before and not _is_number(before[-1]) and any(len(word) > 1 for word in before):
            left = " ".join(before)
            return translatable("release.before_title", f"“{left}” before the title is unexplained", words=left)
        if self._is_end_of_longer_title():
            joining = self.words[first - 1].text
            words = f"“{joining}” before the title makes it part of a longer title"
            return translatable("release.longer_title", words, word=joining)
        if self.words[first].bracketed and self._left(range(len(self.words))):
            return _IN_BRACKETS
        after = self.run[1]
        number = self.words[after].text if after < len(self.words) and after not in self.known else ""
        if _is_number(number) and not self._is_place(after):
            words = f"the number {number} after the title may be another place in the series"
            return translatable("release.number_after_title", words, number=number)
        rest = self._left(range(after, len(self.words)))
        if not rest or self._place_agrees():
            return None
        return self._doubt_of_rest(rest)

    def _doubt_of_rest(self, rest: list[str]) -> str | None:
        left = " ".join(rest)[:80]
        doubt = translatable("release.after_title", f"“{left}” after the title is unexplained", words=left)
        if any(_is_number(word) for word in rest):
            return doubt
        if self.book.subtitle and self.title != self.book.titles[0]:
            alike = fuzz.token_set_ratio(" ".join(rest), self.book.subtitle)
            return None if alike >= CLOSE_SUBTITLE else doubt
        if len(self.title) >= LONG_TITLE:
            return None
        last = self.words[self.run[1] - 1]
        following = self.words[self.run[1]]
        separated = last.comma or following.segment != last.segment or following.text in SUBTITLE_OPENERS
        return None if separated and len(self.title) > 1 and self.title not in self.book.series else doubt

    def _is_end_of_longer_title(self) -> bool:
        first = self.run[0]
        before = self.words[:first] and self.words[first - 1]
        if not before or before.segment != self.words[first].segment or before.text not in JOINING_WORDS:
            return False
        return first < 2 or not _is_number(self.words[first - 2].text)

    def _left(self, places: range, segment: int | None = None) -> list[str]:
        """The unexplained words, except those in brackets (readers, genres)."""
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
        """Whether the name contains the place in the series, next to the series name or the title."""
        return _place(self.words, self.book, self.run) == self.book.place is not None


def _place(words: Sequence[Word], book: Sought, title: tuple[int, int] | None = None) -> str | None:
    """The number next to the series name ("Oz 3", "3 of Oz"), or right after a title that is the series name."""
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
