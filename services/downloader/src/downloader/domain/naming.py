"""The path of a book in the library folder, as Audiobookshelf reads it: `Author/Series/NN - Title {Narrator}`."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

LONGEST_NAME_BYTES = 200
"""File systems allow 255 bytes; the rest is for what programs append."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?$")


def book_folder(
    *, title: str, authors: list[str], series: str | None, sequence: str | None, narrators: list[str]
) -> PurePosixPath:
    """The folder of one book. Without a series: `Author/Title {Narrator}`; without an author: `Unknown Author/…`."""
    name = f"{_number(sequence)} - {title}" if series and sequence else title
    parts = [_author(authors), *([series] if series else [])]
    return PurePosixPath(*(safe_name(part) for part in parts), _with_suffix(name, _narrator_suffix(narrators)))


def book_folders(
    *, title: str, authors: list[str], series: str | None, sequence: str | None, narrators: list[str]
) -> list[PurePosixPath]:
    """The possible folders, best first: in its series, in its author's folder, directly in the library folder."""
    best = book_folder(title=title, authors=authors, series=series, sequence=sequence, narrators=narrators)
    plain = book_folder(title=title, authors=authors, series=None, sequence=None, narrators=narrators)
    alone = PurePosixPath(_with_suffix(f"{_author(authors)} - {title}", _narrator_suffix(narrators)))
    return list(dict.fromkeys([best, plain, alone]))


def outside_of_books(folders: Sequence[PurePosixPath], books: Iterable[str]) -> PurePosixPath:
    """The first folder that is not inside a book's folder; Audiobookshelf would make it part of that book.

    This happens when a series has the name of its first book.
    """
    book_paths = {PurePosixPath(book) for book in books}
    return next((folder for folder in folders if not book_paths.intersection(folder.parents)), folders[-1])


def safe_name(text: str, longest_bytes: int = LONGEST_NAME_BYTES) -> str:
    """A name that every usual file system allows: composed letters, none forbidden, no dots or spaces at the ends."""
    text = unicodedata.normalize("NFC", text).replace(": ", " - ")
    text = "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cs", "Co", "Cn"})
    text = _SPACES.sub(" ", _FORBIDDEN.sub(" ", text)).strip(" .")
    text = text.encode()[:longest_bytes].decode(errors="ignore").strip(" .")
    if not text:
        return "_"
    return f"_{text}" if _RESERVED.match(text) else text


def _author(authors: list[str]) -> str:
    return authors[0] if authors else "Unknown Author"


def _narrator_suffix(narrators: list[str]) -> str:
    return f" {{{', '.join(narrators[:2])}}}" if narrators else ""


def _with_suffix(name: str, suffix: str) -> str:
    """Shorten the name rather than the suffix, which names the narrator."""
    suffix = f" {safe_name(suffix, 80)}" if suffix else ""
    return safe_name(name, LONGEST_NAME_BYTES - len(suffix.encode())) + suffix


def _number(sequence: str) -> str:
    """Two digits, so that folders sort: "1" is "01", "2.5" is "02.5", "1-3" is "01-03"."""
    return "-".join(f"{whole:0>2}{dot}{rest}" for whole, dot, rest in (p.partition(".") for p in sequence.split("-")))
