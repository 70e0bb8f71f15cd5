"""An app is served until its context ends, even with open responses."""

import asyncio

import httpx
import pytest
from embedded.process import LOOPBACK, free_port
from shared.chassis import serving as module
from shared.chassis.serving import serving
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


async def test_a_response_that_never_ends_does_not_prevent_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OPEN_RESPONSES_SECONDS", 0.1)
    started, port = asyncio.Event(), free_port()

    async def never(_request: Request) -> Response:
        started.set()
        await asyncio.Event().wait()
        return Response()

    async with httpx.AsyncClient(timeout=None) as client, asyncio.timeout(60):
        async with serving(Starlette(routes=[Route("/", never)]), LOOPBACK, port):
            call = asyncio.create_task(client.get(f"http://{LOOPBACK}:{port}/"))
            await started.wait()
        await asyncio.gather(call, return_exceptions=True)
