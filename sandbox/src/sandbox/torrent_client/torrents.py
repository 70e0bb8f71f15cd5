"""One torrent in the client: its metainfo and its progress."""

import io
from pathlib import Path, PurePosixPath
from typing import Literal, Self
from urllib.parse import parse_qs, quote

import torf
from pydantic import BaseModel

UNLIMITED = -1
AS_GLOBAL = -2


class NotATorrent(ValueError):
    """The bytes are not a torrent file, or the text is not a magnet link."""


class ContentFile(BaseModel):
    """One file of a torrent. `path` is relative to the save path. A file with the priority 0 is not downloaded."""

    path: str
    size_bytes: int
    priority: int = 1


class Torrent(BaseModel):
    """A torrent. Times are seconds since 1970. `download_limit` is in bytes a second, 0 for no limit.

    `downloaded_bytes` counts the wanted files.
    """

    hash: str
    name: str
    content_name: str
    has_metadata: bool = True
    size_bytes: int = 0
    piece_bytes: int = 0
    files: list[ContentFile] = []
    tracker: str = ""
    private: bool = False
    comment: str = ""
    created_by: str = ""
    created_on: int = -1
    save_path: str = ""
    automatic: bool = False
    category: str = ""
    tags: list[str] = []
    stopped: bool = False
    forced: bool = False
    fault: Literal["error", "missingFiles"] | None = None
    added_on: int = 0
    completed_on: int | None = None
    downloaded_bytes: float = 0
    download_limit: int = 0
    uploaded_bytes: int = 0
    seeding_seconds: float = 0
    ratio_limit: float = AS_GLOBAL
    seeding_minutes_limit: int = AS_GLOBAL

    @classmethod
    def from_metainfo(cls, metainfo: bytes) -> Self:
        """Read a torrent file. Raises NotATorrent."""
        try:
            read = torf.Torrent.read_stream(io.BytesIO(metainfo))
            info_hash = str(read.infohash)
        except (torf.TorfError, ValueError) as error:
            raise NotATorrent(str(error)) from error
        trackers = [str(url) for tier in read.trackers for url in tier]
        return cls(
            hash=info_hash,
            name=str(read.name),
            content_name=str(read.name),
            size_bytes=int(read.size),
            piece_bytes=int(read.piece_size),
            files=[ContentFile(path=PurePosixPath(each).as_posix(), size_bytes=int(each.size)) for each in read.files],
            tracker=trackers[0] if trackers else "",
            private=bool(read.private),
            comment=read.comment or "",
            created_by=read.created_by or "",
            created_on=int(read.creation_date.timestamp()) if read.creation_date else -1,
        )

    @classmethod
    def from_magnet(cls, link: str) -> Self:
        """A torrent without metadata. Raises NotATorrent if there is no version 1 info hash."""
        query = parse_qs(link.partition("?")[2])
        hashes = [topic.removeprefix("urn:btih:") for topic in query.get("xt", []) if topic.startswith("urn:btih:")]
        if not hashes or len(hashes[0]) != 40:
            raise NotATorrent("a magnet link without xt=urn:btih:")
        name = query.get("dn", [hashes[0]])[0]
        tracker = query.get("tr", [""])[0]
        return cls(hash=hashes[0].lower(), name=name, content_name=name, has_metadata=False, tracker=tracker)

    def take_metadata(self, known: "Torrent") -> None:
        """Set the fields that a magnet link does not contain."""
        for field in (
            "name",
            "content_name",
            "size_bytes",
            "piece_bytes",
            "files",
            "private",
            "created_by",
            "created_on",
        ):
            setattr(self, field, getattr(known, field))
        self.has_metadata = True

    @property
    def pieces(self) -> int:
        """The number of pieces; 0 without metadata."""
        return -(-self.size_bytes // self.piece_bytes) if self.piece_bytes else 0

    @property
    def wanted_bytes(self) -> int:
        """The size of the files that are downloaded."""
        skipped = sum(each.size_bytes for each in self.files if each.priority == 0)
        return self.size_bytes - skipped

    @property
    def complete(self) -> bool:
        """Whether all wanted bytes are downloaded."""
        return self.has_metadata and self.downloaded_bytes >= self.wanted_bytes

    @property
    def progress(self) -> float:
        """The downloaded share of the wanted files, from 0.0 to 1.0."""
        return 0.0 if not self.wanted_bytes else min(self.downloaded_bytes / self.wanted_bytes, 1.0)

    @property
    def ratio(self) -> float:
        """Uploaded by downloaded bytes."""
        return self.uploaded_bytes / self.downloaded_bytes if self.downloaded_bytes else 0.0

    @property
    def reached_a_limit(self) -> bool:
        """Whether it has seeded as much as one of its own limits says."""
        by_ratio = 0 <= self.ratio_limit <= self.ratio
        return by_ratio or 0 <= 60 * self.seeding_minutes_limit <= self.seeding_seconds

    @property
    def in_folder(self) -> bool:
        """Whether the files of the torrent are in a folder of the torrent."""
        return len(self.files) > 1 or (len(self.files) == 1 and "/" in self.files[0].path)

    @property
    def magnet(self) -> str:
        """The magnet link of the torrent."""
        size = f"&xl={self.size_bytes}" if self.has_metadata else ""
        return f"magnet:?xt=urn:btih:{self.hash}&dn={quote(self.name)}{size}&tr={quote(self.tracker, safe='')}"

    def paths_on_disk(self) -> list[Path]:
        """The paths of all files below the save path."""
        return [Path(self.save_path) / each.path for each in self.files]

    def is_on_disk(self) -> bool:
        """Whether every wanted file exists in its full length."""
        wanted = [each for each in self.files if each.priority > 0]
        return bool(wanted) and all(self.has_on_disk(each) for each in wanted)

    def bytes_on_disk(self) -> int:
        """The size of the wanted files that exist in their full length."""
        return sum(each.size_bytes for each in self.files if each.priority > 0 and self.has_on_disk(each))

    def has_on_disk(self, file: ContentFile) -> bool:
        """Whether this file exists in its full length."""
        path = Path(self.save_path) / file.path
        return path.is_file() and path.stat().st_size == file.size_bytes
