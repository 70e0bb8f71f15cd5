"""What the names of files and folders say: discs, formats, samples, and the number of a track.

Source: folders of audiobook rips as trackers and listeners keep them.
"""

import re
from pathlib import PurePosixPath

from shared.books.records import record
from shared.books.releases.words import AUDIO_FORMATS
from shared.books.text.titles import fold

_FORMATS = "|".join(sorted(AUDIO_FORMATS))
_DISC = r"(?:cd|dis[ck]|dvd|cassette|tape)[\s_.#-]*\d{1,3}(?:\s*(?:of|von|de|sur|/)\s*\d{1,3})?"
_DISC_FOLDER = re.compile(rf"(?P<before>.*?)[\s_.,-]*[(\[]?\b{_DISC}[)\]]?(?:\s+-\s+.*)?", re.IGNORECASE)
_PART_FOLDER = re.compile(r"(?:part|pt|teil|partie|side|seite|face)[\s_.#-]*\d{1,3}(?:\s*of\s*\d{1,3})?", re.IGNORECASE)
_FORMAT_FOLDER = re.compile(
    rf"[(\[]?(?:(?:{_FORMATS})(?:[\s_-]*v?\d{{2,3}}\s?k(?:b|bps|bit)?)?|v?\d{{2,3}}\s?k(?:b|bps|bit)?(?:[\s_-]*(?:{_FORMATS}))?)"
    r"(?:[\s_-]*(?:files?|version))?[)\]]?",
    re.IGNORECASE,
)
_SAMPLE = re.compile(r"\bsamples?\b|\bpreview\b|\bhoerprobe\b|\bextrait\b", re.IGNORECASE)
_EXTRAS = frozenset({"extras", "extra", "bonus", "bonus material", "interviews", "sample", "samples", "artwork"})
_CHAPTER = (
    r"(?:chapters?|chap|ch|tracks?|trk|kapitel|kap|chapitre|capitulo|part|pt|teil|partie|cd|dis[ck]|file|titel|piste)"
)
_TRACK_SEGMENT = re.compile(
    rf"(?:{_CHAPTER}[\s_.#-]*)?\d{{1,4}}(?:[a-d]|[\s._-]+\d{{1,3}})?(?:\s*(?:of|von|de|sur)\s*\d{{1,4}})?",
    re.IGNORECASE,
)
_SEGMENT = re.compile(r"\s+[-–—]+\s+|\s+[-–—]|[-–—]\s+")
_DIGITS = re.compile(r"(?<![\d.])\d{1,4}(?![\d.]|k\b|kb)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SUFFIXES = frozenset(f".{name}" for name in AUDIO_FORMATS) | {".oga", ".mp4"}


@record
class Numbered:
    """A name with "#" for each number that is no year, and the numbers."""

    pattern: str
    numbers: tuple[int, ...]


def is_audio(path: str) -> bool:
    """Whether the name is that of an audio file."""
    return PurePosixPath(path).suffix.lower() in _SUFFIXES


def is_sample(path: str) -> bool:
    """Whether a file is a sample, or in a folder of samples, interviews and other extras."""
    parts = PurePosixPath(path).parts
    return any(fold(part) in _EXTRAS for part in parts[:-1]) or _SAMPLE.search(fold(parts[-1])) is not None


def book_folders(path: str) -> tuple[str, ...]:
    """The folders above a file that may name a book, from the outermost: without discs and formats."""
    found: list[str] = []
    for depth, name in enumerate(PurePosixPath(path).parts[:-1]):
        if _FORMAT_FOLDER.fullmatch(name) or (depth > 0 and _PART_FOLDER.fullmatch(name)):
            continue
        disc = _DISC_FOLDER.fullmatch(name)
        kept = disc["before"].strip(" -_,.([") if disc else name
        if fold(kept):
            found.append(kept)
    return tuple(found)


def disc_of(path: str) -> int | None:
    """The number of the disc or part folder that a file is in, or None."""
    for depth, name in enumerate(PurePosixPath(path).parts[:-1]):
        if _DISC_FOLDER.fullmatch(name) or (depth > 0 and _PART_FOLDER.fullmatch(name)):
            number = re.search(rf"(?:{_DISC}|{_PART_FOLDER.pattern})", name, re.IGNORECASE)
            digits = re.search(r"\d+", number[0]) if number else None
            return int(digits[0]) if digits else None
    return None


def stem_of(path: str) -> str:
    """The file's name without its suffix, with spaces for underscores, and for dots if it has no spaces."""
    stem = PurePosixPath(path).stem.replace("_", " ").strip()
    if " " not in stem:
        stem = re.sub(r"\.(?=\D)|(?<=\D)\.", " ", stem).replace("-", " - ")
    return " ".join(stem.split())


def without_track(stem: str) -> str:
    """The part of a name before its track: "Title - 03 - The Storm" gives "Title"; the whole name without a track."""
    segments = [segment.strip() for segment in _SEGMENT.split(stem)]
    for place, segment in enumerate(segments):
        if place > 0 and _TRACK_SEGMENT.fullmatch(segment):
            return " - ".join(segments[:place])
    return stem


def numbered(stem: str) -> Numbered:
    """The name with its numbers replaced, so that the names of one row of tracks become equal."""
    numbers: list[int] = []

    def replace(match: re.Match[str]) -> str:
        if _YEAR.fullmatch(match[0]):
            return match[0]
        numbers.append(int(match[0]))
        return "#"

    pattern = _DIGITS.sub(replace, stem.lower())
    return Numbered(pattern, tuple(numbers))
