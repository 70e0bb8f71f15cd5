"""Audnexus' API: one book of Audible by its ASIN, its chapters, and authors."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter
from shared.books.text.identifiers import asin as as_asin
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability
from shared.translatable import translatable

from metadata.adapters.providers.audnexus.parsing import author_asin, chapters_of, listed_author, work
from metadata.adapters.providers.audnexus.schema import Author, AuthorLink, Book, Chapters, Failed
from metadata.adapters.providers.marketplaces import in_order
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import answers_by_identifier
from metadata.domain.catalogue import Found

NAME = "audnexus"
PROBE = "B0AUDNEXUS"
"""An ASIN that no book has."""
UNKNOWN = {"NOT_FOUND", "REGION_UNAVAILABLE", "PRODUCT_DELISTED", "CONTENT_TYPE_MISMATCH"}
"""The codes of errors that say that the marketplace has no such book. The last one is that of a podcast."""
_BOOK, _CHAPTERS, _FAILED = TypeAdapter(Book), TypeAdapter(Chapters), TypeAdapter(Failed)
_AUTHORS, _AUTHOR = TypeAdapter(list[AuthorLink]), TypeAdapter(Author)
Answer = TypeVar("Answer")


class Audnexus:
    """Audible's books as Audnexus has stored them, without a search.

    An ASIN is asked for in at most `max_regions` marketplaces, until one knows it. Every method raises the
    `RemoteError` family. A status 404 is "not known" only with Audnexus' own error.
    """

    name = NAME
    origin = "audible"
    identifiers_at_a_time = 1

    def __init__(self, client: ProviderClient, regions: Sequence[str], max_regions: int, *, with_books: bool) -> None:
        self._client = client
        self._regions = regions
        self._max_regions = max_regions
        self.identifiers = frozenset({Ability.ASIN}) if with_books else frozenset()

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """Look up ASINs, one after the other. There is no lookup by ISBN."""
        records: list[tuple[list[str | None], list[CataloguedWork]]] = []
        for asin in asins:
            book = await self._first(f"/books/{asin}", _BOOK, None)
            if book is not None:
                entry = work(book)
                records.append(([as_asin(book.asin)], [entry] if entry else []))
        return answers_by_identifier(NAME, records, asins)

    async def chapters(self, asin: str, language: str | None = None) -> Found:
        """The chapters of one edition. Those that Audnexus estimated are left out."""
        listed = await self._first(f"/books/{asin}/chapters", _CHAPTERS, language)
        if listed is None:
            return Found()
        if as_asin(listed.asin) != asin:
            raise RemoteAnsweredNonsense(NAME, "the chapters belong to another book than the one that was asked for")
        return Found(chapters=chapters_of(listed))

    async def similar_authors(self, name: str) -> Found:
        """The author with this name, by the first marketplace. It takes at most two requests."""
        listed = await self._in_region("/authors", _AUTHORS, self._regions[0], name=name)
        asin = author_asin(listed or [], name)
        if asin is None:
            return Found()
        author = await self._in_region(f"/authors/{quote(asin, safe='')}", _AUTHOR, self._regions[0])
        return Found(author=listed_author(author, asin) if author else None)

    async def check(self) -> str:
        """Ask for a book that does not exist, even while requests are paused."""
        await self._in_region(f"/books/{PROBE}", _BOOK, self._regions[0], probe=True)
        return translatable("systems.answers", "Audnexus answers")

    async def _first(self, path: str, shape: TypeAdapter[Answer], language: str | None) -> Answer | None:
        """The answer of the first marketplace that knows the book."""
        for region in in_order(self._regions, language)[: self._max_regions]:
            answer = await self._in_region(path, shape, region)
            if answer is not None:
                return answer
        return None

    async def _in_region(
        self, path: str, shape: TypeAdapter[Answer], region: str, *, probe: bool = False, **query: str
    ) -> Answer | None:
        """What one marketplace has; None if it does not know the book or the author."""
        parse: Callable[[httpx.Response], Answer | None] = lambda response: self._parsed(response, shape)  # noqa: E731
        return await self._client.ask(
            "GET", path, parse, probe=probe, params={"region": region} | query, accepted={400}
        )

    def _parsed(self, response: httpx.Response, shape: TypeAdapter[Answer]) -> Answer | None:
        if response.status_code < HTTPStatus.BAD_REQUEST:
            return self._client.parsed(response, shape)
        error = self._client.parsed(response, _FAILED).error
        if error.code in UNKNOWN:
            return None
        raise RemoteAnsweredNonsense(NAME, f"the request was refused: {error.code}: {(error.message or '')[:160]}")
