"""`GET /review/list_rss/USER?shelf=&page=`: 100 books of a public shelf as RSS, the book that was added last first.

An unknown user is answered with 404, an unknown shelf with an empty feed. A request with the ETag of the page is
answered with 304. Specific failure: `one_on_each_page`, each page has only one book.
"""

from hashlib import sha256
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.world import ProviderRecord, World

ONE_ON_EACH_PAGE = "one_on_each_page"
ITEMS_ON_A_PAGE = 100


class Shelves:
    """The shelves of the world at Goodreads, by user and name."""

    def __init__(self, world: World) -> None:
        records = {each.id: each for each in world.providers.get("goodreads", [])}
        self._shelves = {
            (each.user, each.name): [records[record_id] for record_id in reversed(each.books)]
            for each in world.reading_lists
            if each.site == "goodreads"
        }

    def page(self, request: Request, *, one_on_each_page: bool = False) -> Response:
        """One page of a shelf."""
        user, shelf = request.path_params["user"], request.query_params.get("shelf", "read")
        if user not in {known for known, _ in self._shelves}:
            return PlainTextResponse("Not Found", 404)
        size = 1 if one_on_each_page else ITEMS_ON_A_PAGE
        number = int(request.query_params.get("page", "1"))
        books = self._shelves.get((user, shelf), [])[(number - 1) * size : number * size]
        content = _feed(shelf, books).encode()
        etag = f'W/"{sha256(content).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers={"ETag": etag})
        return Response(content, media_type="application/xml; charset=utf-8", headers={"ETag": etag})


def listed_title(record: ProviderRecord) -> str:
    """The title as Goodreads lists it, with its series: "The Glass Harbour (Tide Wardens, #2)"."""
    series = "; ".join(f"{each.name}, #{each.sequence}" if each.sequence else each.name for each in record.series)
    return f"{record.title} ({series})" if series else record.title


def _feed(shelf: str, books: list[ProviderRecord]) -> str:
    items = "".join(_item(each, shelf) for each in books)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>'
        f"<title>Reader's bookshelf: {escape(shelf)}</title>{items}</channel></rss>"
    )


def _item(record: ProviderRecord, shelf: str) -> str:
    year = record.published.year if record.published else ""
    return (
        f"<item><guid>https://www.goodreads.com/review/show/{record.id}</guid>"
        f"<title><![CDATA[{listed_title(record)}]]></title><book_id>{escape(record.id)}</book_id>"
        f"<author_name>{escape(record.authors[0] if record.authors else '')}</author_name>"
        f"<isbn>{record.isbn or ''}</isbn><user_shelves>{escape(shelf)}</user_shelves>"
        f"<book_published>{year}</book_published>"
        f"<description><![CDATA[author: {record.authors[0] if record.authors else ''}]]></description></item>"
    )
