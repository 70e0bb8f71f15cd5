"""The middleware: request ids, headers, and limits of size, time and rate."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from gateway.api_keys.keys import Keys
from gateway.api_keys.security import KEYED
from gateway.http.problems import handle_problems
from gateway.middleware.api_log import ApiLog
from gateway.middleware.body_limit import LARGEST_BODY_BYTES
from gateway.middleware.rate_limits import MAX_BUCKETS, RateLimits, TokenBuckets, TooManyCalls, address_of
from gateway.middleware.stack import add_middleware_stack
from gateway.postgres.tables import CHASSIS
from gateway.settings import GatewaySettings
from gateway.sign_in.callers import Callers
from gateway.sign_in.sessions import BrowserSessions
from prometheus_client import CollectorRegistry
from provisioning.services import PARTS
from shared.chassis.clock import SystemClock
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import SecretKeys
from shared.chassis.settings import SettingsProblem
from sqlalchemy import text
from starlette.responses import StreamingResponse

PROBLEM = "application/problem+json"


def made(**settings: Any) -> FastAPI:
    """An app with the middleware stack and test routes."""
    app = FastAPI()
    handle_problems(app)
    transaction = Database("postgresql://nobody@127.0.0.1:1/none", CHASSIS).transactions(Transaction)
    log, secret_keys = ApiLog(transaction, CollectorRegistry()), SecretKeys("s" * 32)
    callers = Callers(Keys(transaction, secret_keys), BrowserSessions(transaction, secret_keys, SystemClock()))
    add_middleware_stack(
        app, GatewaySettings.example().model_copy(update=settings), log=log, callers=callers, transaction=transaction
    )

    @app.post("/repeatable", dependencies=[KEYED])
    async def repeatable_route() -> None:
        pass

    @app.post("/size")
    async def size(request: Request) -> int:
        return len(await request.body())

    @app.post("/parsed")
    async def parsed(body: dict[str, str]) -> int:
        return len(body)

    @app.get("/never")
    async def never() -> None:
        await asyncio.Event().wait()

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("mam_id=abcdef0123456789")

    @app.get("/stored")
    async def stored() -> None:
        async with transaction() as tx:
            await tx.session.execute(text("select 1"))

    @app.get("/events")
    async def events() -> StreamingResponse:
        async def slowly() -> AsyncIterator[str]:
            for number in range(3):
                await asyncio.sleep(0.1)
                yield f"data: {number}\n\n"

        return StreamingResponse(slowly(), media_type="text/event-stream")

    return app


async def call(app: FastAPI, method: str, path: str, **options: Any) -> httpx.Response:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("203.0.113.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        return await client.request(method, path, **options)


async def test_a_well_formed_request_id_is_used() -> None:
    answer = await call(made(), "GET", "/nowhere", headers={"X-Request-Id": "toto-0123.4567"})
    assert answer.headers["x-request-id"] == "toto-0123.4567"
    assert answer.json()["request_id"] == "toto-0123.4567"


@pytest.mark.parametrize("request_id", ["", "short", "x" * 65, "with space in it", "<script>alert(1)</script>"])
async def test_a_malformed_request_id_is_replaced(request_id: str) -> None:
    answer = await call(made(), "GET", "/nowhere", headers={"X-Request-Id": request_id})
    assert len(answer.headers["x-request-id"]) == 32
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_an_internal_error_shows_only_its_request_id() -> None:
    answer = await call(made(), "GET", "/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "abcdef" not in answer.text


def test_a_call_does_not_time_out_before_its_service() -> None:
    part = next(part for part in PARTS if part.name == "gateway")
    longest = max(message.timeout_seconds for message in part.table().sent_requests)
    assert longest < GatewaySettings.example().request_seconds


async def test_while_postgres_is_unavailable_the_answer_says_so_and_when_to_retry() -> None:
    plain = await call(made(), "GET", "/stored")
    repeatable = await call(made(), "POST", "/repeatable", headers={"Idempotency-Key": "once", "X-Api-Key": "a key"})
    for answer in (plain, repeatable):
        assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
        assert (answer.json()["service"], int(answer.headers["retry-after"])) == ("postgres", 5)
        assert answer.json()["request_id"] == answer.headers["x-request-id"]


async def test_answers_have_security_headers() -> None:
    data, page, fault = [await call(made(), "GET", path) for path in ("/nowhere", "/docs", "/broken")]
    assert data.headers["content-security-policy"].startswith("default-src 'none'")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for answer in (data, page, fault):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/size", "/parsed"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused(path: str, chunked: bool) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 1024 * 1024

    content = chunks() if chunked else b"x" * (LARGEST_BODY_BYTES + 1)
    headers = {"Content-Type": "application/json"}
    answer = await call(made(), "POST", path, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (413, PROBLEM)
    assert str(LARGEST_BODY_BYTES) in answer.json()["detail"]


async def test_a_body_of_exactly_the_limit_is_read() -> None:
    answer = await call(made(), "POST", "/size", content=b"x" * LARGEST_BODY_BYTES)
    assert answer.json() == LARGEST_BODY_BYTES


async def test_a_call_that_takes_too_long_times_out() -> None:
    answer = await call(made(request_seconds=0.05), "GET", "/never")
    assert (answer.status_code, answer.headers["content-type"]) == (504, PROBLEM)
    assert int(answer.headers["retry-after"]) > 0


async def test_a_stream_of_events_may_last_longer() -> None:
    answer = await call(made(request_seconds=0.15), "GET", "/events")
    assert answer.text.count("data:") == 3


async def test_callers_behind_a_trusted_proxy_are_limited_separately_and_other_proxies_are_not_trusted() -> None:
    requests = [{"X-Forwarded-For": f"198.51.100.{number}"} for number in range(3)]
    behind = made(rate_limit_per_address=1, trusted_proxies="192.0.2.1 203.0.113.0/24")
    plain = made(rate_limit_per_address=1)
    through = [await call(behind, "POST", "/size", headers=headers) for headers in requests]
    pretended = [await call(plain, "POST", "/size", headers=headers) for headers in requests]
    assert [answer.status_code for answer in through] == [200, 200, 200]
    assert [answer.status_code for answer in pretended] == [200, 429, 429]


async def test_a_caller_cannot_forge_the_address_that_the_proxy_saw() -> None:
    app = made(rate_limit_per_address=1, trusted_proxies="203.0.113.7")
    requests = [{"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.9"} for number in range(2)]
    answers = [await call(app, "POST", "/size", headers=headers) for headers in requests]
    assert [answer.status_code for answer in answers] == [200, 429]


def test_an_invalid_trusted_proxy_is_refused_at_startup() -> None:
    environment = {"DATABASE_URL": "postgresql://x", "NATS_URL": "nats://x", "SECRET_KEY": "s" * 32}
    with pytest.raises(SettingsProblem, match=r"TRUSTED_PROXIES.*addresses or networks of reverse proxies"):
        GatewaySettings.read({**environment, "TRUSTED_PROXIES": "192.0.2.1 proxy.local"})


async def test_an_address_that_calls_too_often_gets_a_retry_time() -> None:
    app = made(rate_limit_per_address=3)
    answers = [await call(app, "GET", "/nowhere") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert answers[0].headers["ratelimit-policy"] == '"address";q=3;w=60'
    assert answers[0].headers["ratelimit"] == '"address";r=2;t=20'
    assert answers[3].headers["content-type"] == PROBLEM
    assert 1 <= int(answers[3].headers["retry-after"]) <= 20
    assert answers[3].json()["code"] == "too_many_calls"


async def test_a_limit_of_zero_means_no_limit() -> None:
    app = made(rate_limit_per_address=0)
    answers = [await call(app, "GET", "/nowhere") for _ in range(5)]
    assert {answer.status_code for answer in answers} == {404}
    assert "ratelimit" not in answers[0].headers


async def test_pages_of_other_origins_may_call_only_if_configured() -> None:
    headers = {"Origin": "https://shelf.example.net"}
    closed = await call(made(), "GET", "/nowhere", headers=headers)
    opened = await call(made(cors_origins="https://shelf.example.net"), "GET", "/nowhere", headers=headers)
    assert "access-control-allow-origin" not in closed.headers
    assert opened.headers["access-control-allow-origin"] == "https://shelf.example.net"
    assert "Location" in opened.headers["access-control-expose-headers"]


def test_a_bucket_refills_evenly() -> None:
    now = 0.0
    buckets = TokenBuckets("key", 60, lambda: now)
    spent = [buckets.take("dorothy") for _ in range(61)]
    assert [budget.spent for budget in spent if budget] == [False] * 60 + [True]
    now = 2.0
    again = [buckets.take("dorothy") for _ in range(3)]
    assert [budget.spent for budget in again if budget] == [False, False, True]


def test_buckets_of_many_callers_are_deleted() -> None:
    buckets = TokenBuckets("address", 1, lambda: 0.0)

    def refused(caller: object) -> bool:
        budget = buckets.take(str(caller))
        return budget is not None and budget.spent

    assert not any(refused(number) for number in range(MAX_BUCKETS + 1))
    assert refused(MAX_BUCKETS)
    assert not refused(0)


def test_an_exceeded_limit_is_a_refusal_with_a_retry_time() -> None:
    buckets = TokenBuckets("key", 1, lambda: 0.0)
    buckets.take("toto")
    budget = buckets.take("toto")
    assert budget is not None
    assert TooManyCalls(budget).problem().retry_after_seconds == 60


@pytest.mark.parametrize(
    ("host", "who"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("testclient", "testclient")],
)
def test_an_ipv6_network_counts_as_one_address(host: str, who: str) -> None:
    assert address_of({"client": (host, 1)}) == who


def test_wrong_keys_have_a_stricter_limit() -> None:
    limits = RateLimits(per_key=1000, per_address=1000, now=lambda: 0.0)
    scope: dict[str, Any] = {"client": ("203.0.113.7", 1), "state": {}}
    for _ in range(20):
        limits.count_failure(scope)
    with pytest.raises(TooManyCalls):
        limits.count_failure(scope)
    limits.count_key(scope, "a key that is right")
