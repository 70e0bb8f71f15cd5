"""`GET /book/auto_complete?format=json&q=`: at most five suggestions, with one author each and the series in the title.
`GET /review/list_rss/USER?shelf=&page=`: the feed of a shelf (`shelves.py`).

Specific failures, which the real site uses against programs: `challenge` (202 without a body), `captcha_page` (200 with
a page), `sign_in` (a redirect) and `waf_block` (403 with the header of the firewall).
"""

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.providers.goodreads.shelves import ONE_ON_EACH_PAGE, Shelves, listed_title
from sandbox.providers.ids import number_for
from sandbox.words import closeness, query_words, tolerant_words
from sandbox.world import ProviderRecord, World

SUGGESTIONS = "/book/auto_complete"
MAX_SUGGESTIONS = 5
LONGEST_DESCRIPTION = 160
_CHALLENGE_PAGE = (
    '<!DOCTYPE html><html><head><script type="text/javascript">window.gokuProps = {"key":"sandbox"};</script>'
    '<script src="https://sandbox.token.awswaf.com/sandbox/challenge.js"></script></head><body></body></html>'
)
_BLOCKS: dict[str, Callable[[], Response]] = {
    "challenge": lambda: Response(b"", 202, headers={"x-amzn-waf-action": "challenge"}),
    "captcha_page": lambda: HTMLResponse(_CHALLENGE_PAGE),
    "sign_in": lambda: RedirectResponse("/user/sign_in?returnurl=%2F", 302),
    "waf_block": lambda: PlainTextResponse("Forbidden", 403, headers={"x-amzn-waf-action": "block"}),
}


class _Site:
    def __init__(self, world: World, outcomes: Outcomes) -> None:
        self._records = [(each, _words(each)) for each in world.providers.get("goodreads", [])]
        self._shelves = Shelves(world)
        self._outcomes = outcomes

    async def shelf(self, request: Request) -> Response:
        return self._blocked(request) or self._shelves.page(
            request, one_on_each_page=self._outcomes.take(ONE_ON_EACH_PAGE, request.url.path) is not None
        )

    def _blocked(self, request: Request) -> Response | None:
        for kind, block in _BLOCKS.items():
            if self._outcomes.take(kind, request.url.path) is not None:
                return block()
        return None

    async def suggest(self, request: Request) -> Response:
        blocked = self._blocked(request)
        if blocked is not None:
            return blocked
        text = request.query_params.get("q", "")
        if request.query_params.get("format") != "json" or not text.strip():
            return JSONResponse([])
        words = query_words(text)
        found = [each for each in self._records if words <= each[1]]
        found.sort(key=lambda each: (-closeness(words, each[1]), -each[0].popularity, each[0].id))
        return JSONResponse([_suggestion(each, rank) for rank, (each, _) in enumerate(found[:MAX_SUGGESTIONS])])


def create(world: World) -> Controlled:
    """The suggestions with the records of the world, and the feeds of its shelves."""
    outcomes = Outcomes(frozenset({*_BLOCKS, ONE_ON_EACH_PAGE}))
    site = _Site(world, outcomes)
    routes = [Route(SUGGESTIONS, site.suggest), Route("/review/list_rss/{user}", site.shelf)]
    return controlled(Starlette(routes=routes), outcomes=outcomes)


def _suggestion(record: ProviderRecord, rank: int) -> dict[str, Any]:
    author = record.authors[0] if record.authors else "Unknown Author"
    description = record.description or ""
    return {
        "imageUrl": f"https://i.gr-assets.com/images/S/compressed.photo.goodreads.com/books/{record.id}._SX50_.jpg",
        "bookId": record.id,
        "workId": str(number_for("goodreads-work", record.title + author)),
        "bookUrl": f"/book/show/{record.id}",
        "from_search": True,
        "from_srp": True,
        "qid": "sandbox",
        "rank": rank + 1,
        "title": listed_title(record),
        "bookTitleBare": record.title,
        "numPages": None,
        "avgRating": "4.05",
        "ratingsCount": record.popularity,
        "author": {
            "id": number_for("goodreads-author", author),
            "name": author,
            "isGoodreadsAuthor": False,
            "profileUrl": f"/author/show/{number_for('goodreads-author', author)}",
            "worksListUrl": f"/author/list/{number_for('goodreads-author', author)}",
        },
        "description": {
            "html": description[:LONGEST_DESCRIPTION],
            "truncated": len(description) > LONGEST_DESCRIPTION,
            "fullContentUrl": f"/book/show/{record.id}",
        },
    }


def _words(record: ProviderRecord) -> frozenset[str]:
    return tolerant_words([record.title, record.subtitle, *record.authors, record.isbn, record.asin])
