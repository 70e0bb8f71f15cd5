"""qBittorrent's responses."""

from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from downloader.adapters.clients.qbittorrent.states import state_of
from downloader.domain.download_client import ContentFile
from downloader.domain.torrent import ClientTorrent

_FOREVER_SECONDS = 8_640_000
"""qBittorrent's value for an unknown time."""
MAX_RATIO = 9999.0
"""qBittorrent reports a ratio above this as -1."""


class TorrentRow(BaseModel):
    """A torrent of `torrents/info` or `sync/maindata`. The latter has the hash as key, and only changed fields."""

    model_config = ConfigDict(extra="ignore")

    hash: str = ""
    infohash_v1: str = ""
    infohash_v2: str = ""
    name: str = ""
    state: str = ""
    progress: float = 0.0
    size: int = 0
    downloaded: int = 0
    dlspeed: int = 0
    eta: int = _FOREVER_SECONDS
    num_seeds: int = 0
    num_complete: int = 0
    seeding_time: float = 0.0
    uploaded: int = 0
    ratio: float = 0.0
    content_path: str = ""
    category: str = ""

    def torrent(self, client_fault: str = "") -> ClientTorrent:
        """The torrent in our terms. A hybrid torrent's id is its version 2 hash, cut to 40 digits.

        `client_fault` is the reason for an error, which qBittorrent does not give here.
        """
        hashes = (self.hash, self.infohash_v1, self.infohash_v2[:40])
        return ClientTorrent(
            hashes=tuple(dict.fromkeys(each for each in hashes if each)),
            name=self.name,
            state=state_of(self.state, self.progress),
            client_state=self.state,
            progress=min(1.0, max(0.0, self.progress)),
            size_bytes=self.size,
            downloaded_bytes=self.downloaded,
            seeds=max(self.num_seeds, 0),
            speed_bytes_per_second=max(self.dlspeed, 0),
            eta_seconds=self.eta if 0 <= self.eta < _FOREVER_SECONDS else None,
            seeding_seconds=max(0.0, self.seeding_time),
            uploaded_bytes=max(self.uploaded, 0),
            ratio=self.ratio if self.ratio >= 0 else MAX_RATIO,
            content_path=self.content_path,
            category=self.category,
            client_fault=client_fault,
        )


class FileRow(BaseModel):
    """A file of `torrents/files`. Its `priority` is 0 if it is not downloaded. The index came with Web API 2.8.2."""

    model_config = ConfigDict(extra="ignore")

    index: int
    name: str
    size: int
    priority: int
    progress: float = 0.0

    def file(self) -> ContentFile:
        """The file in our terms."""
        return ContentFile(
            index=self.index,
            path=self.name.replace("\\", "/"),
            size_bytes=self.size,
            wanted=self.priority > 0,
            progress=min(1.0, max(0.0, self.progress)),
        )


class TransferStatus(BaseModel):
    """The addresses of transfer/info; None if this version does not report them."""

    last_external_address_v4: str | None = None
    last_external_address_v6: str | None = None


class MainData(BaseModel):
    """`sync/maindata`: what changed since the response with the number in the request."""

    model_config = ConfigDict(extra="ignore")

    rid: int
    full_update: bool = False
    torrents: dict[str, dict[str, Any]] = {}
    torrents_removed: list[str] = []
    server_state: dict[str, Any] = {}


class TrackerRow(BaseModel):
    """A tracker of a torrent. `status` of an error is 4 up to 5.1, and 5 from 5.2 on."""

    model_config = ConfigDict(extra="ignore")

    url: str = ""
    status: int = 0
    msg: str = ""

    @property
    def has_error(self) -> bool:
        """Whether the tracker reported an error. Rows such as `** [DHT] **` are no trackers."""
        return self.status in (4, 5) and bool(self.msg) and not self.url.startswith("** [")


FILES = TypeAdapter(list[FileRow])
PATHS = TypeAdapter(list[str])
TORRENTS = TypeAdapter(list[TorrentRow])
MAIN_DATA = TypeAdapter(MainData)
TRACKERS = TypeAdapter(list[TrackerRow])
TRANSFER = TypeAdapter(TransferStatus)
