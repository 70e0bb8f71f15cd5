"""Audio files in a folder that a person wants to import, and what they say about their book."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer

from downloader.domain.verification import ProbedAudio

_PEOPLE = ("album_artist", "artist", "author")


class NotAnImportFolder(Exception):
    """Files may not be imported from there; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class AudioOfBook:
    """A folder or a file that is one book, its audio files in order, and the size of all of them in bytes."""

    path: Path
    audio: Sequence[Path]
    size_bytes: int

    @property
    def root(self) -> Path:
        """The folder to which the names of the files are relative."""
        return self.path.parent if list(self.audio) == [self.path] else self.path


@dataclass(frozen=True, slots=True)
class FoundAudio:
    """The books in a folder; `truncated` if there are more."""

    books: Sequence[AudioOfBook]
    truncated: bool


def release_of(found: AudioOfBook, probed: Sequence[ProbedAudio]) -> Release:
    """The files as a release, with the names from the tags of the first file, or else from the path."""
    tags = probed[0].tags if probed else {}
    title = tags.get("album") or (tags.get("title") if len(probed) == 1 else None)
    author = next((tags[name] for name in _PEOPLE if tags.get(name)), None)
    narrator = tags.get("composer")
    seconds = sum(each.header_seconds or 0.0 for each in probed)
    return Release(
        indexer=Indexer.MANUAL,
        id=sha1(str(found.path).encode(), usedforsecurity=False).hexdigest(),
        title=title or (found.path.name if found.root == found.path else found.path.stem),
        authors=[author] if author else [],
        narrators=[narrator] if narrator and narrator != author else [],
        size_bytes=found.size_bytes,
        files=len(found.audio),
        filetype=found.audio[0].suffix.lower().lstrip(".") if found.audio else None,
        is_audio=True,
        duration_minutes=round(seconds / 60) or None,
        indexer_name="a folder",
        structured=bool(title and author),
    )
