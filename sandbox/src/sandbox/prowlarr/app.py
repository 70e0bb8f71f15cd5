"""The HTTP API of Prowlarr.

Specific failure: `indexer_disabled`, with the name of the indexer as its subject. Prowlarr has disabled the indexer
temporarily. A search of all indexers then answers 200 without its releases (an empty list if it is the only one), a
search of this indexer alone answers 400, and `/api/v1/indexerstatus` lists it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.outcomes import Controlled, Outcomes, controlled
from sandbox.prowlarr.indexers import Indexer, Search, indexers_of, link_token, release
from sandbox.torrent import TorrentShelf
from sandbox.world import World

_INDEXER_DISABLED = "indexer_disabled"
_DISABLED_FOR = timedelta(minutes=15)
_ALL_TORRENT_INDEXERS = -2
_ALL_UNAVAILABLE = "Search failed due to all selected indexers being unavailable"
_VERSION = "2.3.6.5310"

_Handler = Callable[[Request], Awaitable[Response]]


class _Site:
    def __init__(self, indexers: list[Indexer], shelf: TorrentShelf, api_key: str, outcomes: Outcomes) -> None:
        self._indexers = indexers
        self._shelf = shelf
        self._api_key = api_key
        self._outcomes = outcomes

    def routes(self) -> Starlette:
        protected: dict[str, _Handler] = {
            "/api/v1/search": self._search,
            "/api/v1/indexer": self._list,
            "/api/v1/indexer/{id:int}": self._one,
            "/api/v1/indexerstatus": self._status,
            "/api/v1/system/status": self._system,
            "/api/v1/health": self._health,
            "/{id:int}/download": self._download,
        }
        return Starlette(
            routes=[Route("/ping", _ping), *(Route(path, self._require_key(each)) for path, each in protected.items())]
        )

    def _require_key(self, handler: _Handler) -> _Handler:
        async def check_key(request: Request) -> Response:
            key = request.headers.get("x-api-key") or request.query_params.get("apikey")
            return await handler(request) if key == self._api_key else Response(status_code=401)

        return check_key

    async def _search(self, request: Request) -> Response:
        parameters = request.query_params
        try:
            ids = [int(each) for each in parameters.getlist("indexerIds")]
            search = Search.of(parameters.get("query", ""), [int(each) for each in parameters.getlist("categories")])
            offset, limit = int(parameters.get("offset", 0)), int(parameters.get("limit", 100))
        except ValueError as error:
            return JSONResponse({"title": "One or more validation errors occurred.", "errors": str(error)}, 400)
        selected = [each for each in self._enabled() if _is_selected(each, ids)]
        if ids and not selected:
            return JSONResponse({"message": _ALL_UNAVAILABLE}, 400)
        base_url, now = str(request.base_url).rstrip("/"), datetime.now(UTC)
        rows = [
            release(each.offer, indexer, base_url=base_url, api_key=self._api_key, now=now)
            for indexer in selected
            for each in indexer.listed
            if search.matches(each)
        ]
        return JSONResponse(rows[offset : offset + limit])

    async def _list(self, _: Request) -> Response:
        return JSONResponse([each.resource() for each in self._indexers])

    async def _one(self, request: Request) -> Response:
        indexer = self._by_id(request.path_params["id"])
        return _not_found() if indexer is None else JSONResponse(indexer.resource())

    async def _status(self, _: Request) -> Response:
        now = datetime.now(UTC)
        return JSONResponse(
            [
                {
                    "id": each.id,
                    "indexerId": each.id,
                    "disabledTill": (now + _DISABLED_FOR).isoformat(),
                    "mostRecentFailure": now.isoformat(),
                    "initialFailure": now.isoformat(),
                }
                for each in self._disabled()
            ]
        )

    async def _system(self, _: Request) -> Response:
        return JSONResponse(
            {"appName": "Prowlarr", "instanceName": "Prowlarr", "version": _VERSION, "branch": "master"}
        )

    async def _health(self, _: Request) -> Response:
        names = ", ".join(each.name for each in self._disabled())
        if not names:
            return JSONResponse([])
        message = f"Indexers unavailable due to failures: {names}"
        return JSONResponse([{"source": "IndexerStatusCheck", "type": "warning", "message": message, "wikiUrl": ""}])

    async def _download(self, request: Request) -> Response:
        indexer = self._by_id(request.path_params["id"])
        link = request.query_params.get("link")
        offers = [each.offer for each in indexer.listed if link_token(each.offer) == link] if indexer else []
        if indexer is None or not offers:
            return _not_found()
        offer = offers[0]
        torrent = await asyncio.to_thread(self._shelf.torrent_of, offer)
        if indexer.magnets:
            return RedirectResponse(f"magnet:?xt=urn:btih:{torrent.info_hash}&dn={quote(offer.title)}", 301)
        disposition = f'attachment; filename="{offer.id}.torrent"'
        return Response(torrent.metainfo, 200, {"content-disposition": disposition}, "application/x-bittorrent")

    def _by_id(self, indexer_id: int) -> Indexer | None:
        return next((each for each in self._indexers if each.id == indexer_id), None)

    def _disabled(self) -> list[Indexer]:
        patterns = [each.path for each in self._outcomes.switched_on if each.kind == _INDEXER_DISABLED]
        return [each for each in self._indexers if any(fnmatchcase(each.name, pattern) for pattern in patterns)]

    def _enabled(self) -> list[Indexer]:
        disabled = self._disabled()
        return [each for each in self._indexers if each not in disabled]


def create(
    world: World, shelf: TorrentShelf, *, api_key: str, magnet_indexers: frozenset[str] = frozenset()
) -> Controlled:
    """Prowlarr with the indexers of the offers in `world`. Those in `magnet_indexers` provide magnet links."""
    outcomes = Outcomes(frozenset({_INDEXER_DISABLED}))
    site = _Site(indexers_of(world.offers, magnet_indexers), shelf, api_key, outcomes)
    return controlled(site.routes(), outcomes=outcomes)


async def _ping(_: Request) -> Response:
    return JSONResponse({"status": "OK"})


def _is_selected(indexer: Indexer, ids: list[int]) -> bool:
    return not ids or indexer.id in ids or _ALL_TORRENT_INDEXERS in ids


def _not_found() -> Response:
    return JSONResponse({"message": "NotFound"}, 404)
