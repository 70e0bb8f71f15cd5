"""Downloads as rows of Postgres."""

from collections.abc import Iterable, Iterator
from typing import Any

from shared.chassis.logging import logger
from shared.contracts.downloads.downloads import DownloadSource, DownloadStatus, ErrorType, ReplacedBook
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.translatable import stored_translatables, with_stored_code

from downloader.adapters.postgres.tables import DownloadRow
from downloader.domain.download import Download
from downloader.domain.stored_conversion import StoredConversion

_PLAIN = (
    "id", "missing_book_id", "waiting_for", "choice_id", "chosen_at", "grabbed_at", "lost_at", "rechecked_at",
    "by_person", "info_hash", "other_hash", "pack_lead_id", "client_state", "state_since", "progress", "progressed_at",
    "size_bytes", "content_path", "completed_at", "transit_failures", "offer_failures", "put_off_times", "error",
    "last_attempt_at", "next_retry_at", "searched_at", "last_search", "last_search_at", "library_path", "book_id",
    "described_at", "page_asked_at", "delayed_until", "awaits_move", "awaits_files", "priority", "priority_by_person",
    "wanted_by_person", "most_retries",
)  # fmt: skip

_SENTENCES = ("waiting_for", "error")


def download_of(row: DownloadRow) -> Download:
    """The download that a row stores."""
    plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    for name in _SENTENCES:
        if plain[name] is not None:
            plain[name] = with_stored_code(plain[name], row.translatable)
    return Download(
        **plain,
        wanted=MissingBook.model_validate(row.wanted),
        status=DownloadStatus(row.status),
        source=DownloadSource(row.source) if row.source else None,
        release=Release.model_validate(row.release) if row.release else None,
        conversion=StoredConversion.model_validate(row.conversion) if row.conversion else None,
        replaces=ReplacedBook.model_validate(row.replaces) if row.replaces else None,
        delayed_release=Release.model_validate(row.delayed_release) if row.delayed_release else None,
        error_type=ErrorType(row.error_type) if row.error_type else None,
        pack_files=tuple(row.pack_files),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def readable(rows: Iterable[DownloadRow]) -> Iterator[Download]:
    """The downloads of the rows. A row that this version cannot read is logged and skipped."""
    for row in rows:
        try:
            yield download_of(row)
        except ValueError as error:
            logger().error("download_unreadable", download_id=str(row.id), because=type(error).__name__)


def values_of(download: Download) -> dict[str, Any]:
    """The columns that store a download, without those that never change."""
    plain = {name: getattr(download, name) for name in _PLAIN if name not in ("id", "missing_book_id")}
    return plain | {
        "translatable": stored_translatables(getattr(download, name) for name in _SENTENCES) or None,
        "status": download.status.value,
        "pack_files": list(download.pack_files),
        "source": download.source.value if download.source else None,
        "release": download.release.model_dump(mode="json") if download.release else None,
        "conversion": download.conversion.model_dump(mode="json") if download.conversion else None,
        "replaces": download.replaces.model_dump(mode="json") if download.replaces else None,
        "delayed_release": download.delayed_release.model_dump(mode="json") if download.delayed_release else None,
        "release_id": download.release.id if download.release else None,
        "error_type": download.error_type.value if download.error_type else None,
    }
