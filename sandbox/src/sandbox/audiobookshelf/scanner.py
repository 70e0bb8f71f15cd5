"""Finds the books in the library folder and reads their metadata from folder names and tags, as Audiobookshelf does.

A folder with audio files is one book, including all its subfolders. Subfolders for parts ("CD 1", "Disc 2") belong to
their parent folder. An audio file directly in the library folder is a book.
Folder names are read as `Author/Series/[Book] 2 - [1904 - ]Title {Narrator} [ASIN]`. Tags of the files take precedence.
Source: Audiobookshelf's documentation of its folder structure, and recordings of its behaviour.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

import mutagen
from pydantic import BaseModel

from sandbox.audiobookshelf.items import Audio

AUDIO_SUFFIXES = frozenset({".m4b", ".m4a", ".mp3", ".aac", ".flac", ".ogg", ".opus", ".mp4", ".wav"})
_PART_FOLDER = re.compile(r"^(cd|disc|disk)\s*\d{1,3}$", re.IGNORECASE)
_NARRATOR = re.compile(r"^(?P<rest>.*?)\s*\{(?P<narrators>[^}]*)\}\s*$")
_ASIN = re.compile(r"\s*\[(?P<asin>B0[0-9A-Z]{8})\]")
_YEAR = re.compile(r"^\(?(?P<year>\d{4})\)?$")
_VOLUME = re.compile(
    r"^(?:(?:vol\.?|volume|book) *)?(?P<sequence>\d{1,3}(?:\.\d{1,2})?)(?:\. +(?P<title>.+)|\.)?$", re.IGNORECASE
)
_NAME_SEPARATOR = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)

_ALBUM_KEYS = ("\xa9alb", "TALB", "album")
_TAG_KEYS = {
    "title": ("\xa9alb", "TALB", "album", "\xa9nam", "TIT2", "title"),
    "authors": ("aART", "TPE2", "albumartist", "\xa9ART", "TPE1", "artist"),
    "narrators": ("\xa9wrt", "TCOM", "composer"),
}
"""The tags of MPEG-4, ID3 and Vorbis that are read; the first non-empty one is used."""


class FoundBook(BaseModel):
    """A book on disk. `folder` is relative to the library folder."""

    folder: str
    is_file: bool
    title: str
    authors: list[str] = []
    narrators: list[str] = []
    series: str | None = None
    sequence: str | None = None
    year: str | None = None
    asin: str | None = None
    audio: list[Audio]


def folders_of_books(root: Path) -> Iterator[tuple[str, bool, list[Path]]]:
    """Every book in `root`: its path relative to the root, whether it is a single file, and its audio files."""
    if not root.is_dir():
        return
    for path in sorted(root.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _books_below(root, path)
        elif _is_audio(path):
            yield path.name, True, [path]


def read(root: Path, folder: str, is_file: bool, files: list[Path]) -> FoundBook:
    """Read one book: names from its path, tags and durations from its files. Raises OSError if a file is gone."""
    audio = [_audio(root / folder, file, is_file) for file in files]
    metadata = names_in_path(folder, is_file) | _tags(files[0])
    return FoundBook(folder=folder, is_file=is_file, audio=audio, **metadata)


def names_in_path(folder: str, is_file: bool) -> dict[str, Any]:
    """The metadata in the path of a book, with the keys of FoundBook."""
    parts = list(PurePosixPath(folder).parts)
    name = parts.pop()
    if is_file:
        name = PurePosixPath(name).stem
    series = parts.pop() if len(parts) > 1 else None
    authors = split_names(parts.pop()) if parts else []
    return {"authors": authors, "series": series, **_names_in_folder(name, in_series=series is not None)}


def split_names(text: str) -> list[str]:
    """Split a list of names: 'A. Quill & B. Roe' gives two names, 'Roe, B.' gives 'B. Roe'."""
    names = [each for each in _NAME_SEPARATOR.split(text) if each]
    if "," in text and len(names) == 2 and " " not in names[0]:
        return [f"{names[1]} {names[0]}"]
    return names


def _names_in_folder(name: str, *, in_series: bool) -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if found := _NARRATOR.match(name):
        name, metadata["narrators"] = found["rest"], split_names(found["narrators"])
    if found := _ASIN.search(name):
        name, metadata["asin"] = _ASIN.sub("", name), found["asin"]
    titles = []
    for part in name.split(" - "):
        volume = _VOLUME.match(part.strip()) if in_series and "sequence" not in metadata else None
        if volume and not (_YEAR.match(part.strip())):
            metadata["sequence"] = _plain_number(volume["sequence"])
            titles.extend([volume["title"]] if volume["title"] else [])
        elif "year" not in metadata and not titles and (found := _YEAR.match(part.strip())):
            metadata["year"] = found["year"]
        else:
            titles.append(part)
    return metadata | {"title": " - ".join(titles).strip() or name}


def _plain_number(text: str) -> str:
    whole, dot, fraction = text.partition(".")
    return f"{int(whole)}{dot}{fraction}"


def _books_below(root: Path, folder: Path) -> Iterator[tuple[str, bool, list[Path]]]:
    children = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    subfolders = [each for each in children if each.is_dir()]
    parts = [each for each in subfolders if _PART_FOLDER.match(each.name)]
    if any(_is_audio(each) for each in children) or any(_audio_below(each) for each in parts):
        yield folder.relative_to(root).as_posix(), False, _audio_below(folder)
        return
    for each in subfolders:
        yield from _books_below(root, each)


def _audio_below(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if _is_audio(each))


def _is_audio(path: Path) -> bool:
    return path.suffix.lower() in AUDIO_SUFFIXES and path.is_file()


def _audio(folder: Path, file: Path, is_file: bool) -> Audio:
    name = file.name if is_file else file.relative_to(folder).as_posix()
    try:
        opened = mutagen.File(file)
    except mutagen.MutagenError:
        opened = None
    seconds = float(opened.info.length) if opened is not None and opened.info else 0.0
    album = _first_text(opened.tags, _ALBUM_KEYS) if opened is not None and opened.tags else ""
    return Audio(name=name, duration_seconds=seconds, size_bytes=file.stat().st_size, album=album or None)


def _tags(file: Path) -> dict[str, Any]:
    try:
        opened = mutagen.File(file)
    except mutagen.MutagenError:
        return {}
    if opened is None or not opened.tags:
        return {}
    metadata = {field: _first_text(opened.tags, keys) for field, keys in _TAG_KEYS.items()}
    names = {field: split_names(text) for field, text in metadata.items() if text and field != "title"}
    return names | ({"title": metadata["title"]} if metadata["title"] else {})


def _first_text(tags: Any, keys: tuple[str, ...]) -> str:
    for key in keys:
        with suppress(KeyError, ValueError):  # Vorbis comments raise ValueError for the keys of other formats
            value = tags[key]
            text = str(getattr(value, "text", value)[0])
            if text:
                return text
    return ""
