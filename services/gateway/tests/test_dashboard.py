"""Browsers get the dashboard, programs get the API."""

import gzip
from pathlib import Path

import httpx
import pytest
from gateway.dashboard.files import DashboardFiles
from gateway.dashboard.pages import Dashboard
from gateway.middleware.path_prefix import PathPrefix
from gateway.middleware.security_headers import SecurityHeaders
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp

from .conftest import Gateway

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGE = '<!doctype html><html><head><base href="/"></head><body></body></html>'
SCRIPT = "console.log(1);" * 200


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "assets" / "main-a1b2c3.js").write_text(SCRIPT, encoding="utf-8")
    (folder / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("outside", encoding="utf-8")
    return folder


def served(folder: Path, base_path: str = "") -> httpx.AsyncClient:
    """A client of an app that answers every path with JSON, behind the dashboard."""

    async def api(request: Request) -> JSONResponse:
        return JSONResponse({"path": request.url.path})

    app: ASGIApp = Starlette()
    assert isinstance(app, Starlette)
    app.add_route("/{path:path}", api, ["GET", "POST"])
    wrapped: ASGIApp = SecurityHeaders(Dashboard(app, DashboardFiles(folder, base_path)))
    wrapped = PathPrefix(wrapped, base_path) if base_path else wrapped
    return httpx.AsyncClient(transport=httpx.ASGITransport(wrapped), base_url="http://gateway")


@pytest.mark.parametrize("path", ["/", "/library", "/library/6f1d6f0e", "/index.html", "/../secret.txt"])
async def test_a_browser_gets_the_page_at_every_path_that_is_not_of_the_api(built: Path, path: str) -> None:
    async with served(built) as client:
        answer = await client.get(path, headers=BROWSER)
    assert answer.text == PAGE
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/books", "/docs", "/redoc", "/openapi.json", "/metrics", "/health", "/ping"])
async def test_a_browser_gets_the_api_at_its_own_paths(built: Path, path: str) -> None:
    async with served(built) as client:
        assert (await client.get(path, headers=BROWSER)).json() == {"path": path}


@pytest.mark.parametrize("accept", ["*/*", "application/json", "", "text/event-stream"])
async def test_a_program_gets_the_api_at_every_path(built: Path, accept: str) -> None:
    async with served(built) as client:
        for path in ("/", "/library"):
            assert (await client.get(path, headers={"Accept": accept})).json() == {"path": path}


async def test_only_a_get_is_answered_with_a_page(built: Path) -> None:
    async with served(built) as client:
        assert (await client.post("/library", headers=BROWSER)).json() == {"path": "/library"}
        assert (await client.head("/", headers=BROWSER)).headers["content-type"].startswith("text/html")


async def test_a_file_with_a_hash_in_its_name_is_cached_for_ever(built: Path) -> None:
    async with served(built) as client:
        answer = await client.get("/assets/main-a1b2c3.js")
        assert (await client.get("/favicon.svg")).headers["cache-control"] == "no-store"
    assert answer.text == SCRIPT
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


async def test_a_file_is_compressed_for_those_who_accept_it(built: Path) -> None:
    async with served(built) as client:
        async with client.stream("GET", "/assets/main-a1b2c3.js", headers={"Accept-Encoding": "gzip"}) as answer:
            raw = b"".join([part async for part in answer.aiter_raw()])
        plain = await client.get("/assets/main-a1b2c3.js", headers={"Accept-Encoding": "identity"})
    assert gzip.decompress(raw).decode() == SCRIPT
    assert (plain.text, "content-encoding" in plain.headers) == (SCRIPT, False)


@pytest.mark.parametrize(
    "path", ["/assets/gone-000.js", "/assets/../../secret.txt", "/assets/%2e%2e/%2e%2e/secret.txt"]
)
async def test_a_file_that_was_not_built_is_not_served(built: Path, path: str) -> None:
    async with served(built) as client:
        answer = await client.get(path, headers=BROWSER)
    assert "outside" not in answer.text
    assert answer.headers["content-type"] == "application/json" or answer.text == PAGE


async def test_a_page_may_load_only_what_the_gateway_serves(built: Path) -> None:
    async with served(built) as client:
        policy = (await client.get("/", headers=BROWSER)).headers["content-security-policy"]
    rules = dict(each.split(maxsplit=1) for each in policy.split("; "))
    assert rules["default-src"] == "'self'"
    assert not {"script-src", "style-src", "connect-src"} & set(rules)
    assert "unsafe" not in policy


@pytest.mark.parametrize("prefix", ["/gapless", ""])
async def test_below_a_path_of_a_proxy_the_page_names_that_path_as_its_base(built: Path, prefix: str) -> None:
    async with served(built, "/gapless") as client:
        page = await client.get(f"{prefix}/library", headers=BROWSER)
        api = await client.get(f"{prefix}/api/books")
        script = await client.get(f"{prefix}/assets/main-a1b2c3.js")
        start = await client.get("/gapless", headers=BROWSER)
    assert '<base href="/gapless/">' in page.text
    assert start.text == page.text
    assert api.json() == {"path": "/api/books"}
    assert script.text == SCRIPT


async def test_a_path_that_only_begins_like_the_path_of_the_proxy_is_another_path(built: Path) -> None:
    async with served(built, "/gapless") as client:
        assert (await client.get("/gaplessness")).json() == {"path": "/gaplessness"}


async def test_a_new_build_is_served_without_a_restart(built: Path) -> None:
    async with served(built) as client:
        await client.get("/", headers=BROWSER)
        (built / "assets" / "main-d4e5f6.js").write_text("2", encoding="utf-8")
        (built / "index.html").unlink()
        assert (await client.get("/library", headers=BROWSER)).json() == {"path": "/library"}
        (built / "index.html").write_text(PAGE + "<!-- 2 -->", encoding="utf-8")
        assert (await client.get("/", headers=BROWSER)).text.endswith("2 -->")
        assert (await client.get("/assets/main-d4e5f6.js")).text == "2"


async def test_where_nothing_was_built_a_page_says_so_and_the_api_is_served(tmp_path: Path) -> None:
    async with served(tmp_path / "nothing") as client:
        page = await client.get("/", headers=BROWSER)
        api = await client.get("/library", headers=BROWSER)
    assert "make dashboard" in page.text
    assert api.json() == {"path": "/library"}


async def test_the_gateway_answers_programs_at_its_root_as_before(gateway: Gateway) -> None:
    program = await gateway.call("GET", "/", key=None)
    browser = await gateway.call("GET", "/", key=None, headers=BROWSER)
    assert program.json()["openapi"] == "/openapi.json"
    assert browser.headers["content-type"].startswith("text/html")
    assert (await gateway.call("GET", "/nowhere", key=None)).status_code == 404
