"""Hardcover's GraphQL API: books, editions, series and authors."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from shared.books.text.identifiers import isbn10, isbn13
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteUnavailable
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.providers import Ability
from shared.translatable import translatable

from metadata.adapters.providers.hardcover.parsing import AUDIO, editions, identifiers_of, series_of, works
from metadata.adapters.providers.hardcover.queries import BOOKS, SEARCH
from metadata.adapters.providers.hardcover.schema import Answer, Book, Books, Document, Search, SearchOutput
from metadata.adapters.providers.request import ProviderClient
from metadata.adapters.providers.result_filter import (
    MAX_TITLES_SEARCHED,
    answers_by_identifier,
    held_in_common,
    is_by,
    is_series,
    may_have_in_common,
    surname,
    under_name,
)
from metadata.domain.catalogue import Found, SeriesWanted

NAME = "hardcover"
PATH = "/v1/graphql"
PAGE = 100
MAX_WORKS = 1_500
MAX_SUBJECTS = 3
"""Series or authors with the same name that are read. Duplicates are common."""
WHOLE = {"canonical_id": {"_is_null": True}, "is_partial_book": {"_eq": False}}
"""Excludes entries that were merged into others, and parts of books."""
AUDIO_ONLY = {"reading_format_id": {"_in": list(AUDIO)}}
_ANSWER = TypeAdapter(Answer)
Shape = TypeVar("Shape", bound=BaseModel)


class Hardcover:
    """The catalogue, read with a token of the scope read:catalog.

    Every method raises the `RemoteError` family: `RemoteUnavailable` if a search failed, and `RemoteAnsweredNonsense`
    if a query was refused or its response cannot be parsed. Hardcover answers both with the status 200.
    """

    name = NAME
    identifiers = frozenset({Ability.ASIN, Ability.ISBN})

    def __init__(self, client: ProviderClient) -> None:
        self._client = client

    async def search(self, title: str, authors: Sequence[str], *, sure_author: bool = False) -> Found:
        """Search by title and the first author's surname; without the author if that finds nothing."""
        texts = [f"{title} {surname(authors[0])}", *([] if sure_author else [title])] if authors else [title]
        for text in texts:
            ids = (await self._search(text, "Book")).ids or []
            if ids:
                books = await self._books({"id": {"_in": ids}, **WHOLE}, AUDIO_ONLY)
                return Found([each for each in editions(books) if is_by(each.authors, authors)])
        return Found()

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> dict[str, list[CataloguedWork]]:
        """Look up ASINs and ISBNs (10 or 13 digits) of editions in one request."""
        wanted = {
            "asin": list(asins),
            "isbn_13": [form for form in map(isbn13, isbns) if form],
            "isbn_10": [form for form in map(isbn10, isbns) if form],
        }
        conditions = [{name: {"_in": forms}} for name, forms in wanted.items() if forms]
        edition = {"_or": conditions}
        books = await self._pages({"editions": edition, **WHOLE}, edition) if conditions else []
        return answers_by_identifier(
            NAME, ((identifiers_of(book), editions([book])) for book in books), [*asins, *isbns]
        )

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """Every book of the series; found through known titles if it has another name here."""
        hits = [each.document for each in _hits(await self._search(wanted.name, "Series"))]
        ids = [each.id for each in hits if each.id and _is_wanted(each, wanted)][:MAX_SUBJECTS]
        if not ids:
            return await self._by_another_name(wanted)
        return await self._all({"book_series": {"series_id": {"_in": ids}}}, wanted.name)

    async def _by_another_name(self, wanted: SeriesWanted) -> Found:
        """The smallest series that the known books have in common, whatever its name."""
        memberships: list[list[tuple[int, str]]] = []
        titles = wanted.known_titles[:MAX_TITLES_SEARCHED] if wanted.authors else ()
        for searched, title in enumerate(titles):
            if not may_have_in_common(memberships, len(titles) - searched):
                return Found()
            ids = (await self._search(f"{title} {surname(wanted.authors[0])}", "Book")).ids or []
            books = await self._books({"id": {"_in": ids[:1]}, **WHOLE}, AUDIO_ONLY) if ids else []
            memberships += [series_of(book) for book in books]
        lists = []
        for series_id, name in held_in_common(memberships)[:MAX_SUBJECTS]:
            found = await self._all({"book_series": {"series_id": {"_in": [series_id]}}}, wanted.name)
            lists.append(Found([under_name(each, name, wanted.name) for each in found.works], found.cut))
        return min(lists, key=lambda found: len(found.works), default=Found())

    async def author_works(self, name: str) -> Found:
        """Every book by this author; searched by the surname alone if the full name finds nothing."""
        for text in dict.fromkeys((name, surname(name))):
            hits = [each.document for each in _hits(await self._search(text, "Author"))]
            ids = [each.id for each in hits if each.id and is_by([each.name or "", *each.alternate_names], [name])]
            if ids:
                wrote = {"author_id": {"_in": ids[:MAX_SUBJECTS]}, "contributable_type": {"_eq": "Book"}}
                return await self._all({"contributions": wrote}, name)
        return Found()

    async def check(self) -> str:
        """Send a small search, even while requests are paused. The query `me` needs more than read:catalog."""
        await self._search("a", "Book", probe=True)
        return translatable("systems.answers", "the catalogue answers")

    async def _all(self, where: dict[str, Any], subject: str) -> Found:
        found = await self._pages({**where, **WHOLE}, AUDIO_ONLY)
        cut = f"only the {MAX_WORKS} most read books of {subject!r} were read" if len(found) >= MAX_WORKS else None
        return Found(works(found), cut)

    async def _pages(self, where: dict[str, Any], edition: dict[str, Any]) -> list[Book]:
        found: list[Book] = []
        while len(found) < MAX_WORKS:
            page = await self._books(where, edition, offset=len(found))
            found += page
            if len(page) < PAGE:
                break
        return found

    async def _books(self, where: dict[str, Any], edition: dict[str, Any], offset: int = 0) -> list[Book]:
        variables = {"where": where, "editions": edition, "limit": PAGE, "offset": offset}
        data = await self._query(BOOKS, variables)
        return _parse(Books, data).books

    async def _search(self, text: str, kind: str, *, probe: bool = False) -> SearchOutput:
        data = await self._query(SEARCH, {"text": text, "kind": kind}, probe=probe)
        output = _parse(Search, data).search
        if output.error:
            raise RemoteUnavailable(NAME, f"the search failed: {output.error}")
        if output.ids is None:
            raise RemoteAnsweredNonsense(NAME, "the search response has no ids: the search was not run")
        return output

    async def _query(self, query: str, variables: dict[str, Any], *, probe: bool = False) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = await self._client.read("POST", PATH, _ANSWER, probe=probe, json=body)
        if answer.errors or answer.error or answer.data is None:
            reason = answer.error or "; ".join(each.message or "?" for each in answer.errors) or "no data"
            raise RemoteAnsweredNonsense(NAME, f"the query was refused: {reason[:200]}")
        return answer.data


def _parse(shape: type[Shape], data: dict[str, Any]) -> Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RemoteAnsweredNonsense(NAME, f"unexpected response format at {where}: {first['msg']}") from error


def _hits(output: SearchOutput) -> list[Any]:
    return list(output.results.hits) if output.results else []


def _is_wanted(series: Document, wanted: SeriesWanted) -> bool:
    """Whether the name matches, and the author or a known book shows that it is not another series of that name."""
    if not is_series(series.name or "", wanted.name):
        return False
    if not series.author_name or is_by([series.author_name], wanted.authors):
        return True
    return bool({fold(each) for each in series.books} & {fold(each) for each in wanted.known_titles})
