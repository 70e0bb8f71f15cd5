"""The HTTP API of Prowlarr. Its specific failures are in `sandbox.prowlarr.oddities`."""

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
from sandbox.prowlarr.indexers import Indexer, Search, indexers_of, link_token, page_of, release
from sandbox.prowlarr.oddities import (
    DISABLED,
    FAILING,
    KINDS,
    LIMITED,
    MAGNET,
    OFF,
    OWN_HOST,
    QUERY_LIMIT,
    RECENT_FAILURES,
    SLOW,
    Oddities,
    error,
)
from sandbox.torrent import TorrentShelf
from sandbox.world import World

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
        self._oddities = Oddities(outcomes)
        self._failed: set[str] = set()
        """The indexers that failed, and that Prowlarr has therefore disabled."""

    def routes(self) -> Starlette:
        protected: dict[str, _Handler] = {
            "/api/v1/search": self._search,
            "/api/v1/indexer": self._list,
            "/api/v1/indexer/{id:int}": self._one,
            "/api/v1/indexerstatus": self._status,
            "/api/v1/system/status": self._system,
            "/api/v1/health": self._health,
            "/{id:int}/download": self._download,
            "/{id:int}/api": self._capabilities,
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
            for indexer in [indexer for indexer in selected if await self._answers(indexer)]
            for each in indexer.listed
            if search.matches(each)
        ]
        answer: Response = JSONResponse(rows[offset : offset + limit])
        for indexer in selected:
            answer = self._oddities.search_answer(indexer.name, answer)
        return answer

    async def _answers(self, indexer: Indexer) -> bool:
        """Whether a search has the releases of an indexer. Of one that fails, Prowlarr lists none and says nothing."""
        if (slow := self._oddities.take(SLOW, indexer.name)) is not None:
            await asyncio.sleep(slow.delay_seconds)
        if self._oddities.take(FAILING, indexer.name):
            self._failed.add(indexer.name)
        return indexer.name not in self._failed and not self._switched_on(LIMITED, indexer)

    async def _capabilities(self, request: Request) -> Response:
        """`t=caps` answers with an error if the indexer is not searched at the moment."""
        indexer = self._by_id(request.path_params["id"])
        if indexer is None:
            return _not_found()
        if self._switched_on(OFF, indexer):
            return error(410, "Indexer is disabled")
        if indexer in self._disabled():
            return error(429, RECENT_FAILURES)
        if self._switched_on(LIMITED, indexer):
            return error(429, QUERY_LIMIT)
        return Response("<caps />", media_type="application/rss+xml")

    async def _list(self, _: Request) -> Response:
        return JSONResponse([each.resource(enabled=not self._switched_on(OFF, each)) for each in self._indexers])

    async def _one(self, request: Request) -> Response:
        indexer = self._by_id(request.path_params["id"])
        if indexer is None:
            return _not_found()
        return JSONResponse(indexer.resource(enabled=not self._switched_on(OFF, indexer)))

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
        if (odd := self._oddities.download_answer(indexer.name)) is not None:
            return odd
        if self._oddities.take(OWN_HOST, indexer.name):
            return RedirectResponse(f"{page_of(offer, indexer)}/download", 301)
        if indexer.magnets or self._oddities.take(MAGNET, indexer.name):
            return RedirectResponse(f"magnet:?xt=urn:btih:{torrent.info_hash}&dn={quote(offer.title)}", 301)
        disposition = f'attachment; filename="{offer.id}.torrent"'
        return Response(torrent.metainfo, 200, {"content-disposition": disposition}, "application/x-bittorrent")

    def _by_id(self, indexer_id: int) -> Indexer | None:
        return next((each for each in self._indexers if each.id == indexer_id), None)

    def _switched_on(self, kind: str, indexer: Indexer) -> bool:
        """Whether a failure is switched on for an indexer. It counts as no use."""
        return any(each.kind == kind and fnmatchcase(indexer.name, each.path) for each in self._outcomes.switched_on)

    def _disabled(self) -> list[Indexer]:
        return [each for each in self._indexers if self._switched_on(DISABLED, each) or each.name in self._failed]

    def _enabled(self) -> list[Indexer]:
        disabled = self._disabled()
        return [each for each in self._indexers if each not in disabled and not self._switched_on(OFF, each)]


def create(
    world: World, shelf: TorrentShelf, *, api_key: str, magnet_indexers: frozenset[str] = frozenset()
) -> Controlled:
    """Prowlarr with the indexers of the offers in `world`. Those in `magnet_indexers` provide magnet links."""
    outcomes = Outcomes(KINDS)
    site = _Site(indexers_of(world.offers, magnet_indexers), shelf, api_key, outcomes)
    return controlled(site.routes(), outcomes=outcomes)


async def _ping(_: Request) -> Response:
    return JSONResponse({"status": "OK"})


def _is_selected(indexer: Indexer, ids: list[int]) -> bool:
    return not ids or indexer.id in ids or _ALL_TORRENT_INDEXERS in ids


def _not_found() -> Response:
    return JSONResponse({"message": "NotFound"}, 404)
