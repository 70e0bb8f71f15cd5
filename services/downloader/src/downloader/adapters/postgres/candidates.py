"""Judged releases in Postgres."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from shared.contracts.downloads.candidates import Candidate, RuleReason, Verdict
from shared.contracts.mam.grabs import GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.page import Page
from sqlalchemy import case, cast, delete, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.metrics import JUDGED
from downloader.adapters.postgres.tables import CandidateRow
from downloader.domain.decision import Decision
from downloader.domain.limits import key_of

_BEST_FIRST = (
    case({"accepted": 0, "doubtful": 1}, value=CandidateRow.verdict, else_=2),
    CandidateRow.score.desc(),
    CandidateRow.indexer.collate("C"),
    CandidateRow.release_id.collate("C"),
)
"""The order of `shared.books.releases.judging.rank`, which also chooses the release that is grabbed."""


class Candidates:
    """The decisions of each download's last search, and all candidates that were grabbed."""

    def __init__(self, session: AsyncSession, count: Callable[..., None]) -> None:
        self._session = session
        self._count = count

    async def replace(
        self, download_id: UUID, decisions: Sequence[Decision], now: datetime
    ) -> dict[tuple[str, str], UUID]:
        """Replace the decisions of the previous search. Returns the ids by indexer and release id."""
        for (verdict, rule), number in Counter((each.verdict.value, each.deciding_rule) for each in decisions).items():
            self._count(JUDGED, verdict, rule, amount=number)
        ids = await self.add(download_id, decisions, now)
        await self._session.execute(
            delete(CandidateRow).where(
                CandidateRow.download_id == download_id,
                CandidateRow.id.not_in(list(ids.values())),
                CandidateRow.grabbed.is_(False),
            )
        )
        return ids

    async def add(self, download_id: UUID, decisions: Sequence[Decision], now: datetime) -> dict[tuple[str, str], UUID]:
        """Store decisions in addition to the existing ones. Returns the ids by indexer and release id."""
        if not decisions:
            return {}
        statement = insert(CandidateRow).values([_values(download_id, each, now) for each in decisions])
        judged = ("release", "verdict", "score", "reasons", "account", "judged_at")
        fresh = {name: statement.excluded[name] for name in judged}
        stored = await self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["download_id", "indexer", "release_id"], set_=fresh
            ).returning(CandidateRow.indexer, CandidateRow.release_id, CandidateRow.id)
        )
        return {(row[0], row[1]): row[2] for row in stored}

    async def get(self, candidate_id: UUID) -> Candidate | None:
        """One candidate, or None."""
        row = await self._session.get(CandidateRow, candidate_id)
        return None if row is None else _candidate(row)

    async def store_account(self, candidate_id: UUID, figures: GrabFigures) -> None:
        """Store the figures of the account with which the grab of a candidate was allowed or refused."""
        account = figures.model_dump(mode="json")
        await self._session.execute(update(CandidateRow).where(CandidateRow.id == candidate_id).values(account=account))

    async def mark_grabbed(self, candidate_id: UUID) -> None:
        """Store that the candidate was added to the client."""
        await self._session.execute(update(CandidateRow).where(CandidateRow.id == candidate_id).values(grabbed=True))

    async def reject(self, indexer: str, release_id: str, finding: RuleReason) -> list[UUID]:
        """Reject the release wherever it is a candidate that was not grabbed.

        Returns the downloads for which it was not rejected before.
        """
        reason = cast([finding.model_dump(mode="json")], JSONB)
        downloads = await self._session.scalars(
            update(CandidateRow)
            .where(
                CandidateRow.indexer == indexer,
                CandidateRow.release_id == release_id,
                CandidateRow.grabbed.is_(False),
                CandidateRow.verdict != Verdict.REJECTED.value,
            )
            .values(verdict=Verdict.REJECTED.value, score=0.0, reasons=CandidateRow.reasons.op("||")(reason))
            .returning(CandidateRow.download_id)
        )
        return sorted(downloads)

    async def grabbed_before(self, releases: Sequence[Release]) -> frozenset[tuple[str, str]]:
        """Those of the releases that we have ever added to the client."""
        if not releases:
            return frozenset()
        key = tuple_(CandidateRow.indexer, CandidateRow.release_id)
        rows = await self._session.execute(
            select(CandidateRow.indexer, CandidateRow.release_id).where(
                CandidateRow.grabbed, key.in_([key_of(release) for release in releases])
            )
        )
        return frozenset((row[0], row[1]) for row in rows)

    async def page(self, download_id: UUID, limit: int, offset: int) -> Page[Candidate]:
        """A page of a download's candidates, best first."""
        of_download = CandidateRow.download_id == download_id
        total = await self._session.scalar(select(func.count()).select_from(CandidateRow).where(of_download))
        rows = await self._session.scalars(
            select(CandidateRow).where(of_download).order_by(*_BEST_FIRST).limit(limit).offset(offset)
        )
        return Page(items=[_candidate(row) for row in rows], total=total or 0, limit=limit, offset=offset)


def _values(download_id: UUID, decision: Decision, now: datetime) -> dict[str, object]:
    indexer, release_id = key_of(decision.release)
    return {
        "download_id": download_id,
        "indexer": indexer,
        "release_id": release_id,
        "release": decision.release.model_dump(mode="json"),
        "verdict": decision.verdict.value,
        "score": decision.score,
        "reasons": [reason.model_dump(mode="json") for reason in decision.reasons],
        "account": decision.account.model_dump(mode="json") if decision.account else None,
        "judged_at": now,
    }


def _candidate(row: CandidateRow) -> Candidate:
    return Candidate.model_validate(row, from_attributes=True)
