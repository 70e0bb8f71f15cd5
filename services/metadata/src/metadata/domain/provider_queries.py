"""The searches for a book in a catalogue: the likely readings of its texts, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded
from shared.books.releases.name_words import words_of
from shared.books.releases.people_in_names import find_people
from shared.books.text.titles import without_article

MAX_QUESTIONS = 4
"""Readings that are searched at one provider. Each may take two requests."""
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


def questions_about(book: BookDescription, ready: Folded) -> list[Question]:
    """The readings of a book's texts, at most four. `ready` is the book folded."""
    questions = _with_authors(book, ready) if book.authors else _without_authors(ready)
    return list(dict.fromkeys(each for each in questions if each.title))[:MAX_QUESTIONS]


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
