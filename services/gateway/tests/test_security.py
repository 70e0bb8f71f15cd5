"""Every route but the public ones needs a key, and a key that may."""

import re
from typing import Any
from uuid import uuid4

from embedded.generated import OPENAPI
from pydantic import TypeAdapter

READ_KEY = "the-key-that-may-only-read"
PUBLIC = {("GET", "/ping"), ("GET", "/health"), ("GET", "/api/system/health"), ("GET", "/api/system/version")}
HIDDEN = ["/", "/docs", "/redoc", "/openapi.json", "/metrics/"]
PATHS: dict[str, dict[str, Any]] = TypeAdapter(dict[str, Any]).validate_json(OPENAPI.read_bytes())["paths"]
ROUTES = sorted((method.upper(), path) for path, methods in PATHS.items() for method in methods)
KEYED = [route for route in ROUTES if route not in PUBLIC]
PARTS = {"area": "library", "name": "library_scan"}


def filled(path: str) -> str:
    return re.sub(r"{(\w+)}", lambda part: PARTS.get(part[1], str(uuid4())), path)


async def test_every_route_refuses_a_call_without_a_key(gateway: Any) -> None:
    for method, path in KEYED:
        answer = await gateway.call(method, filled(path), key=None, json={})
        assert (answer.status_code, answer.json()["code"]) == (401, "no_key"), (method, path)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_every_route_refuses_a_key_that_nobody_has(gateway: Any) -> None:
    for method, path in KEYED:
        answer = await gateway.call(method, filled(path), key="a key that nobody has", json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_key"), (method, path)


async def test_a_key_that_may_only_read_changes_nothing(gateway: Any) -> None:
    changing = [(method, path) for method, path in KEYED if method != "GET"]
    assert len(changing) > 5
    for method, path in changing:
        answer = await gateway.call(method, filled(path), key=READ_KEY, json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong_key"), (method, path)
        assert "lacks the scope 'write'" in answer.json()["detail"]


async def test_a_key_that_may_only_read_reads(gateway: Any) -> None:
    answer = await gateway.call("GET", "/api/books", key=READ_KEY)
    assert answer.json()["code"] == "service_away"


async def test_the_public_routes_need_no_key(gateway: Any) -> None:
    for path in [*(path for _, path in PUBLIC), *HIDDEN]:
        assert (await gateway.call("GET", path, key=None)).status_code == 200, path


async def test_a_key_may_come_as_authorization(gateway: Any) -> None:
    for scheme in ("", "Bearer ", "bearer ", "BEARER  "):
        headers = {"Authorization": f"{scheme}{READ_KEY}"}
        answer = await gateway.call("GET", "/api/metadata/providers", key=None, headers=headers)
        assert answer.json()["code"] == "service_away", scheme


async def test_an_authorization_without_a_known_key_is_refused(gateway: Any) -> None:
    for value in ("", "Bearer ", "Bearer", "Basic ZG9yb3RoeTpveg=="):
        answer = await gateway.call("GET", "/api/books", key=None, headers={"Authorization": value})
        assert answer.status_code in (401, 403), value
