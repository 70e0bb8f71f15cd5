"""The title in the name of a book's folder, without number, series, author, year and marks of the copy."""

import re
from collections.abc import Sequence

from shared.books.description import SeriesPlace
from shared.books.repairs.copy_words import YEAR
from shared.books.repairs.title_cleaning import clean_title
from shared.books.repairs.title_parts import Context
from shared.books.series.folder_names import leaf_text, without_author
from shared.books.series.folders import LONGEST_PATH, MAX_FOLDERS
from shared.books.text.place_words import BARE_NUMBER, UNIT_OR_PART
from shared.books.text.titles import LONGEST_TITLE

_YEAR_HEAD = re.compile(rf"^\s*[\[(]?{YEAR}[\])]?\s*[-–.]\s*(?=\S)")
_LEAD = re.compile(
    rf"^\s*(?:(?:{UNIT_OR_PART})\.?\s?#?|[\[(#])?\s?0*{BARE_NUMBER}[\])]?(?:\s?[-–.:_)]+\s*|\s+)(?=[^\W\d_])",
    re.IGNORECASE,
)


def folder_title(path: str, author: str | None, series: Sequence[SeriesPlace]) -> str | None:
    """The title in the last folder of a path, or None for an empty path. It is a hint: folders are often imprecise."""
    parts = [part.strip() for part in path[-LONGEST_PATH:].split("/") if part.strip()][-MAX_FOLDERS:]
    if not parts:
        return None
    text = without_author(leaf_text(parts[-1]), parts[:-1], author)[:LONGEST_TITLE].rstrip(" [({-")
    bare = _LEAD.sub("", _YEAR_HEAD.sub("", text)).strip() or text
    context = Context(series=tuple(series), authors=(author,) if author else ())
    clean = clean_title(bare, context)
    return clean.title if clean else bare
