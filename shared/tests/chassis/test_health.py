"""The HTTP endpoints of a service without an API."""

import httpx
from prometheus_client import CollectorRegistry, Counter
from shared.chassis.health import health_app


async def test_ping_health_and_metrics_are_answered_without_a_redirect() -> None:
    registry = CollectorRegistry()
    Counter("books_shelved", "books that were shelved", registry=registry).inc()

    async def check() -> dict[str, str]:
        return {"nats": "ok"}

    transport = httpx.ASGITransport(health_app("library-scanner", check, registry))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        answers = {path: await client.get(path) for path in ("/ping", "/health", "/metrics")}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert "books_shelved_total 1.0" in answers["/metrics"].text
