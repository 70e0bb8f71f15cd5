"""A public shelf of a user of Goodreads, read from its RSS feed with the client and the budget of the provider."""

import re
from collections.abc import Sequence
from urllib.parse import parse_qs, quote

from shared.chassis.errors import RemoteAnsweredNonsense

from metadata.adapters.import_lists.goodreads_shelf.feed import FeedPage, page_of
from metadata.adapters.import_lists.kind import SiteKind
from metadata.adapters.providers.goodreads.client import NAME
from metadata.adapters.providers.request import ProviderClient
from metadata.domain.import_lists import Contents, ListedBook
from metadata.domain.refusals import InvalidImportList

MOST_PAGES = 110
"""A page has 100 books. Since 2026 some feeds have one book on each page: such a shelf is read up to this size."""
MAX_BYTES = 8 * 2**20
_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?goodreads\.com)?/?(?:(?:review/list(?:_rss)?|user/show)/)?"
    r"(\d{1,15})(?:-[^/?#]*)?/?(?:\?([^#]*))?(?:#.*)?",
    re.IGNORECASE,
)
_SHELF = re.compile(r"[^\W_](?:[\w.-]{0,98})")
_OTHERWISE = "to-read"


def address(text: str) -> str:
    """The address of a shelf, from which only the user and the shelf are taken. Raises `InvalidImportList`.

    A key in the address of a feed is a secret of the user, and is not stored.
    """
    user, shelf = _parts(text)
    return f"https://www.goodreads.com/review/list/{user}?shelf={quote(shelf)}"


async def fetch(client: ProviderClient, address: str, validators: Sequence[str]) -> Contents | None:
    """The books of a shelf, page by page until a page shows none that is new; None if no page changed.

    Raises the `RemoteError` family, and `InvalidImportList` if the site does not know the user or the shelf is private.
    """
    user, shelf = _parts(address)
    if validators and await _is_unchanged(client, user, shelf, validators):
        return None
    books: dict[str, ListedBook] = {}
    found: list[str] = []
    for number in range(1, MOST_PAGES + 1):
        page = await _page(client, user, shelf, number)
        found.append(page.validator)
        new = {book.key: book for book in page.books if book.key not in books}
        books |= new
        if not new:
            return Contents.of(books.values(), validators=found if all(found) else ())
    raise RemoteAnsweredNonsense(NAME, f"the shelf has more than {MOST_PAGES} pages: import the export of Goodreads")


async def _is_unchanged(client: ProviderClient, user: str, shelf: str, validators: Sequence[str]) -> bool:
    for number, validator in enumerate(validators, start=1):
        if not (await _page(client, user, shelf, number, validator)).unchanged:
            return False
    return True


async def _page(client: ProviderClient, user: str, shelf: str, number: int, validator: str = "") -> FeedPage:
    parameters = {"shelf": shelf, "sort": "date_added", "order": "d", "per_page": "100", "page": str(number)}
    headers = {"Accept": "application/rss+xml, application/xml"}
    if validator:
        headers["If-None-Match" if validator.startswith(('"', "W/")) else "If-Modified-Since"] = validator
    page = await client.ask(
        "GET",
        f"/review/list_rss/{user}",
        page_of,
        may_be_private=True,
        params=parameters,
        headers=headers,
        max_bytes=MAX_BYTES,
    )
    # Raised outside of the rate limiter, because the site works: only this list has a problem.
    if page.unknown:
        raise InvalidImportList("Goodreads shows no such user or shelf: it does not exist, or it is private")
    if page.private:
        raise InvalidImportList(
            "Goodreads shows this shelf only to signed-in users: make the profile public in the settings of Goodreads,"
            " or import the export of Goodreads instead"
        )
    return page


def _parts(text: str) -> tuple[str, str]:
    match = _ADDRESS.fullmatch(text.strip())
    shelf = (parse_qs(match[2] or "", max_num_fields=20).get("shelf") or [_OTHERWISE])[0] if match else ""
    if match is None or not _SHELF.fullmatch(shelf):
        raise InvalidImportList(f"this is not a shelf of Goodreads; an example is {GOODREADS_SHELF.example}")
    return match[1], shelf


GOODREADS_SHELF = SiteKind(
    "goodreads_shelf",
    "Goodreads shelf",
    "A public shelf of a user of Goodreads. It is read slowly, and not at all while the site refuses programs.",
    "https://www.goodreads.com/review/list/12345?shelf=to-read",
    NAME,
    address,
    fetch,
)
