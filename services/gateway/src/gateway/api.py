"""The REST API as one app: its routers, error handlers and public routes."""

from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from importlib.metadata import version

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from shared.chassis.bus import Bus
from shared.chassis.health import Endpoint
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute

from gateway.api_docs import pages as docs_pages
from gateway.api_docs.asyncapi import asyncapi
from gateway.api_docs.openapi import DescribedApp
from gateway.api_keys.keys import Keys
from gateway.api_keys.security import KEYED
from gateway.http.problems import handle_problems
from gateway.readarr.book_list import BookList
from gateway.routes import (
    abs_provider,
    account,
    account_access,
    authors,
    backup,
    books,
    bulk_changes,
    calendar,
    covers,
    diagnostics,
    doctor,
    downloads,
    events,
    findings,
    genre_map,
    guides,
    import_lists,
    imports,
    integrations,
    logs,
    matches,
    metadata,
    notifications,
    openid,
    proposals,
    quality_profiles,
    readarr,
    releases,
    scheduler,
    seeding,
    series,
    sessions,
    settings,
    statistics,
    support_bundle,
    system,
    top_lists,
    triggers,
    webhooks,
)
from gateway.routes import keys as key_routes
from gateway.routes import timeline as timeline_routes

KEYED_ROUTERS = (
    timeline_routes.router,
    account.router,
    account_access.router,
    authors.router,
    bulk_changes.books_router,
    bulk_changes.downloads_router,
    books.router,
    covers.router,
    calendar.router,
    matches.router,
    downloads.router,
    downloads.blocklist_router,
    seeding.router,
    quality_profiles.router,
    releases.router,
    imports.router,
    top_lists.router,
    findings.router,
    guides.router,
    guides.crawler_router,
    metadata.router,
    metadata.books_router,
    abs_provider.router,
    proposals.router,
    genre_map.router,
    import_lists.router,
    scheduler.router,
    series.router,
    triggers.router,
    system.router,
    system.short,
    diagnostics.router,
    logs.router,
    doctor.router,
    backup.router,
    support_bundle.router,
    statistics.router,
    integrations.router,
    events.router,
    notifications.router,
    key_routes.router,
    sessions.router,
    settings.router,
    readarr.router,
)


def create_api(bus: Bus, keys: Keys, check: Callable[[], Awaitable[dict[str, str]]], metrics: Endpoint) -> FastAPI:
    """Return the app. `/`, `/ping`, `/health`, `/metrics`, the docs and `/api/system/{health,version}` need no key.

    `/api/calendar.ics` and the webhooks have secrets of their own."""
    app = DescribedApp(
        title="Gapless",
        version=version("gapless-gateway"),
        description="Keeps your audiobook library complete: finds missing books, downloads and imports them.",
        generate_unique_id_function=_operation_id,
        docs_url=None,  # FastAPI's own pages load their scripts from a CDN
        redoc_url=None,
    )
    app.state.bus, app.state.keys, app.state.check = bus, keys, check
    app.state.readarr_books = BookList()
    handle_problems(app)
    app.router.routes.extend(_routes())
    app.add_route("/metrics", metrics, include_in_schema=False)
    _add_public(app, check)
    return app


@cache
def _routes() -> Sequence[BaseRoute]:
    """The routes that are the same in every app of this process.

    FastAPI prepares an included route once, at the first call of an app, and all routes together take a third of a
    second. Apps that share the routes share the result.
    """
    included = APIRouter(generate_unique_id_function=_operation_id)
    for router in KEYED_ROUTERS:
        included.include_router(router, dependencies=[KEYED])
    for router in (system.public, calendar.public, sessions.public, openid.public, webhooks.router, docs_pages.router):
        included.include_router(router)
    return included.routes


def _add_public(app: FastAPI, check: Callable[[], Awaitable[dict[str, str]]]) -> None:
    @app.get("/", include_in_schema=False)
    async def about() -> dict[str, str]:
        return {
            "name": "Gapless",
            "version": app.version,
            "docs": "/docs",
            "openapi": "/openapi.json",
            "asyncapi": "/asyncapi",
        }

    described_messages = cache(asyncapi)

    @app.get("/asyncapi", include_in_schema=False)
    async def messages() -> JSONResponse:
        return JSONResponse(described_messages())

    @app.get("/ping", tags=["system"], response_class=PlainTextResponse, summary="Ping the gateway")
    async def ping() -> PlainTextResponse:
        """Answers `pong` while the gateway runs."""
        return PlainTextResponse("pong")

    @app.get(
        "/health",
        tags=["system"],
        summary="Check the gateway's health",
        responses={503: {"description": "Postgres or NATS is unavailable"}},
    )
    async def health() -> JSONResponse:
        """Answers 200 while the gateway reaches Postgres and NATS, otherwise 503."""
        checks = await check()
        well = all(state == "ok" for state in checks.values())
        body = {"service": "gateway", "status": "ok" if well else "degraded", "checks": checks}
        return JSONResponse(body, status_code=200 if well else 503)


def _operation_id(route: APIRoute) -> str:
    return route.name
