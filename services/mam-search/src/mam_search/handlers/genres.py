"""Lists the genres, and changes them."""

from shared.chassis.errors import NotFound
from shared.contracts.mam.top_lists import Genre, ListGenres, UpdateGenre

from mam_search.domain.genres import GenreSettings, genre_name, genres
from mam_search.domain.top_list_ports import GenreStore


class GenreHandlers:
    """Answers `ListGenres` and `UpdateGenre`."""

    def __init__(self, store: GenreStore) -> None:
        self._store = store

    async def list(self, _request: ListGenres) -> list[Genre]:
        """All genres by name."""
        return genres(await self._store.all())

    async def update(self, request: UpdateGenre) -> Genre:
        """Change a genre; its name may be written in any case. Raises `NotFound`."""
        name = genre_name(request.name)
        if name is None:
            raise NotFound(f"there is no genre {request.name!r}; GET /api/genres lists them")
        changed = await self._store.all()
        settings = changed.get(name, GenreSettings()).changed_by(request.update)
        await self._store.save(name, settings)
        return next(each for each in genres({**changed, name: settings}) if each.name == name)
