"""The documentation pages load everything from the gateway."""

import re

import pytest

from .conftest import Gateway

pytestmark = pytest.mark.asyncio(loop_scope="module")

ELSEWHERE = re.compile(r"""(?:src|href|url)\s*[=:]\s*["']?(?:https?:)?//""")


@pytest.fixture
def gateway(gateway_of_module: Gateway) -> Gateway:
    return gateway_of_module


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_a_page_loads_only_what_the_gateway_serves(gateway: Gateway, path: str) -> None:
    page = await gateway.call("GET", path, key=None)
    assert page.headers["content-type"].startswith("text/html")
    assert not ELSEWHERE.search(page.text)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) >= 2
    for address in loaded:
        answer = await gateway.call("GET", f"/{address}", key=None)
        assert answer.status_code == 200, address
        assert len(answer.content) > 100
        assert "max-age" in answer.headers["cache-control"]
        kind = {"js": "text/javascript", "css": "text/css", "png": "image/png"}[address.rpartition(".")[2]]
        assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_a_page_may_run_and_fetch_only_from_the_gateway(gateway: Gateway, path: str) -> None:
    answer = await gateway.call("GET", path, key=None)
    policy = dict(each.split(maxsplit=1) for each in answer.headers["content-security-policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
    assert "<script>" not in answer.text


@pytest.mark.parametrize("name", ["..%2fcore.py", "core.py", "swagger-ui.css.map", "x" * 51])
async def test_nothing_else_of_the_package_is_served(gateway: Gateway, name: str) -> None:
    assert (await gateway.call("GET", f"/docs/assets/{name}", key=None)).status_code in (404, 422)


async def test_metrics_are_served(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/metrics", key=None)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "gapless_api_log_dropped" in answer.text
