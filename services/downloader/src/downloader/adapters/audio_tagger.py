"""Writes the tags of a book into an audio file. It runs only in the process of `audio_converter`.

The names of the tags are those that Audiobookshelf reads: https://www.audiobookshelf.org/guides/book-scanner.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mutagen import File as open_file
from mutagen.flac import FLAC, Picture
from mutagen.id3 import APIC, TALB, TCOM, TDRC, TIT2, TIT3, TPE1, TPE2, TXXX
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4, AtomDataType, MP4Cover, MP4FreeForm
from mutagen.ogg import OggFileType
from shared.translatable import translatable

_FREE = "----:com.apple.iTunes:"
_AUDIOBOOK = 2
"""The media kind of iTunes: https://mutagen.readthedocs.io/en/latest/api/mp4.html."""
_FRONT_COVER = 3
"""The kind of a picture: https://id3.org/id3v2.4.0-frames, 4.14."""
_PNG = b"\x89PNG"


class CannotTag(Exception):
    """The file has no tags that can be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The texts of a book, each empty if unknown, and the content of its cover. `only_file`: the book has one file."""

    title: str
    subtitle: str
    authors: Sequence[str]
    narrators: Sequence[str]
    series: str
    sequence: str
    year: str
    asin: str
    cover: bytes
    only_file: bool

    @property
    def extra(self) -> dict[str, str]:
        """The texts for which the formats have no field of their own."""
        found = {"SERIES": self.series, "SERIES-PART": self.sequence if self.series else "", "ASIN": self.asin}
        return {name: value for name, value in found.items() if value}

    @property
    def media_type(self) -> str:
        """The type of the cover."""
        return "image/png" if self.cover.startswith(_PNG) else "image/jpeg"


def write_tags(path: str, tags: Tags) -> None:
    """Write the tags into the file. Other tags are kept, such as the titles of the files of a book with several files.

    Raises `CannotTag`, `MutagenError` and OSError.
    """
    file: Any = open_file(path)
    if isinstance(file, MP4):
        _tag_mp4(file, tags)
    elif isinstance(file, MP3):
        _tag_mp3(file, tags)
    elif isinstance(file, FLAC):
        _tag_vorbis(file, tags)
        if tags.cover:
            file.clear_pictures()
            file.add_picture(_picture(tags))
    elif isinstance(file, OggFileType):
        _tag_vorbis(file, tags)
        if tags.cover:
            file["METADATA_BLOCK_PICTURE"] = [base64.b64encode(_picture(tags).write()).decode()]
    else:
        raise CannotTag(translatable("audio.no_tags", "its format has no tags that can be written"))
    file.save()


def cover_in(path: str) -> bytes:
    """The first picture in the tags of a file; empty if there is none. Raises `MutagenError` and OSError."""
    file: Any = open_file(path)
    pictures: list[Any] = []
    if file is None or file.tags is None:
        return b""
    if isinstance(file, MP4):
        pictures = [bytes(each) for each in file.tags.get("covr", [])]
    elif isinstance(file, MP3):
        pictures = [each.data for each in file.tags.getall("APIC")]
    elif isinstance(file, FLAC):
        pictures = [each.data for each in file.pictures]
    elif isinstance(file, OggFileType):
        encoded = file.tags.get("metadata_block_picture", [])
        pictures = [Picture(base64.b64decode(each)).data for each in encoded]
    return bytes(pictures[0]) if pictures else b""


def _tag_mp4(file: Any, tags: Tags) -> None:
    people, narrators = ", ".join(tags.authors), ", ".join(tags.narrators)
    texts = {
        "\xa9alb": tags.title,
        "\xa9nam": tags.title if tags.only_file else "",
        "\xa9ART": people,
        "aART": people,
        "\xa9wrt": narrators,
        "\xa9day": tags.year,
    }
    for name, value in texts.items():
        if value:
            file[name] = [value]
    for name, value in (tags.extra | ({"SUBTITLE": tags.subtitle} if tags.subtitle else {})).items():
        file[_FREE + name] = [MP4FreeForm(value.encode(), AtomDataType.UTF8)]
    file["stik"] = [_AUDIOBOOK]
    if tags.cover:
        kind = MP4Cover.FORMAT_PNG if tags.media_type == "image/png" else MP4Cover.FORMAT_JPEG
        file["covr"] = [MP4Cover(tags.cover, kind)]


def _tag_mp3(file: Any, tags: Tags) -> None:
    if file.tags is None:
        file.add_tags()
    people, narrators = ", ".join(tags.authors), ", ".join(tags.narrators)
    frames = (
        (TALB, tags.title),
        (TIT2, tags.title if tags.only_file else ""),
        (TIT3, tags.subtitle),
        (TPE1, people),
        (TPE2, people),
        (TCOM, narrators),
        (TDRC, tags.year),
    )
    for frame, text in frames:
        if text:
            file.tags.add(frame(encoding=3, text=[text]))
    for name, text in tags.extra.items():
        file.tags.add(TXXX(encoding=3, desc=name, text=[text]))
    if tags.cover:
        file.tags.delall("APIC")
        file.tags.add(APIC(encoding=3, mime=tags.media_type, type=_FRONT_COVER, desc="Cover", data=tags.cover))


def _tag_vorbis(file: Any, tags: Tags) -> None:
    if file.tags is None:
        file.add_tags()
    values: Mapping[str, Sequence[str]] = {
        "ALBUM": [tags.title],
        "TITLE": [tags.title] if tags.only_file else [],
        "SUBTITLE": [tags.subtitle],
        "ARTIST": tags.authors,
        "ALBUMARTIST": tags.authors,
        "COMPOSER": tags.narrators,
        "DATE": [tags.year],
        **{name: [value] for name, value in tags.extra.items()},
    }
    for name, texts in values.items():
        if any(texts):
            file[name] = list(texts)


def _picture(tags: Tags) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, tags.media_type, tags.cover
    return picture
