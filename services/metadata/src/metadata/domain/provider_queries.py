"""What a catalogue is asked about a book: the likely readings of its texts, the best first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded
from shared.books.releases.name_words import words_of
from shared.books.releases.people_in_names import find_people
from shared.books.text.titles import without_article

MOST_QUESTIONS = 4
"""Readings that are tried at one provider; each may cost two requests."""
MOST_WORDS = 12
"""Words of a question without an author: by more of them nothing is found that has all."""
WORDS_OF_A_NAME = 2
_IDLE = frozenset(
    {"by", "read", "narrated", "narrator", "unabridged", "audiobook", "audiobooks", "audio", "book", "vol"}
)
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Question:
    """A title by these authors; without authors, words that may stand in title, author or series."""

    title: str
    authors: tuple[str, ...] = ()


def questions_about(book: BookDescription, ready: Folded) -> list[Question]:
    """The readings of a book's texts, at most four. `ready` is the book folded."""
    questions = _with_authors(book, ready) if book.authors else _without_authors(ready)
    return list(dict.fromkeys(each for each in questions if each.title))[:MOST_QUESTIONS]


def _with_authors(book: BookDescription, ready: Folded) -> list[Question]:
    """The title without author, series and place where it holds those; then the whole of it and its parts."""
    words = words_of(ready.text)
    named = find_people(words, ready.people)
    read = _without_place([word.text for at, word in enumerate(words) if at not in named], ready)
    first = [_text(read)] if len(read) < len(words) else []
    return [Question(without_article(title), book.authors) for title in (*first, *ready.titles)]


def _without_authors(ready: Folded) -> list[Question]:
    """All words at once; then pairs of a title and a name: pieces of the text, or its last two words as the name."""
    rest = _without_place(ready.text.split(), ready)
    pieces = [title for title in ready.titles if len(_without_place(title.split(), ready)) == len(title.split())]
    named = [Question(title, (name,)) for name in ready.maybe_people for title in pieces[-1:] if title != name][:1]
    title, name = rest[:-WORDS_OF_A_NAME], rest[-WORDS_OF_A_NAME:]
    guessed = [Question(_text(title), (" ".join(name),))] if _may_be_a_name(name) else []
    return [Question(_text(_telling(ready.text.split(), ready))), *named, *guessed, Question(_text(rest))]


def _may_be_a_name(words: Sequence[str]) -> bool:
    return len(words) == WORDS_OF_A_NAME and all(word.isalpha() for word in words)


def _telling(words: Iterable[str], ready: Folded) -> list[str]:
    """Each word once, without places, a year behind the title, and words that tell nothing of the work."""
    left_out = {place for _, place in ready.places} | _IDLE
    kept = [word for at, word in enumerate(words) if word.lstrip("0") not in left_out and not (at and _is_year(word))]
    return list(dict.fromkeys(kept))[:MOST_WORDS]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal() and "1500" <= word < "2100"


def _without_place(words: Sequence[str], ready: Folded) -> list[str]:
    """The words behind a series and its number ("oz 3 ozma") or before them ("ozma oz 3"), else all of them."""
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
    text = without_article(" ".join(word for word in words if word not in _IDLE))
    return "" if text in _ARTICLES else text
