"""Series read from where a book's folder stands: the folder's own name and those above it."""

import re

from shared.books.marks import strip_marks
from shared.books.names import same_person
from shared.books.sequence import normalise
from shared.books.series_names import folder_name, is_list_folder
from shared.books.series_phrases import SeriesReading, _reading, read_title
from shared.books.titles import fold

_YEAR_HEAD = re.compile(r"^\s*[\[(]?(?:1[5-9]|20)\d\d[a-z]?[\])]?\^?\s*(?:[-–.]\s*|$)")
_LEAD = re.compile(
    r"^\s*(?:(?:book|bk|vol(?:ume)?|no|#)\.?\s?)?[\[(#]?0*(?P<place>[0-9]{1,3}(?:\.[0-9]{1,2})?)[\])#]?(?:\s*[-–.:_]+\s*|\s+|$)(?P<rest>.*)$",
    re.IGNORECASE,
)


def read_path(path: str, author: str | None) -> list[SeriesReading]:
    """Series a path names: what its last folder says, and else the folder above with the last one's number."""
    parts = [part for part in path.split("/") if part.strip()][-6:]
    if not parts:
        return []
    leaf = leaf_text(parts[-1])
    parents = parts[:-1]
    parent_author = author or author_of(parents)
    in_list = bool(parents) and is_list_folder(parents[-1])
    name = folder_name(parents[-1], parent_author) if parents else None
    text = _without_author(leaf, parents, parent_author)
    lead = None if _YEAR_HEAD.match(text) else _LEAD.match(text)
    found: list[SeriesReading] = []
    if lead and name:
        found.append(_reading(name, lead["place"], 0.8, "folder above names the series", f"{parents[-1]}/{parts[-1]}"))
    text = _YEAR_HEAD.sub("", text)
    if not (in_list and lead):
        found += read_title(text, parent_author)
    return found


def leaf_text(leaf: str) -> str:
    """A folder's name with dots or underscores between its words made spaces, and without its marks."""
    text = leaf
    if " " not in text and (text.count(".") > 2 or text.count("_") > 1):
        text = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", text).replace("_", " ")
    return strip_marks(text)


def author_of(parents: list[str]) -> str | None:
    """The author the folders above name before a dash ("Author - Series"), or None."""
    for parent in parents:
        first, dash, _ = parent.partition(" - ")
        if dash and not any(char.isdigit() for char in first):
            return first.strip()
    return None


def _without_author(leaf: str, parents: list[str], author: str | None) -> str:
    """The leaf without a leading author: the folder's known one, or in a flat path what stands before the first dash."""
    head, dash, rest = leaf.partition(" - ")
    if not dash or not rest.strip():
        return leaf
    if author and same_person(head, author):
        return rest
    if any(same_person(head, parent) for parent in parents):
        return rest
    if not parents and not any(char.isdigit() for char in head) and normalise(rest.split(" - ")[0]) is None:
        return rest if fold(head) and len(head.split()) <= 6 else leaf
    return leaf
