"""A torrent as the download client shows it."""

from collections.abc import Collection
from dataclasses import dataclass

from downloader.domain.client_state import ClientState, client_state


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientTorrent:
    """`hashes` are all that it may be known by; the first is the client's own id for it.

    `content_path` is the client's view; sizes are bytes, times seconds. `tracker_fault` is what the tracker said when
    it refused the torrent.
    """

    hashes: tuple[str, ...]
    name: str
    word: str
    progress: float
    size_bytes: int
    downloaded_bytes: int = 0
    seeds: int = 0
    speed_bytes_per_second: int = 0
    eta_seconds: int | None = None
    seeding_seconds: float = 0.0
    content_path: str = ""
    category: str = ""
    tracker_fault: str | None = None

    @property
    def state(self) -> ClientState:
        return client_state(self.word, self.progress)

    def is_known_by(self, hashes: Collection[str]) -> bool:
        return any(each in hashes for each in self.hashes)
