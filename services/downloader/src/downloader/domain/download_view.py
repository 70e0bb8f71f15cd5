"""A download as the API shows it."""

from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.translatable import translatables

from downloader.domain.download import Download
from downloader.domain.stored_conversion import shown_conversion


def shown(download: Download) -> DownloadShown:
    """The download as the API shows it."""
    wanted, release = download.wanted, download.release
    return DownloadShown(
        id=download.id,
        missing_book_id=download.missing_book_id,
        title=wanted.title,
        authors=wanted.authors,
        series=wanted.series,
        sequence=wanted.sequence,
        priority=download.priority,
        status=download.status,
        waiting_for=download.waiting_for,
        source=download.source,
        release_id=release.id if release else None,
        release_title=release.title if release else None,
        info_hash=download.info_hash,
        in_pack=download.is_in_pack,
        client_state=download.client_state,
        progress=download.progress,
        size_bytes=download.size_bytes,
        retry_count=download.retry_count,
        max_retries=download.max_retries,
        error=download.error,
        translatable=translatables(waiting_for=download.waiting_for, error=download.error),
        error_type=download.error_type,
        last_attempt_at=download.last_attempt_at,
        next_retry_at=download.next_retry_at,
        delayed_until=download.delayed_until,
        delayed_release_title=download.delayed_release.title if download.delayed_release else None,
        library_path=download.library_path,
        conversion=shown_conversion(download.conversion) if download.conversion else None,
        book_id=download.book_id,
        replaces=download.replaces,
        created_at=download.created_at,
        updated_at=download.updated_at,
    )
