"""Works that are owned in parts: "Emma, Part 1" and "Emma, Part 2" together are Emma."""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from shared.books.description import BookDescription
from shared.books.records import record
from shared.books.text.number_words import ROMAN_NUMERALS, WORD_NUMBERS
from shared.books.text.titles import LONGEST_TITLE, fold

_NUMBER = r"(?:\d{1,2}|one|two|three|four|five|six|i{1,3}|iv|v|vi)"
_PART = re.compile(
    rf"[\s,:([\-–—]{{0,4}}\b(?:(?:part|pt|disc|disk|cd)\.? (?P<part>{_NUMBER})(?: of (?P<of>{_NUMBER}))?"
    rf"|(?:(?:volume|vol|book)\.? )?(?P<numbered>{_NUMBER}) of (?P<all>{_NUMBER}))[\])]?(?=\s*(?:$|[\[(]))",
    re.IGNORECASE,
)


@record
class Part:
    """A part of a book: the book without the part mark, the number of the part, and the total, if it is named."""

    whole: BookDescription
    number: int
    of: int | None


@dataclass(slots=True)
class PartsOwned:
    """The parts of each work that are owned, by the number of the work."""

    parts: dict[int, list[Part]] = field(default_factory=lambda: defaultdict(list))

    def add(self, work: int, part: Part) -> None:
        """Add one part of a work."""
        self.parts[work].append(part)

    def complete(self, work: int) -> bool:
        """Whether every part is owned: all of the named total, else all up to the highest number, at least two."""
        numbers = {part.number for part in self.parts[work]}
        most = max((part.of for part in self.parts[work] if part.of), default=max(2, *numbers, 2))
        return numbers >= set(range(1, most + 1))


def part_of(book: BookDescription) -> Part | None:
    """The part that a book's title, or else its own folder, names; None when neither names a part."""
    parents, _, leaf = (book.path or "").rstrip("/").rpartition("/")
    in_title = _PART.search(book.title[:LONGEST_TITLE])
    match = in_title or _PART.search(leaf[:LONGEST_TITLE])
    if match is None:
        return None
    bare = f"{match.string[: match.start()]} {match.string[match.end() :]}".strip()
    if not fold(bare):
        return None
    if in_title:
        whole = replace(book, title=bare, path=parents or None)
    else:
        whole = replace(book, path=f"{parents}/{bare}" if parents else bare)
    number, of = match["part"] or match["numbered"], match["of"] or match["all"]
    return Part(whole, _value(number), _value(of) if of else None)


def _value(number: str) -> int:
    word = number.lower()
    return int(word) if word.isdigit() else WORD_NUMBERS.get(word) or ROMAN_NUMERALS.get(word) or 0
