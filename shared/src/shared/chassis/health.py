"""The endpoints /ping, /health and /metrics of a service."""

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[dict[str, str]]]
"""Checks the dependencies of the service. Returns 'ok' or a description of the problem, by name."""


def health_app(
    service: str, check: Check, registry: CollectorRegistry, settings_words: Callable[[], str] = str
) -> Starlette:
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

    return Starlette(routes=[Route("/ping", ping), Route("/health", health), Route("/metrics", metrics_of(registry))])


def metrics_of(registry: CollectorRegistry) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint `/metrics`, in the format that the caller accepts. A mounted app would redirect to `/metrics/`."""

    async def metrics(request: Request) -> Response:
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), media_type=media_type)

    return metrics
