"""Merging the audio files of a book into one m4b, and tagging copies of them, before they are placed in the library."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.downloads import ConversionKind
from shared.translatable import translatable

from downloader.domain.audio_tags import BookTags, can_be_tagged
from downloader.domain.chapters import ListedChapters
from downloader.domain.placement import Method
from downloader.domain.verification import is_audio

METHODS = {ConversionKind.MERGE: Method.MERGED, ConversionKind.TAG: Method.TAGGED}
_MPEG4 = frozenset({".m4a", ".m4b", ".mp4"})
_ABOUT_FILES = frozenset({".cue", ".m3u", ".m3u8", ".sfv", ".md5"})
"""Companions that name the separate files."""
Progress = Callable[[float], Awaitable[bool]]
"""Receives the finished share, from 0 to 1. False stops the conversion."""


class ConversionFailed(Exception):
    """The files cannot be converted; the message says why."""


@dataclass(frozen=True, slots=True)
class ConversionRule:
    """What the settings ask for."""

    merge: bool = False
    tag: bool = False

    def kind_for(self, names: Sequence[str]) -> ConversionKind | None:
        """How a book with these files is converted; None if they are placed as they are."""
        if self.merge and sum(is_audio(name) for name in names) > 1:
            return ConversionKind.MERGE
        return ConversionKind.TAG if self.tag and any(can_be_tagged(name) for name in names) else None


@dataclass(frozen=True, slots=True)
class ConversionJob:
    """What is made of the files: `sources` by their paths in the book's folder.

    The cover is the file `picture`, or else `cover`. Without both, the picture in the first file is used.
    """

    download_id: UUID
    sources: Mapping[Path, Path]
    tags: BookTags
    seconds: float
    picture: Path | None = None
    cover: bytes = b""
    chapters: ListedChapters | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """The files to place, by their paths in the book's folder, and the checksums of those that were made."""

    sources: Mapping[Path, Path]
    made: Mapping[Path, str]
    words: str


class AudioConverter(Protocol):
    """Makes files in a hidden folder of the library. The caller holds the download's import lock.

    Its methods raise `ConversionFailed` and OSError.
    """

    async def merge(self, job: ConversionJob, name: Path, progress: Progress) -> Converted:
        """Merge the audio into one file of this name."""

    async def tag(self, job: ConversionJob) -> Converted:
        """Tag copies of the audio files whose format can be tagged."""


def check_formats(names: Sequence[str]) -> None:
    """Raises `ConversionFailed` for audio files of several formats: they may be the same book twice."""
    endings = {PurePosixPath(name).suffix.lower() for name in names if is_audio(name)}
    formats = {"m4a" if ending in _MPEG4 else ending.lstrip(".") for ending in endings}
    if len(formats) > 1:
        words = f"they have several formats ({', '.join(sorted(formats))}), so they may be two copies"
        raise ConversionFailed(translatable("audio.several_formats", words, formats=sorted(formats)))


def kept_with_merged(sources: Mapping[Path, Path]) -> dict[Path, Path]:
    """The files that are placed beside the merged one: no audio, and no lists of the separate files."""
    return {
        path: source
        for path, source in sources.items()
        if not is_audio(path.name) and path.suffix.lower() not in _ABOUT_FILES
    }
