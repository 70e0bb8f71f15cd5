"""Reads folder names: whether they name an author, a series or a mixed list, and a book's folder as plain text."""

import re
from functools import lru_cache

from shared.books.series.names import clean_name
from shared.books.series.sequence import normalise
from shared.books.text.marks import strip_marks
from shared.books.text.names import same_people, same_person
from shared.books.text.place_words import BARE_NUMBER, UNIT_OR_PART
from shared.books.text.titles import REMEMBERED, fold
from shared.books.text.word_table import word_set

SERIES_WORD = re.compile(
    r"\b(?:series|saga|cycle|trilogy|chronicles|files|sequence|quartet|duology|reihe|archive|archives)\b", re.IGNORECASE
)
_LISTS = re.compile(
    r"\b(?:top \d+|best of|best (?:novel|book|audio)s?|\d+ best|\d{2,} (?:must|great|essential|novels|books)|awards?"
    r"|winners?|nominees|finalists?|shortlist|must[- ]reads?|bestsellers?|favou?rites|reading list|my (?:books|library)"
    r"|unsorted|new arrivals|misc|to (?:read|listen)|downloads?|\w+ years of|non-?fiction"
    r""
    r"|\btop .{0,40}(?:fiction|books|novels|audiobooks|fantasy)|big read|book club|reading challenge"
    r"|(?:sci-?fi|fantasy|mystery|horror|kids|children'?s) books)\b|\bEra\b|\d\d\.\d\d\.\d{4}"
    r"|^(?:audio ?books?|e-?books?|fiction|romance|classics|books|library|series|authors|english)$",
    re.IGNORECASE,
)
_OTHER_FOLDER = re.compile(
    r"^(?:(?:narrated|read) by\b|audio ?books?$|e-?books?$|mp3$|m4b$|unabridged$|(?:cd|disc)s?\b)", re.IGNORECASE
)
_HEAD = re.compile(
    rf"^(?:(?:the )?complete\s+|collection\s[-–]\s|{BARE_NUMBER}[.)]?\s[-–]\s|{BARE_NUMBER}[.)](?:\s|(?=[^\W\d_])))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"[\s,(\[]*\b(?:1[5-9]|20)\d\d(?:\s?[-–]\s?(?:(?:1[5-9]|20)\d\d)?)?(?:[)\]]|(?=\s|$))")
_HEAD_AND_REST = re.compile(rf"^({BARE_NUMBER}[.)]?\s+)?(?:(.{{2,80}}?)\s+[-–]\s+|([^-–]{{2,80}}?)-(?=[#A-Z]))(.+)$")
_COLLECTED = re.compile(
    r"[\s\-–,]+(?:the\s)?(?:complete\s)?(?:audio ?books?|e-?books?|books|works)?\s*"
    r"(?:collection|audio ?books?|library|works)"
    r"(?:\s*[(\[][^()\[\]]*[)\]])?$",
    re.IGNORECASE,
)
_UNITS_FIRST = re.compile(rf"(?:{UNIT_OR_PART})\b", re.IGNORECASE)
_DASHED_NUMBER = re.compile(rf"\s+-\s?({BARE_NUMBER})\s?-\s*")
_RANGE_IN_BRACKETS = re.compile(r"\s*[\[(]#?\d{1,4}\s?[-–]\s?#?\d{1,4}[\])]")
_BY = re.compile(r"\s+by\s+[A-Z].*$")
_PARTS = re.compile(r"\s+[-–]\s+|;\s")
_GLUED = re.compile(r"(?<=[a-z])-(?=[A-Z])")
_COMPOUND = re.compile(r"-(?:saga|sagan|reihe|zyklus|trilogie|trilogi|trilogin|serie|serien|chroniken)$", re.IGNORECASE)
"""The end of a name such as "Norrvik-sagan", whose hyphen separates nothing."""
_GENERIC = word_set("collection series complete audiobooks audiobook books set box unabridged ebooks")
_BRACKETED_WORDS = re.compile(r"\([^()\d]+\)")
_GLUED_NUMBER = re.compile(r"(?<=[a-z])(\d{2})(?=-)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_RANGE_ONLY = re.compile(r"(?:books? |volumes? |vols? )?\d+(?: to)?(?: \d+)?")
_BY_AUTHOR = re.compile(r"\s+by\s+(?:[A-Z][\w.’'-]*\s?){2,4}$")
_NUMBERED = re.compile(r",? (?:#|(?:book|bk|vol(?:ume)?)\.? )?\d", re.IGNORECASE)
_RANGE = re.compile(r"\d\s?-\s?#?\d|all books", re.IGNORECASE)


@lru_cache(maxsize=REMEMBERED)
def is_list_folder(name: str) -> bool:
    """Whether a folder is a mixed list (a ranking, an award, a genre), whose numbers are not places in a series."""
    return bool(_LISTS.search(name)) and not re.search(r"\b(?:saga|cycle|trilogy|chronicles)\b", name, re.IGNORECASE)


def folder_name(parents: list[str], author: str | None, leaf: str = "") -> str | None:
    """The series that the nearest meaningful parent folder names, or None for a mixed list or an author's folder.

    Of several parts ("Author - Series", "Series - Reader") the one that the book's own folder repeats is chosen.
    """
    for folder in reversed(parents):
        if _OTHER_FOLDER.match(folder) or fold(folder) in (fold(leaf), f"{fold(leaf)} audiobook"):
            continue
        return None if is_list_folder(folder) else _series_part(folder, author, fold(leaf))
    return None


def _series_part(folder: str, author: str | None, leaf: str) -> str | None:
    folder = _RANGE_IN_BRACKETS.sub(" ", folder).strip() or folder
    if " " not in folder:
        is_one_name = _COMPOUND.search(folder) or not _CAMEL.search(folder)
        folder = _CAMEL.sub(" ", folder if is_one_name else folder.replace("-", " - "))
    text = _HEAD.sub("", _BY.sub("", strip_marks(_YEARS.sub(" ", folder))))
    text = _BRACKETED_WORDS.sub(" ", re.sub(r"^[^,]+,\s(?=The\s)", "", text)).strip() or text
    parts = [
        part
        for part in _split_name(text, author)
        if fold(part) and fold(part) not in _GENERIC and not _RANGE_ONLY.fullmatch(fold(part))
    ]
    others = [part for part in parts if not (author and _is_person(part, author))]
    if not others:
        return None
    ranked = sorted(others, key=lambda part: -_likeness(part, leaf))
    name = clean_name(ranked[0] if _likeness(ranked[0], leaf) else others[min(1, len(others) - 1)])
    return name if fold(name) and not fold(name).isdigit() else None


def _split_name(text: str, author: str | None) -> list[str]:
    """The parts of a folder's name. A hyphen without spaces separates only next to the author: not in "Saint-Aubin"."""
    glued = [part for piece in _PARTS.split(text) for part in _GLUED.split(piece)]
    if " " not in text or (author and any(_is_person(part, author) for part in glued)):
        return glued
    return _PARTS.split(text)


def _is_person(part: str, author: str) -> bool:
    return same_person(part, author) or fold(clean_name(part)) == fold(author)


def _likeness(part: str, leaf: str) -> int:
    name = fold(clean_name(part))
    return 4 * (bool(name) and name in leaf) + 2 * bool(SERIES_WORD.search(part)) + bool(_RANGE.search(part))


def author_above(parents: list[str], leaf: str) -> str | None:
    """The author that the parent folders name before a dash ("Author - Series"), or None.

    The text before a number in the book's own folder is a series ("Series - Author/Series, Vol. 4"). An "Author
    Audiobook Collection" names the author if the book's folder begins with the same name, followed by a series.
    """
    collected = clean_name(_COLLECTED.sub("", parents[-1])) if parents and _COLLECTED.search(parents[-1]) else ""
    rest = _without_words(leaf, collected) if collected else leaf
    if rest != leaf and re.match(r"[^\W\d_]", rest) and not _UNITS_FIRST.match(rest):
        return collected
    for parent in parents:
        first, dash, rest = parent.partition(" - ")
        if not dash:
            first, dash, rest = parent.partition("-")
        if dash and not any(char.isdigit() for char in first) and 1 < len(first.split()) <= 5 and _is_specific(rest):
            numbered = leaf.startswith(first) and _NUMBERED.match(leaf, len(first))
            return rest.strip() if numbered else first.strip()
    return None


def _is_specific(part: str) -> bool:
    return bool(fold(part)) and fold(part) not in _GENERIC


@lru_cache(maxsize=REMEMBERED)
def leaf_text(leaf: str) -> str:
    """A book's folder as plain text: without marks, and with spaces in place of dots, dashes or underscores."""
    text = leaf
    if " " not in text:
        if text.count(".") > 2:
            text = re.sub(r"(?<!\d)\.|\.(?!\d)", " ", text)
        elif "-" in text and "_" in text:
            text = _GLUED_NUMBER.sub(r" \1", text).replace("-", " - ").replace("_", " ")
        elif text.count("-") > 1 and text == text.lower():
            text = text.replace("-", " ")
    text = _DASHED_NUMBER.sub(r" - \1 - ", text)
    return strip_marks(text.replace("_ ", ": ").replace("_", " "))


def without_author(leaf: str, parents: list[str], author: str | None) -> str:
    """The folder's text without a leading author: the known one, or the text before a dash if no folder is above."""
    leaf = _BY_AUTHOR.sub("", leaf)
    number, head, rest = _first_part(leaf)
    glued = author or (parents[-1] if parents else None)
    if glued and fold(leaf).startswith(fold(glued) + " ") and not same_person(head, glued):
        return _without_words(leaf, glued)
    if not rest:
        return leaf
    if author and same_person(head, author):
        return number + rest
    numbered = re.search(r"\d", head) is not None
    if not numbered and any(same_people((head,), (parent,)) for parent in parents):
        return number + rest
    flat = not parents and not numbered and normalise(rest.split(" - ")[0]) is None
    return rest if flat and not number and len(head.split()) <= 6 else leaf


def _without_words(leaf: str, author: str) -> str:
    """The folder's text without the author's name at its start, if no separator follows the name."""
    size = len(fold(author).split())
    words = leaf.split()
    begins = size > 1 and fold(" ".join(words[:size])) == fold(author) and len(words) > size
    return " ".join(words[size:]) if begins else leaf


def _first_part(leaf: str) -> tuple[str, str, str]:
    """A leading number, the text before the first dash, and the rest, which is empty if there is no dash."""
    match = _HEAD_AND_REST.match(leaf)
    return (match[1] or "", match[2] or match[3], match[4]) if match else ("", leaf, "")
