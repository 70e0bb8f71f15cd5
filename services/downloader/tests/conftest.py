"""Builders with defaults, and shared fixtures."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.app import SPEC
from downloader.domain.download import Download
from downloader.domain.limits import GIB, GrabContext, Limits
from shared.chassis.database import Database, Transactions
from shared.chassis.migrations import upgrade
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.library.books import Book
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabAssessment, GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.values import Indexer, MissingReason, MissingStatus
from shared.testing.clocks import ManualClock

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def a_missing_book() -> Callable[..., MissingBook]:
    """The second book of Oz, five hours long."""

    def make(**changes: Any) -> MissingBook:
        return MissingBook.model_validate(
            {
                "id": uuid4(),
                "title": "The Marvelous Land of Oz",
                "authors": ["L. Frank Baum"],
                "series": "Oz",
                "sequence": "2",
                "duration_minutes": 300,
                "duration_choices": [300],
                "language": "English",
                "reason": MissingReason.SERIES_GAP,
                "source": "AUDIBLE",
                "status": MissingStatus.IDENTIFIED,
                "priority": 10,
                "identified_at": NOON,
                "updated_at": NOON,
            }
            | changes
        )

    return make


@pytest.fixture
def an_owned_book() -> Callable[..., Book]:
    """That book as an MP3 with 64 kbit/s, read by Tom Reed."""

    def make(**changes: Any) -> Book:
        fields = {
            "id": uuid4(),
            "abs_id": "li_2",
            "title": "The Marvelous Land of Oz",
            "authors": ["L. Frank Baum"],
            "narrators": ["Tom Reed"],
            "series": [{"name": "Oz", "sequence": "2"}],
            "language": "English",
            "duration_seconds": 18_000.0,
            "size_bytes": 144_000_000,
            "format": "mp3",
            "published_year": "1904",
            "path": "L. Frank Baum/Oz/02 - The Marvelous Land of Oz",
            "added_at": NOON,
            "updated_at": NOON,
        }
        return Book.model_validate(fields | changes)

    return make


@pytest.fixture
def a_release() -> Callable[..., Release]:
    """An acceptable release of that book at MyAnonamouse."""

    def make(**changes: Any) -> Release:
        return Release.model_validate(
            {
                "indexer": Indexer.MAM,
                "id": "900001",
                "title": "The Marvelous Land of Oz",
                "authors": ["L. Frank Baum"],
                "narrators": ["Tom Reed"],
                "series": [{"name": "Oz", "sequence": "2"}],
                "size_bytes": 144_000_000,
                "filetype": "m4b",
                "language": "ENG",
                "is_audio": True,
                "seeders": 12,
                "duration_minutes": 300,
            }
            | changes
        )

    return make


@pytest.fixture
def an_assessment() -> Callable[..., GrabAssessment]:
    """What mam-search answers about a grab."""

    def make(*, allowed: bool = True, free: bool = False, unsatisfied: int = 4) -> GrabAssessment:
        figures = GrabFigures(
            unsatisfied=unsatisfied,
            unsatisfied_limit=100,
            reserved_slots=0,
            kept_free=7,
            slots_left=max(0, 93 - unsatisfied),
            ratio=4.2,
            ratio_after=4.1,
            min_ratio=1.0,
            reserved_bytes=0,
            paid_bytes=0 if free else 144_000_000,
            buffer_bytes=320 * GIB,
            free=free,
            standing_read_at=NOON - timedelta(minutes=1),
        )
        found = f"{unsatisfied} unsatisfied torrents of 100"
        return GrabAssessment(allowed=allowed, found=found, needed="fewer than 93 unsatisfied", figures=figures)

    return make


@pytest.fixture
def a_grab_context(a_missing_book: Callable[..., MissingBook]) -> Callable[..., GrabContext]:
    def make(**changes: Any) -> GrabContext:
        fields: dict[str, Any] = {"wanted": a_missing_book(), "limits": Limits(), "now": NOON}
        return GrabContext(**(fields | changes))

    return make


@pytest.fixture
def a_download(a_missing_book: Callable[..., MissingBook]) -> Callable[..., Download]:
    def make(**changes: Any) -> Download:
        wanted = a_missing_book()
        fields: dict[str, Any] = {
            "id": uuid4(),
            "missing_book_id": wanted.id,
            "wanted": wanted,
            "status": DownloadStatus.QUEUED,
            "created_at": NOON,
            "updated_at": NOON,
        }
        return Download(**(fields | changes))

    return make


@pytest.fixture
def database_url(fresh_database: Callable[..., Any]) -> str:
    return str(fresh_database(_migrated).url("downloader"))


def _migrated(database: Any) -> None:
    upgrade(SPEC.migrations, database.url("downloader"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url, CHASSIS)
    yield opened
    await opened.aclose()


@pytest.fixture
def transaction(database: Database) -> Transactions[PostgresTransaction]:
    return database.transactions(PostgresTransaction)


@pytest.fixture
def stored(
    transaction: Transactions[PostgresTransaction], a_missing_book: Callable[..., MissingBook]
) -> Callable[..., Any]:
    """Stores a download in the given state and returns its id."""

    async def store(wanted: MissingBook | None = None, **state: Any) -> UUID:
        async with transaction() as tx:
            ((download_id, _, _),) = await tx.downloads.want([wanted or a_missing_book()], NOON)
            download = await tx.downloads.get(download_id)
            assert download is not None
            for name, value in state.items():
                setattr(download, name, value)
            await tx.downloads.save(download)
        return download_id

    return store


@pytest.fixture
def download_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder
