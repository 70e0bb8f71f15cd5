"""The timelines of downloads, from their history, their candidates and their planned retries."""

from collections.abc import Iterable
from uuid import UUID

from shared.contracts.system import TellTimeline, Timeline, TimelineEntry
from shared.contracts.translatable import translatables, with_stored_code
from shared.translatable import translatable
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.history import SERVICE, History
from downloader.adapters.postgres.tables import DownloadRow

_FAILED = translatable("download.it_failed", "it failed")


class Timelines:
    """Combines history, judged candidates and planned retries."""

    def __init__(self, session: AsyncSession) -> None:
        self._history = History(session)

    async def of(self, request: TellTimeline) -> Timeline:
        """The entries, oldest first, with planned retries last; empty for unknown ids."""
        rows = await self._history.downloads_of(request.download_ids, request.missing_book_ids, request.book_ids)
        ids = [row.id for row in rows]
        if not ids:
            return Timeline()
        done = [*await self._history.of(ids), *await self._history.candidate_entries(ids)]
        planned = [entry for row in rows if (entry := _planned_retry(row)) is not None]
        return Timeline(
            entries=[*sorted(done, key=lambda entry: entry.at), *planned],
            download_ids=ids,
            missing_book_ids=_distinct(row.missing_book_id for row in rows),
            book_ids=_distinct(row.book_id for row in rows),
        )


def _distinct(ids: Iterable[UUID | None]) -> list[UUID]:
    return sorted({each for each in ids if each is not None})


def _planned_retry(row: DownloadRow) -> TimelineEntry | None:
    if row.delayed_until is not None and row.next_retry_at == row.delayed_until:
        title = (row.delayed_release or {}).get("title", "")
        words = f"“{title}” will be grabbed unless a better release appears"
        return _planned(row, "grab_planned", translatable("download.grab_planned", words, title=title))
    if row.next_retry_at is not None:
        why = with_stored_code(row.error or row.waiting_for or "", row.translatable) or _FAILED
        words = translatable("download.retry_planned", f"it will be retried, because {why}", why=why)
        return _planned(row, "retry_planned", words)
    return None


def _planned(row: DownloadRow, kind: str, words: str) -> TimelineEntry:
    return TimelineEntry(
        at=row.next_retry_at or row.updated_at,
        service=SERVICE,
        kind=kind,
        words=words,
        translatable=translatables(words=words),
        to_come=True,
        details={"download_id": str(row.id)},
    )
