"""The stored top lists and the changed settings of genres."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.contracts.mam.top_lists import TopList, TopListSource
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from mam_search.adapters.postgres.tables import GenreRow, TopListRow
from mam_search.domain.genres import GenreSettings


class PostgresGenreStore:
    """The settings of the genres that a person changed."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def all(self) -> Mapping[str, GenreSettings]:
        """The changed settings by name of the genre."""
        async with self._transaction() as tx:
            rows = await tx.session.scalars(select(GenreRow))
            return {
                row.name: GenreSettings(enabled=row.enabled, top10_count=row.top10_count, min_seeders=row.min_seeders)
                for row in rows
            }

    async def save(self, name: str, settings: GenreSettings) -> None:
        """Replace the changed settings of a genre."""
        values = settings.model_dump()
        statement = insert(GenreRow).values(name=name, **values)
        async with self._transaction() as tx:
            await tx.session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


class PostgresTopListStore:
    """The top lists, one for each genre, source and week."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def newest(self, genre: str, source: TopListSource) -> TopList | None:
        """The newest list of a genre from a source, or None."""
        newest = (
            select(TopListRow.top_list)
            .where(TopListRow.genre == genre, TopListRow.source == source)
            .order_by(TopListRow.week.desc())
            .limit(1)
        )
        async with self._transaction() as tx:
            found = await tx.session.scalar(newest)
        return None if found is None else TopList.model_validate(found)

    async def save(self, top_list: TopList) -> None:
        """Store a list. It replaces the one that was read in the same week."""
        key = {"genre": top_list.genre, "source": top_list.source.value, "week": _monday(top_list.read_at)}
        values = {"read_at": top_list.read_at, "top_list": top_list.model_dump(mode="json")}
        statement = insert(TopListRow).values(key | values)
        async with self._transaction() as tx:
            await tx.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=values))


def _monday(moment: datetime) -> date:
    return moment.date() - timedelta(days=moment.weekday())
