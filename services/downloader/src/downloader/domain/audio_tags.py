"""The tags that are written into audio files which Gapless made or copied for the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from downloader.domain.download import Download
from downloader.domain.naming import names_of

TAGGED = frozenset({".mp3", ".m4a", ".m4b", ".mp4", ".flac", ".ogg", ".oga", ".opus"})
"""The endings of files that can be tagged."""


@dataclass(frozen=True, slots=True)
class BookTags:
    """What the tags say about the book. Audiobookshelf reads all of it."""

    title: str
    subtitle: str | None = None
    authors: Sequence[str] = ()
    narrators: Sequence[str] = ()
    series: str | None = None
    sequence: str | None = None
    year: str | None = None
    asin: str | None = None


def tags_of(download: Download) -> BookTags:
    """The work of the missing book, and narrators and ASIN of the release."""
    names = names_of(download)
    return BookTags(
        title=names.title,
        subtitle=download.wanted.subtitle,
        authors=names.authors,
        narrators=names.narrators,
        series=names.series,
        sequence=names.sequence,
        year=names.year,
        asin=names.asin,
    )


def can_be_tagged(name: str) -> bool:
    """Whether the file has a format whose tags are written."""
    return PurePosixPath(name).suffix.lower() in TAGGED
