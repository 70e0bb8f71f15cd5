"""Every route except the public ones needs a key with the right scope."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from gateway.api_keys.security import needed_scope
from shared.contracts.gateway.api_keys import Scope
from starlette.routing import Mount, Route

from .conftest import Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

READ_KEY = "the-key-that-may-only-read"
WRITE_KEY = "the-key-that-may-not-administer"
PUBLIC = {
    "/", "/ping", "/health", "/metrics", "/docs", "/docs/assets/{name}", "/redoc", "/openapi.json", "/asyncapi",
    "/api/system/health", "/api/system/version",
}  # fmt: skip
"""The paths that the contract of the API leaves public."""
WITH_A_SECRET_OF_ITS_OWN = {
    "/api/webhooks/audiobookshelf", "/api/calendar.ics", "/api/session", "/api/session/first-password",
    "/api/session/openid", "/api/session/openid/callback",
}  # fmt: skip
PARTS = {"area": "library", "name": "library_scan"}


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of everything that the app answers, whether documented or not."""
    return sorted(
        (method, route.path) for route in _below(app.routes) for method in _methods(route) if method != "HEAD"
    )


def keyed(gateway: Gateway) -> list[tuple[str, str]]:
    return [(method, path) for method, path in routes(gateway.app) if path not in PUBLIC | WITH_A_SECRET_OF_ITS_OWN]


def _needing_more_than_read(gateway: Gateway) -> list[tuple[str, str]]:
    return [route for route in keyed(gateway) if needed_scope(*route) is not Scope.READ]


def _below(found: Any) -> Iterator[Any]:
    for each in found:
        included = getattr(each, "original_router", None)
        if included is not None:
            yield from _below(included.routes)
        else:
            assert isinstance(each, (APIRoute, Route, Mount)), f"an unknown kind of route: {each!r}"
            yield each


def _methods(route: Any) -> set[str]:
    return {"GET"} if isinstance(route, Mount) else route.methods


def filled(path: str) -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", lambda part: PARTS.get(part[1], str(uuid4())), path)


async def test_the_walk_sees_every_route_that_is_documented(gateway: Gateway) -> None:
    paths: dict[str, dict[str, Any]] = gateway.app.openapi()["paths"]
    documented = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert documented
    # A parameter that may contain slashes is documented without its converter.
    assert documented <= {(method, re.sub(r":\w+}", "}", path)) for method, path in routes(gateway.app)}


async def test_every_route_refuses_a_call_without_a_key(gateway: Gateway) -> None:
    for method, path in keyed(gateway):
        answer = await gateway.call(method, filled(path), key=None, json={})
        assert (answer.status_code, answer.json()["code"]) == (401, "no_key"), (method, path)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_every_route_refuses_an_unknown_key(gateway: Gateway) -> None:
    for method, path in keyed(gateway):
        answer = await gateway.call(method, filled(path), key="an unknown key", json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_key"), (method, path)


async def test_a_key_that_may_only_read_changes_nothing(gateway: Gateway) -> None:
    changing = _needing_more_than_read(gateway)
    assert {route for route in keyed(gateway) if route[0] != "GET"} < set(changing)
    for method, path in changing:
        answer = await gateway.call(method, filled(path), key=READ_KEY, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_key"), (method, path)
        assert "lacks the scope" in answer.json()["detail"]


async def test_keys_and_failed_messages_need_the_scope_admin(gateway: Gateway) -> None:
    guarded = [route for route in keyed(gateway) if needed_scope(*route) is Scope.ADMIN]
    expected = {("GET", "/api/system/keys"), ("POST", "/api/system/keys"), ("DELETE", "/api/system/keys/{key_id}")}
    assert expected | {("POST", "/api/system/diagnostics/{area}/resend")} <= set(guarded)
    for method, path in guarded:
        answer = await gateway.call(method, filled(path), key=WRITE_KEY, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_key"), (method, path)
        assert "lacks the scope 'admin'" in answer.json()["detail"]


async def test_a_key_that_may_only_read_cannot_search_the_trackers(gateway: Gateway) -> None:
    for key, status in ((READ_KEY, 403), (WRITE_KEY, 503)):
        assert (await gateway.call("GET", "/api/releases/search?query=Ozma", key=key)).status_code == status


async def test_a_key_that_may_only_read_reads(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/api/books", key=READ_KEY)
    assert answer.json()["code"] == "service_away"


async def test_the_public_routes_need_no_key(gateway: Gateway) -> None:
    for path in PUBLIC:
        resolved = path.replace("{name}", "start.js")
        assert (await gateway.call("GET", resolved, key=None)).status_code == 200, path


async def test_a_key_may_be_sent_as_authorization(gateway: Gateway) -> None:
    for scheme in ("", "Bearer ", "bearer ", "BEARER  "):
        headers = {"Authorization": f"{scheme}{READ_KEY}"}
        answer = await gateway.call("GET", "/api/metadata/providers", key=None, headers=headers)
        assert answer.json()["code"] == "service_away", scheme


async def test_an_authorization_without_a_known_key_is_refused(gateway: Gateway) -> None:
    for value in ("", "Bearer ", "Bearer", "Basic ZG9yb3RoeTpveg=="):
        answer = await gateway.call("GET", "/api/books", key=None, headers={"Authorization": value})
        assert answer.status_code in (401, 403), value


@pytest.mark.parametrize("more", [{}, {"Idempotency-Key": "once"}])
@pytest.mark.parametrize(("key", "status"), [(None, 401), ("an unknown key", 403), (READ_KEY, 403)])
async def test_the_body_of_a_refused_call_is_not_read(
    gateway: Gateway, key: str | None, status: int, more: dict[str, str]
) -> None:
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield b"[" * 1024

    for method, path in _needing_more_than_read(gateway):
        answer = await gateway.call(method, filled(path), key=key, content=body(), headers=more)
        assert (answer.status_code, read) == (status, []), (method, path)


async def test_every_keyed_route_is_checked_before_it_is_reached(gateway: Gateway) -> None:
    paths = gateway.app.state.paths
    for method, path in keyed(gateway):
        assert paths.keyed(method, filled(path)) == path, (method, path)
