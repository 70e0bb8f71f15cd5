"""Names of series as people write them, made clean: without "Series", ranges, years, authors and list words."""

import re

from shared.books.marks import strip_marks
from shared.books.names import same_person
from shared.books.titles import fold

_RANGE_TAIL = re.compile(
    r"[\s,;:(\[-]*(?:\b(?:books?|bks?|b|vols?\.?|volumes?|v|parts?|nos?)\.?\s?)?#?\b[0-9]{1,3}(?:\.\d)?\s?(?:-|–|to|&|,|\band\b)[\d\s,&#-]*\s?[)\]]?\s*$",
    re.IGNORECASE,
)
_TAIL_WORDS = re.compile(
    r"[\s,(\[-]+(?:(?:the )?complete (?:and unabridged|series|collection|saga)|complete chronological collection|complete"
    r"|all books?|audio ?books?|audio|collection|series|serie|reihe|box ?set|ebooks?|v\d|\d{1,2}|\(\d{1,3}\))[)\]]*\s*$",
    re.IGNORECASE,
)
_HEAD_WORDS = re.compile(
    r"^(?:(?:the )?complete|collection\s[-–]|(?:\d{1,3}[.)]?\s[-–]\s|\d{1,3}[.)]\s))\s*", re.IGNORECASE
)
_YEARS = re.compile(r"[\s,(\[]*\b(?:1[5-9]|20)\d\d(?:\s?[-–]\s?(?:(?:1[5-9]|20)\d\d)?)?[)\]]?")
_BY = re.compile(r"\s+by\s+[A-Z].*$")
_EDGES = " \t,;:-–—_#([&"
_LISTS = re.compile(
    r"\b(?:top \d+|best (?:of|\d+)|\d+ best|awards?|winners?|nominees|finalists?|shortlist|must[- ]reads?|bestsellers?|favou?rites"
    r"|reading list|audio ?books?|e-?books|library|unsorted|new|misc|to (?:read|listen)|downloads?|\w+ years of|collection of \d+"
    r"|sci-?fi books|fantasy books|fiction|non-?fiction|romance|classics|short stories)\b|\bEra\b|\d\d\.\d\d\.\d{4}",
    re.IGNORECASE,
)


def clean_name(name: str) -> str:
    """A series' name without its trailing "Series", its range of books and its years; case and accents stay."""
    text = name.strip(_EDGES).rstrip(")]")
    for _ in range(3):
        shorter = _TAIL_WORDS.sub("", _RANGE_TAIL.sub("", text)).strip(_EDGES)
        if not shorter or shorter == text:
            break
        text = shorter
    return text


def is_list_folder(name: str) -> bool:
    """Whether a folder's name says it is a list or a heap (a ranking, an award, a genre), where numbers are no places."""
    return bool(_LISTS.search(name))


def folder_name(folder: str, author: str | None) -> str | None:
    """The series a folder is named after, or None when it is a list, or nothing but its author's name."""
    if is_list_folder(folder) and not re.search(r"\b(?:series|saga|cycle|trilogy|chronicles)\b", folder, re.IGNORECASE):
        folder = re.sub(r"[\s(\[]*audio ?books?[)\]]*", " ", folder, flags=re.IGNORECASE)
        if is_list_folder(folder):
            return None
    text = _HEAD_WORDS.sub("", _BY.sub("", strip_marks(_YEARS.sub("", folder))))
    parts = [part for part in re.split(r"\s+[-–]\s+|;\s", text) if part.strip()]
    kept = [part for part in parts if not (author and same_person(part, author))]
    text = clean_name(_pick(kept)) if kept else ""
    return text if text and not fold(text).isdigit() and fold(text) else None


def _pick(parts: list[str]) -> str:
    """Of a folder's parts the one that is the series: the one saying so, else the second of two (author first)."""
    for part in parts:
        if re.search(r"\b(?:series|saga|cycle|trilogy|chronicles)\b|\d\s?-\s?\d", part, re.IGNORECASE):
            return part
    return parts[1] if len(parts) > 1 else parts[0]
