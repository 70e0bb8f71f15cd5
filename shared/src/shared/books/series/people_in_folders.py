"""The names in the folders of an item that may be its author's, for an item that names no author itself."""

import re

from shared.books.series.folder_names import author_above, is_list_folder, leaf_text
from shared.books.series.folders import series_in_path
from shared.books.text.marks import strip_marks
from shared.books.text.names import is_nobody, split_people
from shared.books.text.titles import LONGEST_TITLE, fold
from shared.books.text.word_table import word_set

MAX_NAMES = 2
MAX_FOLDERS = 6
LONGEST_NAME = 4
"""The number of words of the longest name that is recognized."""
_NOT_IN_NAMES = word_set(
    """
    the an of and in to for with from on at or is my your her his book books audiobook audiobooks audio series saga
    cycle trilogy chronicles collection complete volume vol part disc cd track unabridged tales stories world universe
    files fiction fantasy novels library new unknown various
    """
)
_BY = re.compile(r"\s(?:by|von|par)\s+(?P<name>[^()\[\]]+?)(?=\s*[(\[]|\s+-\s|$)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[(\[](?P<name>[^()\[\]]+)[)\]]")
_PARTS = re.compile(r"\s+[-–—]\s+")


def authors_in_path(path: str | None) -> tuple[str, ...]:
    """At most two names that may be the author's, the most likely first; each with the surname last.

    `path` is relative to the library folder and ends at the item's own folder. The author's folder is usually above
    that of the series: "Author/Series/Title".
    """
    parts = [part.strip()[:LONGEST_TITLE] for part in (path or "").split("/") if part.strip()][-MAX_FOLDERS:]
    if not parts:
        return ()
    parents, leaf = parts[:-1], leaf_text(parts[-1])
    above = author_above(parents, parts[-1]) if parents else None
    found = [above] if above else []
    found += [parent for parent in parents if not is_list_folder(parent)]
    found += [match["name"] for match in _BY.finditer(leaf)]
    found += _PARTS.split(strip_marks(leaf)) if _PARTS.search(leaf) else []
    found += [match["name"] for match in _IN_BRACKETS.finditer(parts[-1])]
    series = {fold(one.name, drop_article=True) for one in series_in_path("/".join(parts), None)}
    names = dict.fromkeys(name for each in found if (name := _name(each)) and fold(name) not in series)
    return tuple(names)[:MAX_NAMES]


def _name(text: str) -> str | None:
    """The first person of a text, "Last, First" turned around; None if it does not look like a name."""
    one = (split_people(text) or (text,))[0].strip(" ._-")
    last, comma, first = one.partition(",")
    name = f"{first.strip()} {last.strip()}" if comma and first.strip() else one
    words = fold(name).split()
    if not 1 < len(words) <= LONGEST_NAME or any(not word.isalpha() for word in words):
        return None
    long = {word for word in words if len(word) > 1}
    return name if long and _NOT_IN_NAMES.isdisjoint(long) and not is_nobody(name) else None
