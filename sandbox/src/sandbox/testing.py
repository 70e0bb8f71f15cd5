"""Builders with default values, for tests that use the stand-ins."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn
from starlette.types import ASGIApp

from sandbox.consistency import checked
from sandbox.server import QuietServer, listening_socket
from sandbox.world import Offer, ProviderRecord, Work, World


def an_offer(**changes: Any) -> Offer:
    """A good release of The Marvelous Land of Oz at MyAnonamouse."""
    return Offer.model_validate(
        {
            "id": "900001",
            "indexer": "mam",
            "title": "The Marvelous Land of Oz",
            "authors": ["L. Frank Baum"],
            "narrators": ["Tom Reed"],
            "series": [{"name": "Oz", "sequence": "2"}],
            "size_bytes": 230_000_000,
            "files": [{"name": "The Marvelous Land of Oz.m4b", "duration_minutes": 1}],
        }
        | changes
    )


def a_record(**changes: Any) -> ProviderRecord:
    """A provider's record of The Marvelous Land of Oz."""
    return ProviderRecord.model_validate(
        {
            "id": "1002",
            "title": "The Marvelous Land of Oz",
            "authors": ["L. Frank Baum"],
            "narrators": ["Tom Reed"],
            "series": [{"name": "Oz", "sequence": "2"}],
            "asin": "B0OZ000002",
            "publisher": "Emerald Audio",
            "published": "1904-07-05",
            "duration_minutes": 300,
        }
        | changes
    )


def a_world(**changes: Any) -> World:
    """A consistent world with one work that is not owned, with these changes."""
    work = Work(id="oz-2", title="The Marvelous Land of Oz", authors=["L. Frank Baum"])
    return checked(World.model_validate({"name": "test", "works": [work], "library": []} | changes))


def client_of(app: ASGIApp, **options: Any) -> httpx.AsyncClient:
    """A client that calls a stand-in without a network."""
    options.setdefault("base_url", "http://stand-in")
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), **options)


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[str]:
    """Serve an app on a free port for a client that needs a network, such as a browser. Yields its address."""
    listener = listening_socket("app", "127.0.0.1", 0)
    config = uvicorn.Config(app, log_level="warning", lifespan="off", access_log=False, timeout_graceful_shutdown=1)
    server = QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
