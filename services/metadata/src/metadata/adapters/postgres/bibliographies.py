"""The lists of works, by subject and provider."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from shared.chassis.array_parameters import is_one_of
from shared.contracts.metadata.bibliographies import CataloguedWork, CollectBibliography
from sqlalchemy import Text, bindparam, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import BibliographyRow, WorkRow
from metadata.domain.ports import StoredList

_WORK = func.jsonb_array_elements(cast(bindparam("works"), JSONB), type_=JSONB).column_valued("work")
_WORKS = insert(WorkRow.__table__).from_select(  # type: ignore[arg-type]  # it is a Table
    ["id", "work", "seen_at"],
    select(_WORK.op("->>", return_type=Text())("id"), _WORK, bindparam("seen_at", type_=WorkRow.seen_at.type)),
)
_STORE_WORKS = _WORKS.on_conflict_do_update(
    index_elements=["id"], set_={name: _WORKS.excluded[name] for name in ("work", "seen_at")}
)
"""Stores any number of works, which are one JSON array."""
_LIST = insert(BibliographyRow.__table__)  # type: ignore[arg-type]  # it is a Table
_STORE_LIST = _LIST.on_conflict_do_update(
    index_elements=["of", "subject_id", "provider"],
    set_={name: _LIST.excluded[name] for name in ("name", "work_ids", "collected_at")},
)


class Bibliographies:
    """Works as they were last received, and the list of each series and author."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def store(
        self, subject: CollectBibliography, lists: Mapping[str, Sequence[CataloguedWork]], now: datetime
    ) -> None:
        """Store the works and replace the lists of these providers. Of two works with one id, the last is stored."""
        by_id = {each.id: each for works in lists.values() for each in works}
        if by_id:
            # Sorted, so that two lists with the same works lock them in the same order.
            ordered = ",".join(by_id[each].model_dump_json() for each in sorted(by_id))
            await self._session.execute(_STORE_WORKS, {"works": f"[{ordered}]", "seen_at": now})
        listings = [
            {
                "of": subject.of.value,
                "subject_id": subject.subject_id,
                "provider": provider,
                "name": _names_of(subject),
                "work_ids": [each.id for each in lists[provider]],
                "collected_at": now,
            }
            for provider in sorted(lists)
        ]
        if listings:
            await self._session.execute(_STORE_LIST, listings)

    async def recent(
        self, subject: CollectBibliography, providers: Sequence[str], since: datetime
    ) -> dict[str, StoredList] | None:
        """The list of each of these providers; None if one has no list of this subject collected after `since`.

        A list that was collected under another name is not used.
        """
        columns = (BibliographyRow.provider, BibliographyRow.work_ids, BibliographyRow.collected_at)
        lists = select(*columns).where(
            BibliographyRow.of == subject.of.value,
            BibliographyRow.subject_id == subject.subject_id,
            BibliographyRow.name == _names_of(subject),
            BibliographyRow.collected_at >= since,
        )
        found = {row.provider: row for row in await self._session.execute(lists)}
        if not providers or not found.keys() >= set(providers):
            return None
        ids = {each for provider in providers for each in found[provider].work_ids}
        rows = await self._session.execute(select(WorkRow.id, WorkRow.work).where(is_one_of(WorkRow.id, sorted(ids))))
        works = {row[0]: CataloguedWork.model_validate(row[1]) for row in rows}
        return {
            name: StoredList([works[each] for each in found[name].work_ids if each in works], found[name].collected_at)
            for name in providers
        }


def _names_of(subject: CollectBibliography) -> str:
    return " / ".join((subject.name, *subject.other_names))
