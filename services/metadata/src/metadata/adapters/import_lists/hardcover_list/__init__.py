"""A list of a user of Hardcover, read with the token of the provider."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError
from shared.books.text.identifiers import asin
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteRefusedUs
from shared.contracts.metadata.import_lists import MOST_ENTRIES

from metadata.adapters.import_lists.kind import SiteKind
from metadata.adapters.providers.hardcover.client import NAME, PATH
from metadata.adapters.providers.hardcover.schema import Answer, Contribution
from metadata.adapters.providers.lenient_fields import Items, Text, Whole
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.import_lists import Contents, ListedBook
from metadata.domain.refusals import InvalidImportList

PAGE = 100
QUERY = """
query ListBooks($where: lists_bool_exp!, $limit: Int!, $offset: Int!) {
  lists(where: $where, limit: 1) {
    list_books(order_by: [{id: asc}], limit: $limit, offset: $offset) {
      book { id title release_year contributions { contribution author { name } } }
      edition { isbn_10 isbn_13 asin }
    }
  }
}
"""
_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?hardcover\.app)?/?@([A-Za-z0-9_.-]{1,60})/lists/([A-Za-z0-9_-]{1,200})/?(?:[?#].*)?",
    re.IGNORECASE,
)
_FORBIDDEN = 403
_LACKS_SCOPE = "insufficient_scope"
_ANSWER = TypeAdapter(Answer)


class _Book(BaseModel):
    id: int
    title: Text = None
    release_year: Whole = None
    contributions: Items[Contribution] = []


class _Edition(BaseModel):
    isbn_10: Text = None
    isbn_13: Text = None
    asin: Text = None


class _ListBook(BaseModel):
    book: _Book
    edition: _Edition | None = None


class _List(BaseModel):
    list_books: list[_ListBook]


class _Lists(BaseModel):
    lists: list[_List]


def address(text: str) -> str:
    """The address of a list, from which only the user and the list are taken. Raises `InvalidImportList`."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None:
        raise InvalidImportList(f"this is not a list of Hardcover; an example is {HARDCOVER_LIST.example}")
    return f"https://hardcover.app/@{match[1]}/lists/{match[2]}"


async def fetch(client: ProviderClient, address: str, _validators: Sequence[str]) -> Contents:
    """The books of a list, page by page. Hardcover has no conditional requests.

    Raises the `RemoteError` family, and `InvalidImportList` if the list does not exist or if the token may not read it.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise InvalidImportList("this is not a list of Hardcover")
    where = {"slug": {"_eq": match[2]}, "user": {"username": {"_eq": match[1]}}}
    found: list[_ListBook] = []
    while len(found) <= MOST_ENTRIES:
        variables = {"where": where, "limit": PAGE, "offset": len(found)}
        page = await _page(client, variables)
        found += page
        if len(page) < PAGE:
            break
    return Contents.of(_books(found))


async def _page(client: ProviderClient, variables: dict[str, Any]) -> list[_ListBook]:
    def parse(response: httpx.Response) -> Answer:
        answer = client.parsed(response, _ANSWER)
        if response.status_code == _FORBIDDEN and answer.error != _LACKS_SCOPE:
            raise RemoteRefusedUs(NAME, "the token was refused (403)", _FORBIDDEN)
        return answer

    body = {"query": QUERY, "variables": variables}
    answer = await client.ask("POST", PATH, parse, accepted=(_FORBIDDEN,), json=body)
    if answer.error == _LACKS_SCOPE:  # said outside of the rate limiter: the catalogue can be read all the same
        raise InvalidImportList("the token of Hardcover lacks the scope read:lists: create one that has it")
    if answer.data is None or answer.errors:
        reason = answer.error or "; ".join(each.message or "?" for each in answer.errors) or "no data"
        raise RemoteAnsweredNonsense(NAME, f"the query was refused: {reason[:200]}")
    try:
        lists = _Lists.model_validate(answer.data).lists
    except ValidationError as error:
        raise RemoteAnsweredNonsense(NAME, f"unexpected response format: {error.error_count()} fields") from error
    if not lists:
        raise InvalidImportList("Hardcover shows no such list: it does not exist, or it is private")
    return lists[0].list_books


def _books(listed: Iterable[_ListBook]) -> Iterable[ListedBook]:
    for each in listed:
        edition = each.edition or _Edition()
        book = ListedBook.of(
            each.book.title or "",
            _authors(each.book.contributions),
            key=str(each.book.id),
            isbn=edition.isbn_13 or edition.isbn_10,
            asin=asin(edition.asin),
            published_year=each.book.release_year,
        )
        if book is not None:
            yield book


def _authors(contributions: Iterable[Contribution]) -> list[str]:
    """The people without a role, or with the role of an author."""
    named = (each for each in contributions if (each.contribution or "author").strip().lower() == "author")
    return [each.author.name for each in named if each.author and each.author.name]


HARDCOVER_LIST = SiteKind(
    "hardcover_list",
    "Hardcover list",
    "A list of a user of Hardcover. It needs HARDCOVER_TOKEN with the scopes read:catalog and read:lists.",
    "https://hardcover.app/@reader/lists/to-listen",
    NAME,
    address,
    fetch,
)
