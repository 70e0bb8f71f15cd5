"""What a torrent is doing in the download client."""

from enum import StrEnum


class ClientState(StrEnum):
    """The states that the downloader distinguishes."""

    METADATA = "getting metadata"
    DOWNLOADING = "downloading"
    STALLED = "stalled"
    QUEUED = "queued"
    CHECKING = "checking"
    MOVING = "moving"
    STOPPED = "stopped by a person"
    ERRORED = "errored"
    MISSING_FILES = "missing files"
    COMPLETE = "complete"
    """All wanted files are there, and it seeds or is queued to seed."""
    COMPLETE_STOPPED = "complete, but stopped"
    VANISHED = "vanished"
    UNKNOWN = "unknown"
