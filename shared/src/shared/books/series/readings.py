"""One way to read a series out of a text, with its reason."""

import re
from dataclasses import dataclass

from shared.books.description import Reason
from shared.books.series.names import clean_name
from shared.books.series.sequence import is_range, normalise

_COMPLETE = re.compile(r"^\s*(?:the\s)?complete\s+(?=\S)", re.IGNORECASE)
WORDS_QUOTED = 80


@dataclass(frozen=True, slots=True)
class SeriesReading:
    """One way to read a series: its name, the place as a decimal string or range, and how sure that is (0 to 1).

    `guessed` says that the number may as well belong to the title ("From a Buick 8"): no place without other evidence.
    """

    name: str
    sequence: str | None
    confidence: float
    evidence: tuple[Reason, ...] = ()
    guessed: bool = False


def reading(
    name: str, sequence: str | None, confidence: float, rule: str, words: str, *, guessed: bool = False
) -> SeriesReading:
    """A reading with its name cleaned and its reason said; worth nothing when no name is left."""
    clean = clean_name(_COMPLETE.sub("", name) if is_range(sequence) else name)
    sure = confidence if any(char.isalnum() for char in clean) else 0.0
    said = f"“{words[:WORDS_QUOTED].strip()}” names the series “{clean[:WORDS_QUOTED]}”, place {sequence or 'unknown'}"
    return SeriesReading(clean, normalise(sequence), sure, (Reason(rule, said, sure),), guessed)
