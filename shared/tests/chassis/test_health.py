"""The HTTP endpoints of a service without an API."""

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter
from shared.chassis.health import Endpoint, health_app, metrics_of


@pytest.fixture
def registry() -> CollectorRegistry:
    made = CollectorRegistry()
    Counter("books_shelved", "books that were shelved", registry=made).inc()
    return made


def endpoint(registry: CollectorRegistry, key: str = "") -> Endpoint:
    async def scrape() -> CollectorRegistry:
        return registry

    return metrics_of(scrape, key)


def client_of(metrics: Endpoint) -> httpx.AsyncClient:
    async def check() -> dict[str, str]:
        return {"nats": "ok"}

    transport = httpx.ASGITransport(health_app("library-scanner", check, metrics))
    return httpx.AsyncClient(transport=transport, base_url="http://service")


async def test_ping_health_and_metrics_are_answered_without_a_redirect(registry: CollectorRegistry) -> None:
    async with client_of(endpoint(registry)) as client:
        answers = {path: await client.get(path) for path in ("/ping", "/health", "/metrics")}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert "books_shelved_total 1.0" in answers["/metrics"].text


@pytest.mark.parametrize(("authorization", "status"), [("", 401), ("Bearer wrong", 401), ("Bearer a-long-key", 200)])
async def test_metrics_with_a_key_need_it_as_a_bearer_token(
    registry: CollectorRegistry, authorization: str, status: int
) -> None:
    async with client_of(endpoint(registry, key="a-long-key")) as client:
        answer = await client.get("/metrics", headers={"authorization": authorization})
    assert answer.status_code == status
    assert ("books_shelved" in answer.text) is (status == 200)
