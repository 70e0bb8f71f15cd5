"""What every step does when it fails: the ladder, the tally, the event, and perhaps the next release at once."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.errors import RemoteError, RemoteRefusedUs, RemoteThrottled
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import DownloadFailed

from downloader.domain.conclusion import Away
from downloader.domain.download import Attempt, Download
from downloader.domain.ports import DownloadsTransaction


def error_type_of(error: RemoteError) -> ErrorType:
    """Credentials are a person's to put right; all else is the way there."""
    return ErrorType.AUTH if isinstance(error, RemoteRefusedUs) else ErrorType.NETWORK


def note_away(away: Away, error: RemoteError | OSError, words: str = "") -> None:
    """Note a system that did not answer, or a disk that cannot be read; `words` say what for."""
    if isinstance(error, OSError):
        away.note(f"{words}DOWNLOAD_PATH cannot be used: {error.strerror}", ErrorType.CLIENT)
        return
    seconds = error.retry_after_seconds if isinstance(error, RemoteThrottled) else 0.0
    away.note(f"{words}{error}", error_type_of(error), timedelta(seconds=seconds))


async def fail(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """The download failed: tried again by its ladder, or abandoned."""
    download.failed(attempt.error_type, attempt.reason, now)
    await tell_failed(tx, download, attempt, now)


async def fail_for_removal(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """A person removed the torrent: that release is not taken again, another one only by the ladder."""
    await _block(tx, download, attempt, now)
    download.removed(attempt.error_type, attempt.reason, now)
    await tell_failed(tx, download, attempt, now)


async def block_and_look_further(
    tx: DownloadsTransaction, download: Download, attempt: Attempt, *, now: datetime, run_id: UUID | None = None
) -> None:
    """The chosen release is bad: never again, and the next one at once."""
    await _block(tx, download, attempt, now)
    await tx.failed_attempts.count(download, attempt, now)
    download.looks_further(attempt.error_type, attempt.reason)
    await tx.downloads.save(download)
    tx.send(SearchForDownload(download_id=download.id, run_id=run_id))


async def look_further_if_taken(tx: DownloadsTransaction, download: Download, now: datetime) -> bool:
    """When another live download has its torrent by now, drop the release and search at once; else do nothing.

    A failed download keeps its torrent's hash but not its hold on it. Only one live download may have a torrent, so
    the holder is looked up before the download is made live again.
    """
    if download.info_hash is None:
        return False
    holder = await tx.downloads.holder_of([download.info_hash], but=download.id)
    if holder is None:
        return False
    release_id = download.release.id if download.release else ""
    attempt = Attempt("grab", ErrorType.VERIFY, taken_by(holder), release_id)
    await block_and_look_further(tx, download, attempt, now=now)
    return True


def taken_by(holder: str) -> str:
    """Why a release is dropped whose torrent another download has; `holder` is that one's title."""
    return f"the same torrent was grabbed for “{holder}”"


async def _block(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    if download.release is not None:
        await tx.blocklist.add(download.release, attempt.reason, now)


async def tell_failed(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """Keep and tell a failure that the download has taken in already."""
    await tx.failed_attempts.count(download, attempt, now)
    await tx.downloads.save(download)
    announce_failure(tx, download, attempt.error_type, attempt.reason)


def announce_failure(tx: DownloadsTransaction, download: Download, error_type: ErrorType, reason: str) -> None:
    """Announce that a download has failed, and when it is retried, if it is."""
    tx.announce(
        DownloadFailed(
            download_id=download.id,
            missing_book_id=download.missing_book_id,
            error_type=error_type,
            reason=reason,
            next_retry_at=download.next_retry_at,
            title=download.wanted.title,
            authors=download.wanted.authors,
        )
    )
