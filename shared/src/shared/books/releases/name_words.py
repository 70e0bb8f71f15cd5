"""Splits a release name into words with their positions, to find a known title, author or series among them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, zip_longest

from rapidfuzz.distance import Levenshtein

from shared.books.records import record
from shared.books.releases.words import AUDIO_FORMATS
from shared.books.series.sequence import normalise
from shared.books.text.marks import strip_marks
from shared.books.text.number_words import ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.titles import fold

LONGEST_NAME = 500
"""Characters of a name that are read."""
MAX_WORDS = 80
"""Words of a name that are read. A longer name is a blurb."""
MAX_WRONG_LETTERS = 2
"""Letters that may be wrong in a misspelling."""
COUNTERS = frozenset({"book", "bk", "vol", "volume", "no", "number", "part", "episode", "books", "arc"})

_GLUED = re.compile(
    r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)"
    r"|(?<=\d)(?!st\b|nd\b|rd\b|th\b)(?=[A-Za-z])"
)
_SEPARATOR = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|[–—:꞉;/|~]+|(?<=[a-z0-9])-(?=[A-Z#])|[()\[\]{}]")
_OPENING, _CLOSING = "([{", ")]}"
_RIP = re.compile(r"\s-\s*\d{2,4}k\b.*$|\b\d{1,3} ?@ ?\d{2,3}k\b", re.IGNORECASE)
_DECIMAL = re.compile(r"#?0*(\d{1,3}\.\d{1,2}),?")
_THOUSANDS = re.compile(r"(?<=\b\d),(?=\d{3}\b)|(?<=\b\d\d),(?=\d{3}\b)|(?<=\b\d{3}),(?=\d{3}\b)")
_DOTS = re.compile(r"[._]+")
_GROUP = re.compile(
    r"(?<=[._-])(audio[._-]?books?|unabridged|retail|web|[0-9]{2,3}kbps|(?:19|20)[0-9]{2}|m4b|m4a|mp3|flac)-[a-z0-9]{2,15}$",
    re.IGNORECASE,
)
"""The group of a scene release: the last word, after the format or a similar mark."""
_DIGITS = re.compile(r"\d+")


@record
class Word:
    """A folded word, the number of its segment, whether that is in brackets, and whether a comma follows."""

    text: str
    segment: int
    bracketed: bool
    comma: bool = False


def words_of(name: str) -> list[Word]:
    """The words of a name without its marks. Joined and dotted words are split."""
    cut = " ".join(name[:LONGEST_NAME].split())
    cut = _THOUSANDS.sub("", cut)
    text = cut if " " in cut else _scene_spaced(cut)
    found: list[Word] = []
    for segment, (piece, bracketed) in enumerate(_segments(strip_marks(_RIP.sub("", text)))):
        for raw in piece.split():
            decimal = _DECIMAL.fullmatch(raw)
            parts = [normalise(decimal[1]) or ""] if decimal else _split(raw)
            for place, part in enumerate(parts):
                comma = place == len(parts) - 1 and raw.endswith(",")
                found.append(Word(_number(part, found), segment, bracketed, comma))
        if len(found) >= MAX_WORDS:
            break
    return _without_counters(found[:MAX_WORDS])


def plain_words(text: str) -> list[str]:
    """The words of a known title or series, split like a name."""
    return [word.text for word in words_of(text)]


def runs_of(words: Sequence[Word], sought: Sequence[str]) -> list[tuple[int, int]]:
    """Every run of words that spells `sought`, with a small misspelling allowed, as (first, last + 1)."""
    letters = "".join(sought)
    text = "".join(word.text for word in words)
    if not letters or len(text) < len(letters) - MAX_WRONG_LETTERS:
        return []
    starts = list(accumulate((len(word.text) for word in words), initial=0))
    found: list[tuple[int, int]] = []
    for first in range(len(words)):
        after = _run_from(text, starts, first, letters)
        if after is not None:
            found.append((first, after))
    return found


def _run_from(text: str, starts: Sequence[int], first: int, letters: str) -> int | None:
    """The end of the run from `first` that spells `letters`, exact before misspelt; None if there is none.

    `text` is the words without spaces, and `starts` where each begins in it, and where the last ends.
    """
    start, close = starts[first], None
    for after in range(bisect_left(starts, start + len(letters) - MAX_WRONG_LETTERS, first + 1), len(starts)):
        end = starts[after]
        if end - start > len(letters) + MAX_WRONG_LETTERS:
            break
        joined = text[start:end]
        if joined == letters:
            return after
        if close is None and _misspelt(joined, letters):
            close = after
    return close


def _misspelt(one: str, other: str) -> bool:
    """Whether one letter in ten or two in twenty differ, but no digit and not the end ("Prince", "Princess")."""
    if one[-2:] != other[-2:] or _DIGITS.findall(one) != _DIGITS.findall(other):
        return False
    allowed = min(MAX_WRONG_LETTERS, len(other) // 10)
    return allowed > 0 and Levenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def _split(raw: str) -> list[str]:
    """The folded parts of a word, joined ones separated. The name of a format ("M4B") is not split."""
    plain = fold(raw)
    return [plain] if plain in AUDIO_FORMATS else fold(_GLUED.sub(" ", raw)).split()


def _scene_spaced(name: str) -> str:
    """A scene name with spaces for dots and underscores, dashes as separators, and without the group at its end."""
    name = _GROUP.sub(r"\1", name)
    return _DOTS.sub(" ", name).replace("-", " - ")


def _segments(text: str) -> list[tuple[str, bool]]:
    """The pieces between dashes, colons and brackets, each with whether it was in brackets."""
    pieces: list[tuple[str, bool]] = []
    depth, start = 0, 0
    for match in _SEPARATOR.finditer(text):
        pieces.append((text[start : match.start()], depth > 0))
        start = match.end()
        mark = match[0].strip()
        depth += mark in _OPENING and bool(mark)
        depth -= mark in _CLOSING and bool(mark) and depth > 0
    pieces.append((text[start:], depth > 0))
    return [piece for piece in pieces if piece[0].strip()]


def _number(word: str, before: Sequence[Word]) -> str:
    """A number without leading zeros. After "Book" and similar words, number words and Roman numerals become digits."""
    if word.isdigit():
        return str(int(word)) if len(word) < 12 else word
    if before and before[-1].text in COUNTERS:
        number = WORD_NUMBERS.get(word) or ROMAN_NUMERALS.get(word)
        return str(number) if number is not None else word
    return word


def _without_counters(words: Sequence[Word]) -> list[Word]:
    """ "Book 3" and "Vol. 3" as the bare number, so that "Oz 3" and "Oz, Book Three" become equal."""
    return [
        word
        for word, after in zip_longest(words, words[1:])
        if not (word.text in COUNTERS and after is not None and after.text[0].isdigit())
    ]
