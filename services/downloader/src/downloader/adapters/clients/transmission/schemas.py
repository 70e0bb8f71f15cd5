"""Transmission's answers about torrents."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from downloader.adapters.clients.transmission.states import (
    LOCAL_ERROR,
    TRACKER_ERROR,
    name_of,
    state_of,
    state_of_error,
)
from downloader.domain.client_state import ClientState
from downloader.domain.download_client import ContentFile
from downloader.domain.torrent import ClientTorrent

_NO_UPLOADS, _WITHOUT_DOWNLOAD = -1, -2
_LARGEST_RATIO = 9999.0
"""For a torrent that only uploaded, whose ratio is infinite."""


class TorrentRow(BaseModel):
    """A torrent of `torrent-get`, with the fields that we request."""

    model_config = ConfigDict(extra="ignore")

    hash: str = Field(alias="hashString")
    name: str = ""
    status: int
    error: int = 0
    error_text: str = Field("", alias="errorString")
    progress: float = Field(0.0, alias="percentDone")
    metadata: float = Field(1.0, alias="metadataPercentComplete")
    size_bytes: int = Field(0, alias="sizeWhenDone")
    left_bytes: int = Field(0, alias="leftUntilDone")
    bytes_per_second: int = Field(0, alias="rateDownload")
    eta: int = -1
    seeds: int = Field(0, alias="peersSendingToUs")
    seeding_seconds: int = Field(0, alias="secondsSeeding")
    uploaded_bytes: int = Field(0, alias="uploadedEver")
    ratio: float = Field(0.0, alias="uploadRatio")
    folder: str = Field("", alias="downloadDir")
    labels: list[str] = []

    def torrent(self, our_label: str) -> ClientTorrent:
        """The torrent in our terms. Of several labels, ours counts."""
        has_metadata = self.metadata >= 1
        is_complete = has_metadata and self.left_bytes == 0 and self.progress >= 1
        other = self.labels[-1] if self.labels else ""
        ratio = {_NO_UPLOADS: 0.0, _WITHOUT_DOWNLOAD: _LARGEST_RATIO}.get(int(self.ratio), self.ratio)
        return ClientTorrent(
            hashes=(self.hash,),
            name=self.name,
            state=self._state(has_metadata=has_metadata, is_complete=is_complete),
            client_state=name_of(self.status, self.error),
            progress=min(1.0, max(0.0, self.progress)),
            size_bytes=self.size_bytes,
            downloaded_bytes=max(0, self.size_bytes - self.left_bytes),
            seeds=self.seeds,
            speed_bytes_per_second=max(0, self.bytes_per_second),
            eta_seconds=self.eta if self.eta >= 0 else None,
            seeding_seconds=max(0, self.seeding_seconds),
            uploaded_bytes=self.uploaded_bytes,
            ratio=ratio,
            content_path=f"{self.folder.rstrip('/')}/{self.name}" if has_metadata else "",
            category=our_label if our_label in self.labels else other,
            tracker_fault=self.error_text if self.error == TRACKER_ERROR else None,
            client_fault=self.error_text if self.error == LOCAL_ERROR else "",
        )

    def _state(self, *, has_metadata: bool, is_complete: bool) -> ClientState:
        if self.error == LOCAL_ERROR:
            return state_of_error(self.error_text)
        is_receiving = self.bytes_per_second > 0
        return state_of(self.status, is_complete=is_complete, has_metadata=has_metadata, is_receiving=is_receiving)


FIELDS = [field.alias or name for name, field in TorrentRow.model_fields.items()]
"""The fields to request."""


class _File(BaseModel):
    name: str
    length: int
    done_bytes: int = Field(0, alias="bytesCompleted")


class _FileStatus(BaseModel):
    wanted: bool


class FilesRow(BaseModel):
    """The files of a torrent, and which of them are wanted."""

    files: list[_File]
    status: list[_FileStatus] = Field(alias="fileStats")

    def content(self) -> list[ContentFile]:
        """The files in our terms."""
        return [
            ContentFile(
                index=index,
                path=file.name,
                size_bytes=file.length,
                wanted=status.wanted,
                progress=min(1.0, file.done_bytes / file.length) if file.length else 1.0,
            )
            for index, (file, status) in enumerate(zip(self.files, self.status, strict=False))
        ]


def _without_titles(table: Any) -> Any:
    """The rows of a table, which follow a row of field names; an older server sends objects instead."""
    if isinstance(table, list) and table and isinstance(table[0], list):
        return [dict(zip(table[0], row, strict=False)) for row in table[1:] if isinstance(row, list)]
    return table


class TorrentTable(BaseModel):
    """The rows of `torrent-get`. They are read one by one when they are needed."""

    torrents: Annotated[list[dict[str, Any]], BeforeValidator(_without_titles)]


TABLE = TypeAdapter(TorrentTable)
FILES = TypeAdapter(list[FilesRow])
