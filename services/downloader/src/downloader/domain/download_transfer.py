"""The transitions of a download while the client has its torrent."""

from datetime import datetime

from shared.contracts.downloads.downloads import DownloadStatus
from shared.translatable import translatable

from downloader.domain.download_state import DownloadState


class TransferTransitions(DownloadState):
    """Added to the client, lost by it, in progress, and complete."""

    __slots__ = ()

    def grabbed(self, *, client_state: str, now: datetime) -> None:
        """The client has the torrent."""
        self.status = DownloadStatus.DOWNLOADING
        self.grabbed_at = now
        self.client_state = client_state
        self.state_since = now
        self.progressed_at = now
        self.put_off_times = 0
        self.waiting_for = None
        self._clear_error()
        words = translatable("download.grabbed", "the torrent was added to the download client")
        self.note("grabbed", words, info_hash=self.info_hash)

    def lost(self, now: datetime) -> None:
        """The client lost the torrent in a restart: it is added again."""
        self.status = DownloadStatus.SEARCHING
        self.lost_at = now
        self.client_state = self.state_since = self.progressed_at = None
        self.note(
            "lost",
            translatable("download.lost", "the download client lost the torrent in a restart; it is added again"),
        )

    def seen(
        self, client_state: str, progress: float, *, state_since: datetime | None, progressed_at: datetime | None
    ) -> None:
        """Store the client's current state and progress."""
        self.client_state, self.progress = client_state, progress
        self.state_since, self.progressed_at = state_since, progressed_at

    def completed(self, *, content_path: str, now: datetime) -> None:
        """The client has all files, at its path `content_path`."""
        self.status = DownloadStatus.COMPLETED
        self.progress = 1.0
        self.content_path = content_path
        self.completed_at = now
        self.transit_failures = 0
        self._clear_error()
        self.note("transferred", translatable("download.transferred", "all files are downloaded"))

    def files_missing(self, why: str, now: datetime, *, rechecked: bool) -> None:
        """Its finished files are gone: the client downloads them again. `rechecked`: it was asked to check them."""
        self.status = DownloadStatus.DOWNLOADING
        self.rechecked_at = now if rechecked else self.rechecked_at
        self.content_path = self.completed_at = self.conversion = None
        self.progress = 0.0
        self.state_since = self.progressed_at = now
        self._clear_error()
        words = f"{why}; the download client downloads what is missing"
        self.note("files_missing", translatable("download.files_missing", words, why=why))
