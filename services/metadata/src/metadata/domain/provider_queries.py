"""The searches for a book in a catalogue: the likely readings of its texts, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded, folded
from shared.books.releases.name_words import words_of
from shared.books.releases.people_in_names import find_people
from shared.books.text.titles import fold, without_article

from metadata.domain.item_readings import readings_of

MAX_QUESTIONS = 5
"""Searches at one provider, until one of them finds the book. Each may take two requests."""
UNITS = frozenset({"book", "bk", "volume", "vol", "part", "no", "number", "band", "tome", "tomo", "deel"})
MAX_WORDS = 12
"""Words of a question without an author. With more words, no entry matches all of them."""
WORDS_OF_A_NAME = 2
_STOP_WORDS = frozenset(
    {"by", "read", "narrated", "narrator", "unabridged", "audiobook", "audiobooks", "audio", "book", "vol"}
)
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Question:
    """A title by these authors. Without authors, words of title, author or series."""

    title: str
    authors: tuple[str, ...] = ()


def questions_about(book: BookDescription) -> list[Question]:
    """The searches for the readings of a book, at most five: the first of each reading, then the others."""
    of_readings = [_questions_of(reading) for reading in readings_of(book)]
    ordered = [each for questions in of_readings for each in questions[:1]]
    ordered += [each for questions in of_readings for each in questions[1:]]
    return different(ordered)[:MAX_QUESTIONS]


def different(questions: Iterable[Question], asked: Iterable[Question] = ()) -> list[Question]:
    """The first of each group of questions that differ only in case, accents, punctuation or an article.

    Those that were `asked` are left out.
    """
    first: dict[tuple[str, ...], Question] = {}
    for each in questions:
        first.setdefault(_essence(each), each)
    for each in asked:
        first.pop(_essence(each), None)
    return list(first.values())


def _essence(question: Question) -> tuple[str, ...]:
    return without_article(fold(question.title)), *map(fold, question.authors)


def _questions_of(reading: BookDescription) -> list[Question]:
    ready = folded(reading)
    questions = _with_authors(reading, ready) if reading.authors else _without_authors(ready)
    return [each for each in (*questions, *_by_series(reading, ready)) if each.title]


def _by_series(book: BookDescription, ready: Folded) -> list[Question]:
    """The series of a book that has only a number ("Book 3"). Its entry is found among those of the series."""
    titles = [word for title in ready.titles for word in title.split() if not _is_number(word, ready)]
    return [] if titles else [Question(name, book.authors) for name, _ in ready.places[:1]]


def _is_number(word: str, ready: Folded) -> bool:
    return word.isdecimal() or word in UNITS or any(word == place for _, place in ready.places)


def _with_authors(book: BookDescription, ready: Folded) -> list[Question]:
    """The title without the author, series and position that it contains; then the whole title and its parts."""
    words = words_of(ready.text)
    named = find_people(words, ready.people)
    read = _without_place([word.text for at, word in enumerate(words) if at not in named], ready)
    first = [_text(read)] if len(read) < len(words) else []
    return [Question(without_article(title), book.authors) for title in (*first, *ready.titles)]


def _without_authors(ready: Folded) -> list[Question]:
    """All words at once; then pairs of a title and a name: parts of the text, or its last two words as the name."""
    rest = _without_place(ready.text.split(), ready)
    pieces = [title for title in ready.titles if len(_without_place(title.split(), ready)) == len(title.split())]
    named = [Question(title, (name,)) for name in ready.maybe_people for title in pieces[-1:] if title != name][:1]
    title, name = rest[:-WORDS_OF_A_NAME], rest[-WORDS_OF_A_NAME:]
    guessed = [Question(_text(title), (" ".join(name),))] if _may_be_a_name(name) else []
    return [Question(_text(_significant(ready.text.split(), ready))), *named, *guessed, Question(_text(rest))]


def _may_be_a_name(words: Sequence[str]) -> bool:
    return len(words) == WORDS_OF_A_NAME and all(word.isalpha() for word in words)


def _significant(words: Iterable[str], ready: Folded) -> list[str]:
    """Each word once, without positions, a year after the title, and stop words."""
    left_out = {place for _, place in ready.places} | _STOP_WORDS
    remaining = [
        word for at, word in enumerate(words) if word.lstrip("0") not in left_out and not (at and _is_year(word))
    ]
    return list(dict.fromkeys(remaining))[:MAX_WORDS]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and "1500" <= word < "2100"


def _without_place(words: Sequence[str], ready: Folded) -> list[str]:
    """The words after a series and its number ("oz 3 ozma") or before them ("ozma oz 3"); else all words."""
    for name, place in ready.places:
        series = name.split()
        for at, word in enumerate(words):
            if place and word.lstrip("0") == place:
                before, after = list(words[:at]), list(words[at + 1 :])
                if after:
                    return after
                return before[: -len(series)] if before[-len(series) :] == series else before
    return list(words)


def _text(words: Iterable[str]) -> str:
    text = without_article(" ".join(word for word in words if word not in _STOP_WORDS))
    return "" if text in _ARTICLES else text
