"""Releases that interactive searches showed, so that one can be grabbed by its id."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.mam.releases import Release
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.tables import CandidateRow, OfferRow
from downloader.domain.limits import key_of


class Offers:
    """The latest form of each release that a search returned, by indexer and id."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(self, releases: Sequence[Release], now: datetime) -> None:
        """Store the releases as they are now."""
        rows = [
            {"indexer": indexer, "release_id": release_id, "release": release.model_dump(mode="json"), "seen_at": now}
            for (indexer, release_id), release in sorted({key_of(each): each for each in releases}.items())
        ]
        if not rows:
            return
        statement = insert(OfferRow).values(rows)
        fresh = {"release": statement.excluded.release, "seen_at": now}
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["indexer", "release_id"], set_=fresh)
        )

    async def find(self, indexer: str, release_id: str) -> Release | None:
        """The release as the last search returned it, interactive or for a download; None if there was none."""
        found = await self._session.scalar(
            select(OfferRow.release).where(OfferRow.indexer == indexer, OfferRow.release_id == release_id)
        )
        if found is None:
            found = await self._session.scalar(
                select(CandidateRow.release)
                .where(CandidateRow.indexer == indexer, CandidateRow.release_id == release_id)
                .order_by(CandidateRow.judged_at.desc())
                .limit(1)
            )
        return None if found is None else Release.model_validate(found)
