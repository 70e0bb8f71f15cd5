"""/ping, /health and /metrics of a service without a gateway's API."""

from collections.abc import Awaitable, Callable

from prometheus_client import CollectorRegistry, make_asgi_app
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Mount, Route

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

    return Starlette(
        routes=[Route("/ping", ping), Route("/health", health), Mount("/metrics", make_asgi_app(registry))]
    )
