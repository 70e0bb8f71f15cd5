"""The endpoints /ping, /health and /metrics of a service."""

import secrets
from collections.abc import Awaitable, Callable

from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[dict[str, str]]]
"""Checks the dependencies of the service. Returns 'ok' or a description of the problem, by name."""


Scrapes = Callable[[], Awaitable[Collector]]
"""Reads the metrics for one scrape."""
Endpoint = Callable[[Request], Awaitable[Response]]


def health_app(service: str, check: Check, metrics: Endpoint, settings_words: Callable[[], str] = str) -> Starlette:
    """The HTTP app of a service without an API.

    `settings_words` says which settings the service needs. While it waits for a person to set them, it is healthy: a
    restart would not help.
    """

    async def ping(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("pong")

    async def health(_request: Request) -> JSONResponse:
        checks = await check()
        healthy = all(state == "ok" for state in checks.values())
        words = settings_words()
        status = "degraded" if not healthy else "needs_settings" if words else "ok"
        body = {"service": service, "status": status, "checks": checks, **({"settings": words} if words else {})}
        return JSONResponse(body, status_code=200 if healthy else 503)

    return Starlette(routes=[Route("/ping", ping), Route("/health", health), Route("/metrics", metrics)])


def metrics_of(scrape: Scrapes, key: str = "") -> Endpoint:
    """The endpoint `/metrics`, in the format that the caller accepts. A mounted app would redirect to `/metrics/`.

    With a key, it needs `Authorization: Bearer KEY`.
    """

    async def metrics(request: Request) -> Response:
        authorization = request.headers.get("authorization", "")
        if key and not secrets.compare_digest(authorization.encode(), f"Bearer {key}".encode()):
            words = "/metrics needs METRICS_KEY as a bearer token\n"
            return PlainTextResponse(words, 401, {"WWW-Authenticate": "Bearer"})
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(await scrape()), media_type=media_type)

    return metrics
