"""The genre map: one row."""

from shared.contracts.metadata.genre_map import GenreMap
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.tables import GenreMapRow

_ONLY = 1


class StoredGenreMap:
    """The genre map, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self) -> GenreMap:
        """The map; an empty one if none was stored."""
        row = await self._session.scalar(select(GenreMapRow))
        if row is None:
            return GenreMap(genres={})
        return GenreMap(genres=row.genres, changed_at=row.changed_at, changed_by=row.changed_by)

    async def store(self, genre_map: GenreMap) -> None:
        """Replace the map."""
        values = {"id": _ONLY, **genre_map.model_dump()}
        newer = {name: value for name, value in values.items() if name != "id"}
        adding = insert(GenreMapRow).values(values)
        await self._session.execute(adding.on_conflict_do_update(index_elements=["id"], set_=newer))
