"""The HTTP API of the stand-in: paths, authorization, and error texts."""

import asyncio
import json
import posixpath
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from sandbox.audiobookshelf import answers, contents
from sandbox.audiobookshelf.answers import answer, html_page
from sandbox.audiobookshelf.edits import ServerCrashed, edit
from sandbox.audiobookshelf.items import Item
from sandbox.audiobookshelf.listing import BadListing, Listing, author_fields, series_fields, whole_number
from sandbox.audiobookshelf.middleware import RequireToken, StartWatcher, unauthorized
from sandbox.audiobookshelf.scan import Scan
from sandbox.audiobookshelf.shelf import LIBRARY_ID, Shelf
from sandbox.audiobookshelf.watcher import Watcher
from sandbox.outcomes import Failure, Outcome, Outcomes

Handler = Callable[[Request], Awaitable[Response]]
_MAX_BODY_BYTES = 10 * 1024 * 1024
_NOT_FOUND = "Not Found"


class Rejected(Exception):
    """Ends the request with this answer."""

    def __init__(self, response: Response) -> None:
        self.response = response


class Routes:
    """All routes of one server."""

    def __init__(
        self, shelf: Shelf, token: str, outcomes: Outcomes, *, scan_seconds: float, watcher_seconds: float | None
    ) -> None:
        self._shelf = shelf
        self._token = token
        self._outcomes = outcomes
        self._scan = Scan(shelf, scan_seconds)
        self._watcher = None if watcher_seconds is None else Watcher(shelf, watcher_seconds, scan_seconds)
        self._listing = Listing(shelf)
        self._lists_while_scanning = 0

    def app(self) -> ASGIApp:
        """The ASGI app with all routes."""
        routes = [*self._open_routes(), *self._library_routes(), *self._item_routes()]
        return Starlette(
            routes=[*routes, Mount("/audiobookshelf", routes=routes)],
            middleware=[Middleware(StartWatcher, watcher=self._watcher), Middleware(RequireToken, token=self._token)],
            exception_handlers={
                Rejected: _rejected,
                HTTPException: _no_such_route,
                BadListing: _bad_listing,
                ServerCrashed: self._crash,
            },
        )

    def _open_routes(self) -> list[Route]:
        return [
            Route("/ping", _constant({"success": True})),
            Route("/healthcheck", _plain_ok),
            Route("/status", _constant(answers.STATUS)),
            Route("/login", self._login, methods=["POST"]),
            Route("/logout", _constant({"redirect_url": None}), methods=["POST"]),
            Route("/api/authorize", self._authorize, methods=["POST"]),
            Route("/api/me", self._me),
            Route("/api/tasks", self._tasks),
            Route("/api/tags", self._tags),
            Route("/api/search/books", _constant([])),
            Route("/api/filesystem/pathexists", self._path_exists, methods=["POST"]),
        ]

    def _library_routes(self) -> list[Route]:
        library = "/api/libraries/{library}"
        return [
            Route("/api/libraries", self._libraries),
            Route(library, self._library),
            Route(f"{library}/items", self._list_items),
            Route(f"{library}/series", self._list_series),
            Route(f"{library}/series/{{id}}", self._one_series),
            Route(f"{library}/authors", self._list_authors),
            Route(f"{library}/narrators", self._list_narrators),
            Route(f"{library}/search", self._search),
            Route(f"{library}/scan", self._start_scan, methods=["POST"]),
            Route(f"{library}/issues", self._remove_missing, methods=["DELETE"]),
            Route("/api/series/{id}", self._one_series),
            Route("/api/authors/{id}", self._one_author),
        ]

    def _item_routes(self) -> list[Route]:
        return [
            Route("/api/items/batch/get", self._batch_get, methods=["POST"]),
            Route("/api/items/batch/update", self._batch_update, methods=["POST"]),
            Route("/api/items/{id}", self._get_item),
            Route("/api/items/{id}", self._delete_item, methods=["DELETE"]),
            Route("/api/items/{id}/media", self._patch_media, methods=["PATCH"]),
            Route("/api/items/{id}/scan", self._scan_item, methods=["POST"]),
            Route("/api/items/{id}/match", self._match_item, methods=["POST"]),
            Route("/api/items/{id}/cover", self._cover, methods=["GET", "POST", "DELETE"]),
            Route("/api/items/{id}/chapters", self._set_chapters, methods=["POST"]),
        ]

    async def _login(self, request: Request) -> Response:
        form = "form" in request.headers.get("content-type", "")
        credentials = dict(await request.form()) if form else await _json(request)
        if not isinstance(credentials, dict) or not credentials.get("username"):
            return PlainTextResponse("Bad Request", 400)
        if (credentials["username"], credentials.get("password")) != (answers.USER, self._token):
            return unauthorized()
        with_refresh_token = request.headers.get("x-return-tokens") == "true"
        tokens = {"refreshToken": self._token if with_refresh_token else None, "accessToken": self._token}
        return answer(request, answers.signed_in(answers.user(self._token) | tokens))

    async def _authorize(self, request: Request) -> Response:
        return answer(request, answers.signed_in(answers.user(self._token)))

    async def _me(self, request: Request) -> Response:
        return answer(request, answers.user(self._token))

    async def _tasks(self, request: Request) -> Response:
        running = [answers.scan_task(self._scan.started_ms)] if self._scan.running else []
        return answer(request, {"tasks": running})

    async def _tags(self, request: Request) -> Response:
        return answer(request, {"tags": sorted({tag for item in self._shelf.items.values() for tag in item.tags})})

    async def _path_exists(self, request: Request) -> Response:
        body = await _json(request)
        name, folder = body.get("directory"), body.get("folderPath")
        if not (name and folder and isinstance(name, str) and isinstance(folder, str)):
            return JSONResponse({"error": "Invalid request body"}, 400)
        if folder != str(self._shelf.root):
            return PlainTextResponse(_NOT_FOUND, 404)
        path = PurePosixPath(posixpath.normpath(f"{folder}/{name}"))
        if not path.is_relative_to(folder):
            return PlainTextResponse("Bad Request", 400)
        return answer(request, {"exists": await asyncio.to_thread(Path(path).exists)})

    async def _libraries(self, request: Request) -> Response:
        return answer(request, {"libraries": [answers.library(self._shelf)]})

    async def _library(self, request: Request) -> Response:
        self._check_library(request)
        if "filterdata" in request.query_params.get("include", "").split(","):
            return answer(request, answers.filter_data(self._shelf))
        return answer(request, answers.library(self._shelf))

    async def _list_items(self, request: Request) -> Response:
        """While a scan runs, every other answer lacks `total`, starting with the first."""
        self._check_library(request)
        self._lists_while_scanning = self._lists_while_scanning + 1 if self._scan.running else 0
        with_total = self._lists_while_scanning % 2 == 0
        return answer(request, self._listing.items(_first_values(request), with_total=with_total))

    async def _list_series(self, request: Request) -> Response:
        self._check_library(request)
        return answer(request, self._listing.series(_first_values(request)))

    async def _list_authors(self, request: Request) -> Response:
        self._check_library(request)
        return answer(request, self._listing.authors(_first_values(request)))

    async def _list_narrators(self, request: Request) -> Response:
        self._check_library(request)
        return answer(request, self._listing.narrators())

    async def _search(self, request: Request) -> Response:
        self._check_library(request)
        text = request.query_params.get("q")
        if not text:
            return Response('Invalid request. Query param "q" must be a string', 400, media_type="text/html")
        limit = whole_number(request.query_params.get("limit")) or 12
        return answer(request, self._listing.search(text.strip().casefold(), limit))

    async def _start_scan(self, request: Request) -> Response:
        self._check_library(request)
        self._scan.start()
        return PlainTextResponse("OK")

    async def _remove_missing(self, request: Request) -> Response:
        self._check_library(request)
        for item in [item for item in self._shelf.items.values() if item.missing]:
            self._shelf.remove(item)
        return PlainTextResponse("OK")

    async def _one_series(self, request: Request) -> Response:
        series = self._shelf.series.get(request.path_params["id"])
        if series is None:
            return PlainTextResponse(_NOT_FOUND, 404)
        fields, include = series_fields(series), request.query_params.get("include", "").split(",")
        if "progress" in include:
            books = [item.id for item in self._shelf.books_of(series.id)]
            fields["progress"] = {"libraryItemIds": books, "libraryItemIdsFinished": [], "isFinished": False}
        return answer(request, fields | ({"rssFeed": None} if "rssfeed" in include else {}))

    async def _one_author(self, request: Request) -> Response:
        author = self._shelf.authors.get(request.path_params["id"])
        if author is None:
            return PlainTextResponse(_NOT_FOUND, 404)
        fields, include = author_fields(author), request.query_params.get("include", "").split(",")
        if "items" in include:
            books = self._shelf.books_of(author.id)
            fields["libraryItems"] = [self._shelf.formats.row(item) for item in books]
            if "series" in include:
                fields["series"] = self._listing.series_among(books)
        return answer(request, fields)

    async def _batch_get(self, request: Request) -> Response:
        wanted = (await _json(request)).get("libraryItemIds")
        if not wanted:
            return Response("Invalid payload", 403, media_type="text/html")
        known = [self._shelf.items[each] for each in wanted if each in self._shelf.items]
        return answer(request, {"libraryItems": [self._shelf.formats.expanded(item) for item in known]})

    async def _batch_update(self, request: Request) -> Response:
        payload = await _json(request)
        ids = [each.get("id") for each in payload if isinstance(each, dict)] if isinstance(payload, list) else []
        if not ids or len(set(ids)) != len(payload):
            return PlainTextResponse("Bad Request", 400)
        if any(key not in self._shelf.items for key in ids):
            return PlainTextResponse(_NOT_FOUND, 404)
        if any("mediaPayload" not in each for each in payload):
            raise ServerCrashed("an entry without mediaPayload")
        updates = sum(edit(self._shelf, self._shelf.items[each["id"]], each["mediaPayload"]) for each in payload)
        return answer(request, {"success": True, "updates": updates})

    async def _get_item(self, request: Request) -> Response:
        item, formats = self._item(request), self._shelf.formats
        if request.query_params.get("expanded") != "1":
            return answer(request, formats.plain(item))
        include = request.query_params.get("include", "").split(",")
        keys = {"progress": "userMediaProgress", "rssfeed": "rssFeed", "share": "mediaItemShare"}
        return answer(request, formats.expanded(item) | {key: None for word, key in keys.items() if word in include})

    async def _delete_item(self, request: Request) -> Response:
        self._shelf.remove(self._item(request))
        return PlainTextResponse("OK")

    async def _patch_media(self, request: Request) -> Response:
        payload = await _json(request)
        item = self._item(request)
        updated = {"updated": True} if edit(self._shelf, item, payload) else {}
        return answer(request, updated | {"libraryItem": self._shelf.formats.plain(self._shelf.items[item.id])})

    async def _scan_item(self, request: Request) -> Response:
        self._item(request)
        return answer(request, {"result": "UPTODATE"})

    async def _match_item(self, request: Request) -> Response:
        """No provider finds a match, which the real server answers with status 200."""
        self._item(request)
        provider = (await _json(request)).get("provider", "google")
        return answer(request, {"warning": f"No {provider} match found"})

    async def _cover(self, request: Request) -> Response:
        item = self._item(request)
        if request.method == "POST":
            return await contents.put_cover(self._shelf, item, request)
        if request.method == "DELETE":
            return await contents.delete_cover(self._shelf, item)
        return await contents.get_cover(item, request)

    async def _set_chapters(self, request: Request) -> Response:
        payload = await _json(request)
        return await contents.put_chapters(self._shelf, self._item(request), payload, request)

    def _item(self, request: Request) -> Item:
        item = self._shelf.items.get(request.path_params["id"])
        if item is None:
            raise Rejected(PlainTextResponse(_NOT_FOUND, 404))
        return item

    def _check_library(self, request: Request) -> None:
        if request.path_params["library"] != LIBRARY_ID:
            raise Rejected(Response("Library not found", 404, media_type="text/html"))

    async def _crash(self, _: Request, error: Exception) -> Response:
        self._outcomes.switch_on(Outcome(kind=Failure.AWAY))
        return PlainTextResponse(f"this request crashes the real server: {error}", 503)


def _constant(body: Any) -> Handler:
    async def handler(request: Request) -> Response:
        return answer(request, body)

    return handler


async def _plain_ok(_: Request) -> Response:
    return PlainTextResponse("OK")


async def _json(request: Request) -> Any:
    """The body as JSON; an empty body is an empty object.

    Raises Rejected with an HTML page: 400 if the body is not JSON, 413 if it is larger than 10 MB.
    """
    body = await request.body()
    if len(body) > _MAX_BODY_BYTES:
        raise Rejected(html_page(413, "Payload Too Large"))
    try:
        return json.loads(body) if body else {}
    except ValueError:
        raise Rejected(html_page(400, "Bad Request")) from None


def _first_values(request: Request) -> dict[str, str]:
    """The query parameters, with the first value of each."""
    return {key: request.query_params.getlist(key)[0] for key in request.query_params}


async def _rejected(_: Request, error: Exception) -> Response:
    return error.response if isinstance(error, Rejected) else JSONResponse({}, 500)


async def _bad_listing(_: Request, error: Exception) -> Response:
    return Response(str(error), 400, media_type="text/html")


async def _no_such_route(request: Request, _: Exception) -> Response:
    return html_page(404, f"Cannot {request.method} {request.url.path}")
