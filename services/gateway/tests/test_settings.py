"""The settings of the services over the REST API: one service that waits for its settings, and the gateway itself."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import nats
import pytest
from embedded.process import free_port
from gateway.app import SPEC, build
from gateway.settings import GatewaySettings
from harness.plugin import FreshDatabase
from provisioning.services import PARTS, Part
from shared.chassis.live_settings import LiveSettings
from shared.chassis.migrations import upgrade
from shared.chassis.settings_loop import serve
from shared.chassis.streams import provision
from shared.testing.waiting import until

from .conftest import ADMIN_KEY, READ_KEY, SECRET, WRITE_KEY, Gateway, _tables

LIBRARY = next(part for part in PARTS if part.name == "library-scanner")
PATH = "/api/settings/library-scanner"
TOKEN = "the-token-of-audiobookshelf"


@asynccontextmanager
async def serving_part(part: Part, environment: dict[str, str]) -> AsyncIterator[None]:
    """Runs a service whose settings are changed over the API."""
    spec = part.spec
    live = LiveSettings(
        part.settings, spec.tables, environment, starts_without_wrong_ones=spec.starts_without_wrong_ones
    )
    stop, started = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve(live, spec, part.build, stop=stop, started=started))
    try:
        await until(lambda: started.is_set() or task.done())
        yield
    finally:
        stop.set()
        await task


@pytest.fixture
async def library(gateway: Gateway, fresh_database: Callable[..., FreshDatabase]) -> AsyncIterator[None]:
    """The library scanner without its settings."""

    def migrated(database: FreshDatabase) -> None:
        upgrade(LIBRARY.spec.migrations, database.url(LIBRARY.role))

    url = fresh_database(migrated).url(LIBRARY.role)
    environment = {"DATABASE_URL": url, "NATS_URL": gateway.nats_url, "SECRET_KEY": SECRET, "HEALTH_PORT": "0"}
    async with serving_part(LIBRARY, environment):
        yield


async def settled(call: Callable[[], Any]) -> Any:
    """The settings as soon as the service runs with what is stored."""
    found: list[Any] = []

    async def applied() -> bool:
        try:
            found[:] = [await call()]
        except httpx.TransportError:
            return False
        if found[0].status_code != 200:
            return False
        described: dict[str, Any] = found[0].json()
        return bool(described["applied_version"] == described["version"])

    await until(applied)
    return found[0].json()


async def health_words(gateway: Gateway) -> str | None:
    """What the health of the gateway says about the library scanner."""
    health: dict[str, str] = (await gateway.call("GET", "/api/system/health", key=None)).json()
    return health.get("library-scanner")


async def test_a_service_gets_its_settings_over_the_api_and_starts(gateway: Gateway, library: None) -> None:
    described = (await gateway.call("GET", PATH)).json()
    assert (described["state"], described["missing"]) == ("needs_settings", ["ABS_URL", "ABS_TOKEN"])
    states = (await gateway.call("GET", "/api/system/health/detailed")).json()
    (state,) = [each for each in states if each["service"] == "library-scanner"]
    assert (state["report"]["settings"], state["problem"]["detail"]) == (
        "needs_settings", "needs settings: ABS_URL, ABS_TOKEN",
    )  # fmt: skip
    await until(lambda: health_words(gateway))  # a service that is slow to answer is left out for some seconds
    assert await health_words(gateway) == "needs settings: ABS_URL, ABS_TOKEN"
    findings = (await gateway.call("GET", "/api/system/doctor")).json()["findings"]
    (finding,) = [each for each in findings if (each["area"], each["subject"]) == ("settings", "library-scanner")]
    assert (finding["severity"], finding["words"]) == ("fault", "needs settings: ABS_URL, ABS_TOKEN")
    books = await gateway.call("GET", "/api/books")
    assert (books.status_code, "needs settings: ABS_URL" in books.json()["detail"]) == (503, True)

    wrong = {"version": 0, "values": {"ABS_URL": "nowhere", "SERIES_MIN_BOOKS": 0, "ABS_TOKEN": TOKEN}}
    refused = await gateway.call("PUT", PATH, json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "wrong_settings")
    assert [each["setting"] for each in refused.json()["faults"]] == ["ABS_URL", "SERIES_MIN_BOOKS"]
    assert TOKEN not in refused.text

    right = {"version": 0, "values": {"ABS_URL": "http://127.0.0.1:1", "ABS_TOKEN": TOKEN}}
    assert (await gateway.call("PUT", PATH, json=right)).status_code == 200
    described = await settled(lambda: gateway.call("GET", PATH))
    assert (described["state"], described["version"]) == ("running", 1)
    assert TOKEN not in str(described)

    async def same_change_is_refused() -> bool:
        refused = (await gateway.call("PUT", PATH, json=right)).json()
        assert refused["code"] in ("settings_changed", "service_away")
        return bool(refused["code"] == "settings_changed")

    async def books_are_listed() -> bool:
        listed = await gateway.call("GET", "/api/books")
        return listed.status_code == 200 and listed.json()["total"] == 0

    # requests sent while the service starts again are refused
    await until(same_change_is_refused)
    await until(books_are_listed)


async def test_all_services_are_listed_and_only_an_administrator_sees_or_changes_settings(gateway: Gateway) -> None:
    listed = (await gateway.call("GET", "/api/settings")).json()
    assert [each["service"] for each in listed] == [
        "library-scanner", "mam-search", "downloader", "metadata", "scheduler", "gateway",
    ]  # fmt: skip
    assert {each["problem"]["code"] for each in listed if each["problem"]} == {"service_away"}
    for key in (READ_KEY, WRITE_KEY):
        for method, path in (("GET", "/api/settings"), ("GET", PATH), ("PUT", PATH), ("POST", f"{PATH}/test")):
            assert (await gateway.call(method, path, key=key, json={})).status_code == 403
    assert (await gateway.call("GET", "/api/settings/fridge")).status_code == 404


async def test_the_gateway_applies_its_settings_and_starts_without_those_that_become_wrong(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    connection = await nats.connect(nats_url)
    await provision(connection.jetstream(), _tables())
    await connection.close()
    port = free_port()
    environment = {
        "DATABASE_URL": database_url, "NATS_URL": nats_url, "SECRET_KEY": SECRET, "API_KEY": ADMIN_KEY,
        "HEALTH_PORT": str(port),
    }  # fmt: skip
    part = Part(SPEC, GatewaySettings, build)
    templates = tmp_path / "templates"
    templates.mkdir()
    headers, url = {"X-Api-Key": ADMIN_KEY}, f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=60) as client:
        async with serving_part(part, environment):
            values = {"CORS_ORIGINS": "https://shelf.example.net", "NOTIFY_TEMPLATES": str(templates)}
            stored = await client.put("/api/settings/gateway", json={"version": 0, "values": values})
            assert stored.status_code == 200
            assert (await settled(lambda: client.get("/api/settings/gateway")))["state"] == "running"
            preflight = {"Origin": "https://shelf.example.net", "Access-Control-Request-Method": "GET"}
            allowed = await client.options("/api/books", headers=preflight)
            assert allowed.headers["access-control-allow-origin"] == "https://shelf.example.net"
        templates.rmdir()
        async with serving_part(part, environment):
            described = await settled(lambda: client.get("/api/settings/gateway"))
            assert described["state"] == "wrong_settings"
            assert [each["setting"] for each in described["faults"]] == ["NOTIFY_TEMPLATES"]
            assert (await client.options("/api/books", headers=preflight)).status_code == 200
