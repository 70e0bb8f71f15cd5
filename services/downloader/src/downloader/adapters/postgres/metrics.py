"""The figures of downloads for `/metrics`. Names and labels follow exportarr where it has the same figure."""

from collections.abc import Awaitable, Callable, Sequence

from shared.chassis.counters import Counter
from shared.chassis.metrics import WHOLE_TABLE_SECONDS, Gauge, Row
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.downloads.folders import Folder
from sqlalchemy import case, func, select

from downloader.adapters.postgres.tables import (
    BlockedRow,
    CandidateRow,
    DownloadRow,
    FailedAttemptRow,
    ImportQuestionRow,
    SeedingRow,
)

Disk = Callable[[], Awaitable[Sequence[Folder]]]
_ENDED = (DownloadStatus.IMPORTED.value, DownloadStatus.CANCELLED.value)
_OPEN = tuple(each.value for each in DownloadStatus if each.value not in _ENDED)
_IN_CLIENT = (DownloadStatus.DOWNLOADING.value, DownloadStatus.COMPLETED.value, DownloadStatus.IMPORTING.value)
_HEALTH = case((DownloadRow.error.is_not(None), "error"), (DownloadRow.waiting_for.is_not(None), "warning"), else_="ok")
_ASKED = select(
    func.count().label("imports"),
    func.coalesce(func.extract("epoch", func.now() - func.min(ImportQuestionRow.asked_at)), 0).label("oldest"),
).where(ImportQuestionRow.answered_at.is_(None))
_CLIENT_STATE = func.coalesce(DownloadRow.client_state, "")

GAUGES = (
    Gauge(
        "gapless_queue_total",
        "downloads that are not finished, by status, by health (ok, warning: it waits, error) and by client state",
        select(DownloadRow.status, _HEALTH, _CLIENT_STATE, func.count())
        .where(DownloadRow.status.in_(_OPEN))
        .group_by(DownloadRow.status, _HEALTH, _CLIENT_STATE),
        ("status", "download_status", "download_state"),
    ),
    Gauge(
        "gapless_queue_remaining_bytes",
        "bytes that the download client has still to fetch",
        select(func.coalesce(func.sum(DownloadRow.size_bytes * (1 - DownloadRow.progress)), 0)).where(
            DownloadRow.status.in_(_IN_CLIENT)
        ),
    ),
    Gauge(
        "gapless_history_total",
        "stored downloads that are finished, by status",
        select(DownloadRow.status, func.count()).where(DownloadRow.status.in_(_ENDED)).group_by(DownloadRow.status),
        ("status",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_failed_attempts_total",
        "failed attempts of all downloads, by kind of error",
        select(FailedAttemptRow.error_type, func.sum(FailedAttemptRow.count)).group_by(FailedAttemptRow.error_type),
        ("error_type",),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_candidates",
        "releases that the last search of each book found, by indexer and verdict",
        select(CandidateRow.indexer, CandidateRow.verdict, func.count()).group_by(
            CandidateRow.indexer, CandidateRow.verdict
        ),
        ("indexer", "verdict"),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_releases_blocked",
        "blocked releases",
        select(func.count()).select_from(BlockedRow),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
    Gauge(
        "gapless_imports_waiting",
        "imports that a person has to decide about",
        _ASKED,
        figure="imports",
    ),
    Gauge(
        "gapless_imports_waiting_oldest_seconds",
        "how long the oldest of these imports has waited",
        _ASKED,
        figure="oldest",
    ),
    Gauge(
        "gapless_torrents_seeding",
        "torrents that Gapless grabbed, by indexer and whether they have been seeded long enough",
        select(SeedingRow.indexer, SeedingRow.safe_to_remove, func.count()).group_by(
            SeedingRow.indexer, SeedingRow.safe_to_remove
        ),
        ("indexer", "seeded_enough"),
        kept_seconds=WHOLE_TABLE_SECONDS,
    ),
)  # fmt: skip

QUERIES = Counter(
    "gapless_indexer_queries_total",
    "queries for releases by indexer and outcome, as of the requests to outside systems",
    ("indexer", "outcome"),
)
GRABS = Counter("gapless_indexer_grabs_total", "torrents that were added to the download client", ("indexer",))
JUDGED = Counter(
    "gapless_releases_judged_total",
    "releases that searches judged, by verdict and by the first rule that found this verdict; accepted ones have none",
    ("verdict", "rule"),
)
IMPORTS = Counter(
    "gapless_imports_total",
    "attempts to import a download, by how its files were placed (none: they were not) and by outcome",
    ("mode", "outcome"),
)
COUNTERS = (QUERIES, GRABS, JUDGED, IMPORTS)


def free_space(disk: Disk) -> Gauge:
    """The free space of the folders; a folder that cannot be read has no value."""

    async def rows() -> Sequence[Row]:
        return [(each.path, each.free_bytes) for each in await disk()]

    return Gauge("gapless_rootfolder_freespace_bytes", "free space of the file system of a folder", rows, ("path",))
