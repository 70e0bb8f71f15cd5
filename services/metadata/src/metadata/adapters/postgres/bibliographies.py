"""The lists of works, by subject and provider."""

from datetime import datetime

from shared.contracts.metadata.bibliographies import CataloguedWork, CollectBibliography
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import BibliographyRow, WorkRow


class Bibliographies:
    """Works as they were last received, and the list of each series and author."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(
        self, subject: CollectBibliography, provider: str, works: list[CataloguedWork], now: datetime
    ) -> None:
        """Store the works and replace the list of one provider."""
        # Sorted, so that two lists with the same works lock them in the same order.
        rows = [
            {"id": each.id, "work": each.model_dump(mode="json"), "seen_at": now}
            for each in sorted(works, key=lambda work: work.id)
        ]
        if rows:
            adding = insert(WorkRow)
            fresh = {"work": adding.excluded.work, "seen_at": adding.excluded.seen_at}
            await self._session.execute(adding.on_conflict_do_update(index_elements=["id"], set_=fresh), rows)
        listing = insert(BibliographyRow).values(
            of=subject.of.value,
            subject_id=subject.subject_id,
            provider=provider,
            name=subject.name,
            work_ids=[each.id for each in works],
            collected_at=now,
        )
        newer = {name: listing.excluded[name] for name in ("name", "work_ids", "collected_at")}
        await self._session.execute(
            listing.on_conflict_do_update(index_elements=["of", "subject_id", "provider"], set_=newer)
        )
