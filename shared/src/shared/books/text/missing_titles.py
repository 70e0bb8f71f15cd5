"""Placeholders for an unknown title or series, such as "N/A". An entry with such a title is not a work."""

import re

from shared.books.text.titles import fold
from shared.books.text.word_table import phrase_set

_NEVER_A_TITLE = phrase_set(
    """
    n a; na; nan; nil; null; undefined; no title; title; titles; book title; title unknown; unknown title;
    unknown book; unknown album; unknown work; not available; not applicable; no data; no information; missing title;
    tba; tbc; tbd; to be announced; to be confirmed; to be determined; title to be announced; title tba; new title;
    untitled book; untitled novel; untitled work; untitled audiobook; unnamed book; test title; test book; test record;
    test product; test item; dummy; dummy book; dummy title; lorem ipsum; placeholder; placeholder title; do not use;
    deleted; asdf; foo; foo bar; audiobook
    """
)
_OF_A_FILE = re.compile(r"(?:audio ?)?(?:track|disc|disk|cd) ?\d{1,4}(?: of \d{1,4})?")
"""The title of one file: "Track 03", "Disc 2 of 5"."""
_OF_A_CHAPTER = re.compile(r"chapter \d{1,4}")
_MAYBE_A_TITLE = phrase_set("none; unknown; untitled; test; unnamed; sample; blank; empty; duplicate; delete")
"""Placeholders that are titles of real books too."""
_NO_SERIES = phrase_set(
    "n a; na; nil; null; none; undefined; no series; not in a series; unknown series; unknown; standalone; stand alone"
)


def is_no_title(title: str | None, *, has_series: bool = False) -> bool:
    """Whether a text is not a title: empty, only punctuation, or a placeholder for an unknown title.

    With `has_series`, the entry names a series as well. A word that may be the title of a real book, such as "Unknown",
    then counts as a title.
    """
    plain = fold(title)
    if not plain or plain in _NEVER_A_TITLE or _OF_A_FILE.fullmatch(plain):
        return True
    return not has_series and (plain in _MAYBE_A_TITLE or _OF_A_CHAPTER.fullmatch(plain) is not None)


def is_no_series(name: str | None) -> bool:
    """Whether a text does not name a series: empty, only punctuation, or a placeholder such as "None"."""
    plain = fold(name)
    return not plain or plain in _NO_SERIES
