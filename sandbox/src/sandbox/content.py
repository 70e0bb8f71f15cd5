"""Generates the files of the offers of a world: audio that opens and decodes.

The same offer gives the same bytes on every machine and in every run, so its torrent keeps its info hash.
"""

import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

from mutagen.id3 import ID3, TALB, TCOM, TCON, TIT2, TPE1, TRCK
from mutagen.mp4 import MP4

from sandbox.mpeg3 import mp3_audio
from sandbox.mpeg4 import mpeg4_audio
from sandbox.world import AudioFile, Offer


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags of an audio file."""

    title: str
    album: str
    author: str = ""
    narrator: str = ""
    track: int = 1


def content_paths(offer: Offer) -> list[PurePosixPath]:
    """Paths of the offer's files relative to the download folder, in the order of the torrent."""
    if len(offer.files) == 1 and offer.folder is None:
        return [PurePosixPath(offer.files[0].name)]
    folder = PurePosixPath(offer.folder or offer.title.replace("/", "_"))
    return [folder / file.name for file in offer.files]


def file_content(offer: Offer, index: int) -> bytes:
    """The bytes of one file of the offer. A truncated one is cut off in the middle."""
    file = offer.files[index]
    whole = _audio(offer, file, index) if file.duration_minutes else _other_file(offer, file)
    return whole[: len(whole) // 2] if file.truncated else whole


def write_content(offer: Offer, folder: Path, wanted: Collection[str] | None = None) -> list[Path]:
    """Write the files of the offer to `folder` and return their paths. Existing files are not overwritten.

    `wanted` are the paths of the files to write; None for all. Raises OSError if a file cannot be written.
    """
    written = []
    for index, path in enumerate(content_paths(offer)):
        if wanted is not None and path.as_posix() not in wanted:
            continue
        target = folder / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file_content(offer, index))
        written.append(target)
    return written


def audio_content(name: str, duration_seconds: float, tags: Tags, *, silent: bool = False) -> bytes:
    """An audio file of this duration: an MP3 if the name ends in `.mp3`, otherwise MPEG-4 audio (AAC)."""
    if name.lower().endswith(".mp3"):
        return _id3(tags) + mp3_audio(duration_seconds, silent=silent)
    buffer = io.BytesIO(mpeg4_audio(duration_seconds, silent=silent))
    audio = MP4(buffer)
    audio["\xa9nam"] = [tags.title]
    audio["\xa9alb"] = [tags.album]
    audio["\xa9ART"] = [tags.author]
    audio["\xa9wrt"] = [tags.narrator]
    audio["\xa9gen"] = ["Audiobook"]
    audio["trkn"] = [(tags.track, 0)]
    buffer.seek(0)
    audio.save(buffer, padding=lambda _: 0)
    return buffer.getvalue()


def _audio(offer: Offer, file: AudioFile, index: int) -> bytes:
    tags = Tags(
        title=PurePosixPath(file.name).stem,
        album=offer.tagged_title or offer.title,
        author=", ".join(offer.authors),
        narrator=", ".join(offer.narrators),
        track=index + 1,
    )
    return audio_content(file.name, 60 * (file.duration_minutes or 0), tags, silent=file.silent)


def _id3(tags: Tags) -> bytes:
    id3 = ID3()
    frames = ((TIT2, tags.title), (TALB, tags.album), (TPE1, tags.author), (TCOM, tags.narrator), (TCON, "Audiobook"))
    for frame, text in (*frames, (TRCK, str(tags.track))):
        id3.add(frame(encoding=3, text=[text]))
    buffer = io.BytesIO()
    id3.save(buffer, padding=lambda _: 0)
    return buffer.getvalue()


def _other_file(offer: Offer, file: AudioFile) -> bytes:
    suffix = PurePosixPath(file.name).suffix.lower()
    if suffix in (".jpg", ".jpeg"):
        return files("sandbox").joinpath("resources/cover.jpg").read_bytes()
    if suffix == ".epub":
        return _epub(offer)
    return f"{offer.title}\nby {', '.join(offer.authors)}\n".encode()


def _epub(offer: Offer) -> bytes:
    """The minimum that an e-book reader needs to open a book: an EPUB container with one page."""
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="page.xhtml" media-type="application/xhtml+xml"/></rootfiles></container>',
        "page.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "title.txt": offer.title,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return buffer.getvalue()
