"""Google Books' API: volumes by title and by ISBN, and the names of series.

It lists printed books and e-books. They identify a work and describe it, but say nothing about a recording.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar

import httpx
from pydantic import TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability
from shared.translatable import translatable

from metadata.adapters.providers.google.errors import ACCEPTED, NAME, error_in
from metadata.adapters.providers.google.parsing import is_book, isbns_of, series_ids, work
from metadata.adapters.providers.google.schema import OneVolume, SeriesList, Volume, Volumes
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import answers_by_identifier, is_by, readable, surname
from metadata.domain.catalogue import Found

VOLUMES, SERIES = "/books/v1/volumes", "/books/v1/series/get"
MAX_RESULTS = 20
MAX_SERIES_NAMES = 5_000
"""Names of series that are kept in memory."""
_VOLUMES, _VOLUME, _SERIES = TypeAdapter(Volumes), TypeAdapter(OneVolume), TypeAdapter(SeriesList)
Answer = TypeVar("Answer")


class GoogleBooks:
    """The volumes of one country. Every method raises the `RemoteError` family."""

    name = NAME
    identifiers = frozenset({Ability.ISBN})
    identifiers_at_a_time = 1
    with_series = False
    """Whether the series of a volume that an ISBN finds is read."""

    def __init__(self, client: ProviderClient, country: str) -> None:
        self._client = client
        self._country = country
        self._series_names: OrderedDict[str, str] = OrderedDict()

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title and the first author's surname; without the author if that finds nothing.

        Without authors, search by words of any field.
        """
        return Found(await self._works(await self._titled(title, authors, sure_author=sure_author)))

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """Look up ISBNs, one after the other. The search by ISBN may miss a volume that a search by words finds."""
        found: dict[str, list[CataloguedWork]] = {}
        for isbn in isbns:
            volumes = await self._volumes(f"isbn:{isbn}")
            if not any(isbn in isbns_of(each) for each in volumes):
                volumes = await self._volumes(isbn)
            matching = [each for each in volumes if isbn in isbns_of(each)]
            if self.with_series:
                matching = [await self._whole(each) for each in matching[:1]] + matching[1:]
            entries = zip(matching, await self._works(matching), strict=True)
            records = [(isbns_of(volume), [entry]) for volume, entry in entries] or [
                (isbns_of(each), []) for each in volumes
            ]
            found |= answers_by_identifier(NAME, records, [isbn])
        return found

    async def check(self) -> str:
        """Send a small search, even while requests are paused."""
        await self._volumes("a", probe=True, maxResults="1")
        return translatable("systems.answers", "the catalogue answers")

    async def _titled(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> list[Volume]:
        if not authors:
            return await self._volumes(_plain(title))
        found = await self._volumes(f"intitle:{_phrase(title)} inauthor:{_phrase(surname(authors[0]))}")
        if found or sure_author:
            return found
        volumes = await self._volumes(f"intitle:{_phrase(title)}")
        return [each for each in volumes if is_by([name or "" for name in each.volumeInfo.authors], authors)]

    async def _whole(self, volume: Volume) -> Volume:
        """The volume with its series, which searches leave out for most books."""
        params = {"country": self._country, "includeNonComicsSeries": "true"}
        whole = await self._read(f"{VOLUMES}/{volume.id}", _VOLUME, params)
        if whole.id != volume.id:
            raise RemoteAnsweredNonsense(NAME, "the volume is another one than the one that was asked for")
        return whole

    async def _works(self, volumes: Sequence[Volume]) -> list[CataloguedWork]:
        """The volumes as entries."""
        names = await self._names_of_series(volumes)
        return [work(each, names) for each in volumes]

    async def _names_of_series(self, volumes: Sequence[Volume]) -> dict[str, str]:
        """The names of the series of these volumes by their ids. Those that are not known are requested at once."""
        missing = [each for volume in volumes for each in series_ids(volume) if each not in self._series_names]
        if missing:
            listed = await self._read(SERIES, _SERIES, {"series_id": list(dict.fromkeys(missing))})
            self._series_names |= {each.seriesId: each.title for each in listed.series if each.seriesId and each.title}
        ids = {each for volume in volumes for each in series_ids(volume)}
        names = {each: self._series_names[each] for each in ids if each in self._series_names}
        while len(self._series_names) > MAX_SERIES_NAMES:
            self._series_names.popitem(last=False)
        return names

    async def _volumes(self, query: str, *, probe: bool = False, **changes: str) -> list[Volume]:
        params = {"q": query, "printType": "BOOKS", "maxResults": str(MAX_RESULTS), "country": self._country}
        answer = await self._read(VOLUMES, _VOLUMES, {**params, **changes}, probe=probe)
        return [each for each in readable(NAME, answer.items, lambda volume: volume.id) if is_book(each)]

    async def _read(
        self, path: str, shape: TypeAdapter[Answer], params: dict[str, Any], *, probe: bool = False
    ) -> Answer:
        def parse(response: httpx.Response) -> Answer:
            if response.status_code in ACCEPTED:
                raise error_in(response, datetime.now(UTC))
            if response.status_code == HTTPStatus.NOT_FOUND:
                raise RemoteAnsweredNonsense(NAME, "the volume or the series does not exist (404)")
            return self._client.parsed(response, shape)

        return await self._client.ask("GET", path, parse, probe=probe, params=params, accepted=ACCEPTED)


def _phrase(text: str) -> str:
    """The text as a phrase of a query."""
    return f'"{_plain(text)}"'


def _plain(text: str) -> str:
    """The text without characters that have a meaning in a query."""
    return " ".join(text.replace('"', " ").replace(":", " ").split())
