"""A torrent as the download client shows it."""

from collections.abc import Collection
from dataclasses import dataclass

from downloader.domain.client_state import ClientState


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTorrent:
    """`hashes` are all of its info hashes; the first is the client's id for it.

    `state` is what it is doing, and `client_state` the client's own name for that. `content_path` is a path in the
    client's file system. `size_bytes` and `progress` are those of the wanted files. `ratio` is uploaded by downloaded
    bytes, `seeding_seconds` the time in which the torrent was complete and running. `tracker_fault` is the tracker's
    error if it refused the torrent. `client_fault` is the client's reason for an error, empty if it gives none.
    """

    hashes: tuple[str, ...]
    name: str
    state: ClientState
    client_state: str
    progress: float
    size_bytes: int
    downloaded_bytes: int = 0
    seeds: int = 0
    speed_bytes_per_second: int = 0
    eta_seconds: int | None = None
    seeding_seconds: float = 0.0
    uploaded_bytes: int = 0
    ratio: float = 0.0
    content_path: str = ""
    category: str = ""
    tracker_fault: str | None = None
    client_fault: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether all wanted files are there."""
        return self.state in {ClientState.COMPLETE, ClientState.COMPLETE_STOPPED}

    def has_hash_in(self, hashes: Collection[str]) -> bool:
        return any(each in hashes for each in self.hashes)
