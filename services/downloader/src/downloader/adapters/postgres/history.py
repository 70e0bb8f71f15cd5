"""The history of downloads, in Postgres."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from shared.chassis.traces import trace_id
from shared.contracts.downloads.candidates import RuleReason
from shared.contracts.system import TimelineEntry
from shared.contracts.translatable import Translatable, translatables, with_code
from shared.translatable import translatable
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import CandidateRow, DownloadRow, HistoryRow
from downloader.domain.decision import against
from downloader.domain.history import HistoryEvent

SERVICE = "downloader"
_MOST = 500
MISSING = translatable("download.missing", "queued, because the book is missing")
REQUESTED = translatable("download.requested", "requested by a person")
"""Why downloads begin."""


def better_wanted(shortcomings: Sequence[str]) -> str:
    """Why the download of an owned book begins."""
    wish = "; ".join(shortcomings)
    return translatable("download.better_wanted", f"queued, because a better release is wanted: {wish}", wish=wish)


class History:
    """The events of downloads, with a count for repeated ones."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, download_id: UUID, new_events: Sequence[HistoryEvent]) -> None:
        """Store the events. An event equal to the last one of its kind only increases its count."""
        for each in new_events:
            last = (
                select(HistoryRow.id)
                .where(HistoryRow.download_id == download_id, HistoryRow.kind == each.kind)
                .order_by(HistoryRow.id.desc())
                .limit(1)
                .scalar_subquery()
            )
            repeated = await self._session.execute(
                update(HistoryRow)
                .where(HistoryRow.id == last, HistoryRow.words == each.words)
                .values(
                    times=HistoryRow.times + 1,
                    last_at=func.now(),
                    translatable=_translatable(each.words),
                    details=each.details,
                    trace_id=trace_id(),
                )
                .returning(HistoryRow.id)
            )
            if repeated.first() is None:
                row = {
                    "download_id": download_id,
                    "kind": each.kind,
                    "words": each.words,
                    "translatable": _translatable(each.words),
                }
                await self._session.execute(insert(HistoryRow).values(**row, details=each.details, trace_id=trace_id()))

    async def begin(self, download_ids: Sequence[UUID], words: str) -> None:
        """Store the first entry of new downloads."""
        if download_ids:
            entry = {"kind": "queued", "words": words, "translatable": _translatable(words), "trace_id": trace_id()}
            rows = [{"download_id": each, **entry} for each in download_ids]
            await self._session.execute(insert(HistoryRow), rows)

    async def of(self, download_ids: Sequence[UUID]) -> list[TimelineEntry]:
        """The newest entries of these downloads, oldest first."""
        rows = await self._session.scalars(
            select(HistoryRow)
            .where(HistoryRow.download_id.in_(download_ids))
            .order_by(HistoryRow.last_at.desc(), HistoryRow.id.desc())
            .limit(_MOST)
        )
        return [_entry(row) for row in reversed(list(rows))]

    async def candidate_entries(self, download_ids: Sequence[UUID]) -> list[TimelineEntry]:
        """The candidates of each download's last search, with the reasons against them."""
        rows = await self._session.scalars(
            select(CandidateRow)
            .where(CandidateRow.download_id.in_(download_ids))
            .order_by(CandidateRow.judged_at.desc(), CandidateRow.score.desc())
            .limit(_MOST)
        )
        return [_judged(row) for row in rows]

    async def downloads_of(
        self, download_ids: Sequence[UUID], missing_book_ids: Sequence[UUID], book_ids: Sequence[UUID]
    ) -> list[DownloadRow]:
        """These downloads, and those of these missing books and books."""
        of_any = (
            DownloadRow.id.in_(download_ids)
            | DownloadRow.missing_book_id.in_(missing_book_ids)
            | DownloadRow.book_id.in_(book_ids)
        )
        return list(await self._session.scalars(select(DownloadRow).where(of_any).limit(_MOST)))


def _entry(row: HistoryRow) -> TimelineEntry:
    details = dict(row.details)
    if row.times > 1:
        details |= {"times": row.times, "first_at": row.first_at.isoformat()}
    details["download_id"] = str(row.download_id)
    words = _again(row) if row.times > 1 else _words(row)
    return TimelineEntry(
        at=row.last_at,
        service=SERVICE,
        kind=row.kind,
        words=words,
        translatable=translatables(words=words),
        details=details,
        trace_id=row.trace_id,
    )


def _words(row: HistoryRow) -> str:
    return with_code(row.words, Translatable.model_validate(row.translatable) if row.translatable else None)


def _again(row: HistoryRow) -> str:
    what, times, since = _words(row), row.times, row.first_at
    words = f"{what} ({times} times since {since:%Y-%m-%d %H:%M} UTC)"
    return translatable("download.again", words, what=what, times=times, since=since.isoformat())


def _translatable(words: str) -> dict[str, Any] | None:
    return next((each.model_dump() for each in translatables(words=words).values()), None)


def _judged(row: CandidateRow) -> TimelineEntry:
    words = _judgement(row)
    return TimelineEntry(
        at=row.judged_at,
        service=SERVICE,
        kind=f"release_{row.verdict}",
        words=words,
        translatable=translatables(words=words),
        details={"download_id": str(row.download_id), "release_id": row.release_id, "score": row.score},
    )


def _judgement(row: CandidateRow) -> str:
    title, indexer = row.release.get("title", row.release_id), row.release.get("indexer_name", row.indexer)
    why, verdict = against(RuleReason.model_validate(each) for each in row.reasons), row.verdict
    words = f"“{title}” from {indexer} was {verdict}"
    if why:
        return translatable(
            "download.judged", f"{words}: {why}", title=title, indexer=indexer, verdict=verdict, why=why
        )
    score = round(row.score, 2)
    words = f"{words}, score {row.score:.2f}"
    return translatable("download.judged_good", words, title=title, indexer=indexer, verdict=verdict, score=score)
