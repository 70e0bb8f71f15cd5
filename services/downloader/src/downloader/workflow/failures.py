"""Stores and announces failures, blocks bad releases and starts the next search."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.chassis.errors import (
    RemoteBlockedUs,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
    RequestsStopped,
)
from shared.contracts.downloads.commands import SearchForDownload
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import DownloadFailed
from shared.translatable import translatable

from downloader.domain.conclusion import Unavailable
from downloader.domain.download import Download
from downloader.domain.history import Attempt
from downloader.domain.ports import DownloadsTransaction
from downloader.workflow.pack_members import leave_pack


def error_type_of(error: RemoteError) -> ErrorType:
    """AUTH for refused credentials, which a person has to correct; NETWORK for everything else."""
    return ErrorType.AUTH if isinstance(error, RemoteRefusedUs) else ErrorType.NETWORK


def note_unavailable(unavailable: Unavailable, error: RemoteError | OSError, words: str = "") -> None:
    """Record an unavailable system, or a disk that cannot be read; `words` precede the error."""
    if isinstance(error, OSError):
        words = f"{words}DOWNLOAD_PATH cannot be used: {error.strerror}"
        unavailable.note(translatable("download.path_unusable", words, why=error.strerror), ErrorType.CLIENT)
        return
    seconds = error.retry_after_seconds if isinstance(error, RemoteThrottled) else 0.0
    unavailable.note(
        f"{words}{error}" if words else remote_words(error), error_type_of(error), timedelta(seconds=seconds)
    )


def remote_words(error: RemoteError) -> str:
    """What failed at which system."""
    words, system, detail = str(error), error.system, error.detail
    match error:
        case RequestsStopped():
            return translatable("download.requests_stopped", words, system=system)
        case RemoteThrottled():
            return translatable("download.throttled", words, system=system, detail=detail)
        case RemoteBlockedUs():
            return translatable("download.blocked_us", words, system=system, detail=detail)
        case RemoteRefusedUs():
            return translatable("download.refused_us", words, system=system, detail=detail)
        case RemoteUnavailable():
            return translatable("download.system_away", words, system=system, detail=detail)
        case _:
            return translatable("download.system_failed", words, system=system, detail=detail)


async def fail(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """Mark the download as failed: it is retried by its ladder, or abandoned."""
    download.failed(attempt.error_type, attempt.reason, now)
    await record_failure(tx, download, attempt, now)


async def fail_for_removal(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """A person removed the torrent: block the release, and search again by the ladder, not at once."""
    await _block(tx, download, attempt, now)
    download.removed(attempt.error_type, attempt.reason, now)
    await record_failure(tx, download, attempt, now)


async def block_and_search_again(
    tx: DownloadsTransaction, download: Download, attempt: Attempt, *, now: datetime, run_id: UUID | None = None
) -> None:
    """Block the chosen release, count the failure and search for another release at once."""
    await _block(tx, download, attempt, now)
    await tx.failed_attempts.count(download, attempt, now)
    download.requeued(attempt.error_type, attempt.reason)
    await tx.downloads.save(download)
    tx.send(SearchForDownload(download_id=download.id, run_id=run_id))


async def refuse_for_book(
    tx: DownloadsTransaction, download: Download, words: str, *, now: datetime, run_id: UUID | None = None
) -> None:
    """Refuse the chosen release for this book only, so that it is not chosen again, and search for another one."""
    if download.release is None:
        return
    await tx.packs.settle(download.release, download.tally_item, words, filled=False, now=now)
    await tx.failed_attempts.count(download, Attempt("grab", ErrorType.VERIFY, words, download.release.id), now)
    download.requeued(ErrorType.VERIFY, words)
    await tx.downloads.save(download)
    tx.send(SearchForDownload(download_id=download.id, run_id=run_id))


async def search_again_if_duplicate(tx: DownloadsTransaction, download: Download, now: datetime) -> bool:
    """If another live download has this torrent, block the release, search again and return True.

    A failed download keeps its torrent's hash without reserving it, and only one live download may have a torrent. So
    this is checked before the download becomes live again.
    """
    if download.info_hash is None or download.is_in_pack:
        return False
    holder = await tx.downloads.holder_of(download.hashes, excluding=download.id)
    if holder is None:
        return False
    release_id = download.release.id if download.release else ""
    attempt = Attempt("grab", ErrorType.VERIFY, grabbed_elsewhere(holder), release_id)
    await block_and_search_again(tx, download, attempt, now=now)
    return True


def grabbed_elsewhere(holder: str) -> str:
    """The reason for blocking a release whose torrent another download has; `holder` is that download's title."""
    return translatable("download.same_torrent", f"the same torrent was grabbed for “{holder}”", title=holder)


async def _block(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """Block the release. The files of one book in a pack say nothing about its other books."""
    if download.release is None:
        return
    await leave_pack(tx, download)
    if download.is_in_pack and attempt.error_type is ErrorType.VERIFY:
        await tx.packs.settle(download.release, download.tally_item, attempt.reason, filled=False, now=now)
    else:
        await tx.blocklist.add(download.release, attempt.reason, now)


async def record_failure(tx: DownloadsTransaction, download: Download, attempt: Attempt, now: datetime) -> None:
    """Count, save and announce a failure that the download's status already shows."""
    await tx.failed_attempts.count(download, attempt, now)
    await tx.downloads.save(download)
    announce_failure(tx, download, attempt.error_type, attempt.reason)


def announce_failure(tx: DownloadsTransaction, download: Download, error_type: ErrorType, reason: str) -> None:
    """Announce that a download failed, and when it is retried, if at all."""
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
