"""Open Library's API: works by title and author, editions by ISBN.

It knows most books ever printed, and when a work was first published. It has no audiobooks and no dependable series.
"""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import httpx
from pydantic import TypeAdapter
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability
from shared.translatable import translatable

from metadata.adapters.providers.openlibrary.parsing import edition_entry, isbns_of, work
from metadata.adapters.providers.openlibrary.schema import Authors, Document, Edition, Results, Work
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import answers_by_identifier, is_by, readable, surname
from metadata.domain.catalogue import Found

NAME = "openlibrary"
SEARCH, AUTHORS, BOOKS = "/search.json", "/search/authors.json", "/api/books"
FIELDS = "key,title,subtitle,author_name,first_publish_year,language,isbn,edition_count"
MAX_RESULTS, PAGE = 20, 100
MAX_WORKS = 1_500
MAX_AUTHORS = 3
"""Records of one person that are read."""
_WORK_KEY, _AUTHOR_KEY = re.compile(r"/works/OL\d{1,12}W"), re.compile(r"(?:/authors/)?(OL\d{1,12}A)")
_RESULTS, _AUTHORS, _WORK = TypeAdapter(Results), TypeAdapter(Authors), TypeAdapter(Work)
_EDITIONS = TypeAdapter(dict[str, Edition])


class OpenLibrary:
    """The works and editions. Every method raises the `RemoteError` family."""

    name = NAME
    identifiers = frozenset({Ability.ISBN})

    def __init__(self, client: ProviderClient) -> None:
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title and the first author's surname; without authors, by words of any field.

        The description of the most published work with that title is requested too.
        """
        query = {"title": title, "author": surname(authors[0])} if authors else {"q": title}
        found = [each for each in await self._documents(query) if is_by(_names(each), authors)]
        best = next((each for each in found if authors and fold(each.title) == fold(title)), None)
        description = await self._description(best.key) if best and best.key else None
        return Found([work(each, description if each is best else None) for each in found])

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """Look up the editions of all ISBNs in one request."""
        keys = ",".join(f"ISBN:{each}" for each in isbns)
        params = {"bibkeys": keys, "jscmd": "data", "format": "json"}
        listed = (await self._client.read("GET", BOOKS, _EDITIONS, params=params)).values() if keys else []
        editions = readable(NAME, list(listed), lambda edition: edition.key and edition.title)
        return answers_by_identifier(NAME, ((isbns_of(each), [edition_entry(each)]) for each in editions), isbns)

    async def author_works(self, name: str) -> Found:
        """The works of the records with this name; searched by the surname alone if the full name finds nothing."""
        keys = await self._author_keys(name, name) or await self._author_keys(surname(name), name)
        found: dict[str, CataloguedWork] = {}
        for key in keys:
            for page in range(1, MAX_WORKS // PAGE + 1):
                documents = await self._documents({"author": key, "sort": "editions"}, limit=PAGE, page=page)
                found |= {entry.id: entry for entry in map(work, documents) if is_by(entry.authors, [name])}
                if len(documents) < PAGE:
                    break
                if page * PAGE >= MAX_WORKS:
                    return Found(
                        list(found.values()), f"only the {MAX_WORKS} most published works of {name!r} were read"
                    )
        return Found(list(found.values()))

    async def check(self) -> str:
        """Send a small search, even while requests are paused."""
        await self._documents({"q": "a"}, limit=1, probe=True)
        return translatable("systems.answers", "the catalogue answers")

    async def _author_keys(self, text: str, name: str) -> list[str]:
        """The ids of the authors with this name, with the most works first."""
        answer = await self._client.read("GET", AUTHORS, _AUTHORS, params={"q": text})
        listed = readable(NAME, answer.docs, lambda author: author.key)
        named = [each for each in listed if is_by([n for n in (each.name, *each.alternate_names) if n], [name])]
        named.sort(key=lambda author: -(author.work_count or 0))
        found = [_AUTHOR_KEY.fullmatch(each.key or "") for each in named]
        return [each[1] for each in found if each][:MAX_AUTHORS]

    async def _description(self, key: str) -> str | None:
        """The description of a work, also of one that was merged into another. None if it has none."""
        for _ in range(2):
            if not _WORK_KEY.fullmatch(key):
                return None
            found = await self._client.ask("GET", f"{key}.json", self._work_in)
            if found is None or not found.location:
                return found.description if found else None
            key = found.location
        return None

    def _work_in(self, response: httpx.Response) -> Work | None:
        """A work; None if it was deleted."""
        if response.status_code == HTTPStatus.NOT_FOUND:
            return None
        found = self._client.parsed(response, _WORK)
        if not found.title and not found.location:
            raise RemoteAnsweredNonsense(NAME, "the work has neither a title nor the key of the work it became")
        return found

    async def _documents(
        self, query: dict[str, str], *, limit: int = MAX_RESULTS, page: int = 1, probe: bool = False
    ) -> list[Document]:
        params: dict[str, Any] = {**query, "fields": FIELDS, "limit": str(limit), "page": str(page)}
        answer = await self._client.read("GET", SEARCH, _RESULTS, probe=probe, params=params)
        return readable(NAME, answer.docs, lambda document: document.key and document.title)


def _names(document: Document) -> list[str]:
    return [name for name in document.author_name if name]
