"""One reading of a series in a text, with its reason."""

import re

from shared.books.description import Reason
from shared.books.records import record
from shared.books.series.names import clean_name
from shared.books.series.sequence import is_range, normalise
from shared.books.text.titles import has_letter_or_digit
from shared.translatable import translatable

_COMPLETE = re.compile(r"^\s*(?:the\s)?complete\s+(?=\S)", re.IGNORECASE)
WORDS_QUOTED = 80


@record
class SeriesReading:
    """A series read from a text: its name, the place as a decimal string or range, and the confidence (0 to 1).

    `guessed` means that the number may belong to the title ("From a Buick 8"). Use it only with other evidence.
    """

    name: str
    sequence: str | None
    confidence: float
    evidence: tuple[Reason, ...] = ()
    guessed: bool = False


def reading(
    name: str, sequence: str | None, confidence: float, rule: str, words: str, *, guessed: bool = False
) -> SeriesReading:
    """A reading with a cleaned name and its reason. The confidence is 0 when no name is left."""
    clean = clean_name(_COMPLETE.sub("", name) if is_range(sequence) else name)
    sure = confidence if has_letter_or_digit(clean) else 0.0
    text, series = words[:WORDS_QUOTED].strip(), clean[:WORDS_QUOTED]
    explanation = translatable(
        "finding.names_series",
        f"“{text}” names the series “{series}”, place {sequence or 'unknown'}",
        text=text,
        series=series,
        place=sequence,
    )
    return SeriesReading(clean, normalise(sequence), sure, (Reason(rule, explanation, sure),), guessed)
