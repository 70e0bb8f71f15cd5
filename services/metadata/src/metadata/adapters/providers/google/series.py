"""The series of Google Books: which one a volume belongs to, and which volumes one has."""

from pydantic import TypeAdapter
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

from metadata.adapters.providers.google.client import GoogleBooks
from metadata.adapters.providers.google.errors import NAME
from metadata.adapters.providers.google.parsing import is_book, series_ids
from metadata.adapters.providers.google.schema import Members, Volume
from metadata.adapters.providers.result_filter import MAX_TITLES_SEARCHED, is_by, is_series, readable
from metadata.domain.catalogue import Found, SeriesWanted

MEMBERS = "/books/v1/series/membership/get"
PAGE, MAX_PAGES = 100, 30
_MEMBERS = TypeAdapter(Members)


class GoogleBooksWithSeries(GoogleBooks):
    """The volumes of one country, with their series. Every method raises the `RemoteError` family."""

    with_series = True

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """The volumes of the series that a known book is in. Google cannot be searched for a series.

        Without known books, a volume is searched by the name of the series.
        """
        for title in wanted.known_titles[:MAX_TITLES_SEARCHED] or (wanted.name,):
            volumes = await self._titled(title, wanted.authors)
            first = next((each for each in volumes if is_by(_authors(each), wanted.authors)), None)
            if first is None:
                continue
            whole = await self._whole(first)
            names = await self._names_of_series([whole])
            for series_id in series_ids(whole):
                if is_series(names.get(series_id, ""), wanted.name):
                    return await self._members(series_id, names[series_id])
        return Found()

    async def _members(self, series_id: str, name: str) -> Found:
        """Every volume of a series. Where a volume does not say its place, only the series is known."""
        found: dict[str | None, Volume] = {}
        token, cut = "", f"only the first {PAGE * MAX_PAGES} volumes of {name!r} were read"
        for _ in range(MAX_PAGES):
            params = {"series_id": series_id, "page_size": str(PAGE)} | ({"page_token": token} if token else {})
            page = await self._read(MEMBERS, _MEMBERS, params)
            members = readable(NAME, page.member, lambda volume: volume.id)
            found |= {each.id: each for each in members if is_book(each)}
            token = page.nextPageToken or ""
            if not token or not members:
                return Found(await self._in_series(list(found.values()), name))
        return Found(await self._in_series(list(found.values()), name), cut)

    async def _in_series(self, volumes: list[Volume], name: str) -> list[CataloguedWork]:
        entries = await self._works(volumes)
        return [
            entry
            if any(is_series(each.name, name) for each in entry.series)
            else entry.model_copy(update={"series": [SeriesPlace(name=name), *entry.series]})
            for entry in entries
        ]


def _authors(volume: Volume) -> list[str]:
    return [name for name in volume.volumeInfo.authors if name]
