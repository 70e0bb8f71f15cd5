"""The chapters of a book as a metadata field.

A new value is a text with one line for each chapter: `0:12:30.500 The Wooden Horse`. A book shows only a mark of the
chapters that it has, because a text for each book would make lists of books too large.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.translatable import translatable

MAX_CHAPTERS = 2_000
LONGEST_TITLE = 300
_LINE = re.compile(
    r"(?P<hours>\d{1,3}):(?P<minutes>[0-5]\d):(?P<seconds>[0-5]\d)(?:\.(?P<fraction>\d{1,3}))? (?P<title>\S.*)"
)
_MARK = re.compile(r"(?P<words>(?P<count>\d+) chapters?(?:, one for each file)?) \[(?P<digest>[0-9a-f]{12})\]")
_PER_FILE = ", one for each file"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title, and its start in milliseconds from the beginning of the book."""

    title: str
    start_ms: int


def chapters_text(chapters: Sequence[Chapter]) -> str:
    """The value of the field: one line for each chapter, with its start and its title."""
    return "\n".join(f"{_clock(each.start_ms)} {' '.join(each.title.split())}" for each in chapters)


def parse_chapters(text: str) -> list[Chapter]:
    """Read the value of the field.

    Raises `ValueError`, with a message for a person, if a line has no start or no title, or starts before the one
    above it.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MAX_CHAPTERS:
        raise ValueError(f"has {len(lines)} chapters; at most {MAX_CHAPTERS} are allowed")
    chapters: list[Chapter] = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None or len(found["title"]) > LONGEST_TITLE:
            raise ValueError(
                f'{line[:40]!r} is not a chapter: give its start and its title, such as "0:12:30 The Horse"'
            )
        seconds = int(found["hours"]) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])
        start_ms = seconds * 1000 + int((found["fraction"] or "0").ljust(3, "0"))
        if chapters and start_ms <= chapters[-1].start_ms:
            raise ValueError(f"{line[:40]!r} does not start after the chapter above it")
        chapters.append(Chapter(found["title"], start_ms))
    return chapters


def chapters_mark(chapters: Sequence[Chapter], *, per_file: bool) -> str | None:
    """What a book shows of its chapters; None if it has none. `per_file`: each file is a chapter, without a name."""
    if not chapters:
        return None
    counted = "1 chapter" if len(chapters) == 1 else f"{len(chapters)} chapters"
    return f"{counted}{_PER_FILE if per_file else ''} [{_digest(chapters)}]"


def is_per_file(mark: str | None) -> bool:
    """Whether a mark says that the files are the chapters."""
    return mark is not None and _PER_FILE in mark


def mark_in_words(value: str) -> str | None:
    """What a mark says to a person, without its digest; None if the value is not a mark."""
    mark = _MARK.fullmatch(value)
    if mark is None:
        return None
    words, count = mark["words"], int(mark["count"])
    if is_per_file(value):
        return translatable("change.chapters_of_files", words, count=count)
    return translatable("change.chapters", words, count=count)


def chapters_key(value: str | None) -> str | None:
    """A key that is equal for the text of some chapters and for their mark; None if there are none."""
    if not value or not value.strip():
        return None
    mark = _MARK.fullmatch(value.strip())
    if mark:
        return mark["digest"]
    try:
        return _digest(parse_chapters(value))
    except ValueError:
        return value


def _digest(chapters: Sequence[Chapter]) -> str:
    return hashlib.sha256(chapters_text(chapters).encode()).hexdigest()[:12]


def _clock(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}.{fraction:03d}"
