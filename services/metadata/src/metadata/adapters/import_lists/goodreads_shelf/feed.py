"""Reads one page of the RSS feed of a shelf."""

from dataclasses import dataclass
from http import HTTPStatus
from xml.etree import ElementTree

import httpx
from shared.chassis.errors import RemoteAnsweredNonsense

from metadata.adapters.import_lists.table import year
from metadata.adapters.providers.block_pages import leads_to_sign_in
from metadata.adapters.providers.goodreads.client import NAME
from metadata.domain.import_lists import ListedBook

LONGEST_VALIDATOR = 200
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
"""A feed has none. They could define entities that expand without limit."""


@dataclass(frozen=True, slots=True)
class FeedPage:
    """The books of a page, and what makes the next request for it conditional; empty if the site gives nothing."""

    books: tuple[ListedBook, ...] = ()
    validator: str = ""
    unchanged: bool = False
    unknown: bool = False
    private: bool = False


def page_of(response: httpx.Response) -> FeedPage:
    """The page in a response. Raises `RemoteAnsweredNonsense` if it is not an RSS feed, which is never an empty one."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return FeedPage(unchanged=True)
    if response.status_code == HTTPStatus.NOT_FOUND:
        return FeedPage(unknown=True)
    if leads_to_sign_in(response):
        return FeedPage(private=True)
    if response.status_code != HTTPStatus.OK:
        raise RemoteAnsweredNonsense(NAME, f"an unexpected response to the feed of a shelf ({response.status_code})")
    validator = response.headers.get("etag") or response.headers.get("last-modified") or ""
    kept = validator if len(validator) <= LONGEST_VALIDATOR and validator.isprintable() else ""
    return FeedPage(tuple(books_of(response.content)), kept)


def books_of(content: bytes) -> list[ListedBook]:
    """The books of a feed. An item without a title is skipped. Raises `RemoteAnsweredNonsense`."""
    if any(each in content for each in _DECLARATIONS):
        raise RemoteAnsweredNonsense(NAME, "the feed of a shelf declares a document type, which no feed does")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - bounded, and without declarations
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise RemoteAnsweredNonsense(NAME, "the feed of a shelf is not well-formed XML") from error
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        raise RemoteAnsweredNonsense(NAME, "the response to the feed of a shelf is not an RSS feed")
    return [book for book in map(_book, channel.iterfind("item")) if book is not None]


def _book(item: ElementTree.Element) -> ListedBook | None:
    number = _text(item, "book_id")
    if not _text(item, "title"):
        return None
    return ListedBook.of(
        _text(item, "title"),
        [_text(item, "author_name")],
        key=number if number.isascii() and number.isdecimal() else None,
        isbn=_text(item, "isbn"),
        published_year=year(_text(item, "book_published")),
    )


def _text(item: ElementTree.Element, name: str) -> str:
    return (item.findtext(name) or "").strip()
