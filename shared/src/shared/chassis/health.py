"""/ping, /health and /metrics of a service without a gateway's API."""

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

Check = Callable[[], Awaitable[dict[str, str]]]
"""Tries what the service stands on; gives 'ok' or what is wrong, by name."""


def health_app(service: str, check: Check, registry: CollectorRegistry) -> Starlette:
    """The small HTTP face of a service."""

    async def ping(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("pong")

    async def health(_request: Request) -> JSONResponse:
        checks = await check()
        well = all(state == "ok" for state in checks.values())
        body = {"service": service, "status": "ok" if well else "degraded", "checks": checks}
        return JSONResponse(body, status_code=200 if well else 503)

    return Starlette(routes=[Route("/ping", ping), Route("/health", health), Route("/metrics", metrics_of(registry))])


def metrics_of(registry: CollectorRegistry) -> Callable[[Request], Awaitable[Response]]:
    """Answers `/metrics` in the format that the caller accepts; mounted as an app of its own it would redirect."""

    async def metrics(request: Request) -> Response:
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), media_type=media_type)

    return metrics
