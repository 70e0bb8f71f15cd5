"""Every error is a problem (RFC 9457) that says what happened and where."""

import json
from uuid import uuid4

import nats
from gateway.app import SPEC
from gateway.middleware.body_limit import LARGEST_BODY_BYTES
from nats.aio.msg import Msg
from shared.chassis.bus import PROBLEM_HEADER
from shared.chassis.message_size import HEADERS_BYTES
from shared.chassis.schema import newest_revision
from shared.contracts.library.books import GetBook
from shared.contracts.problem import Problem
from shared.testing.flushing import flush

from .conftest import Gateway

MEDIA_TYPE = "application/problem+json"


async def test_an_unavailable_service_is_named_with_a_retry_time(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/api/downloads")
    assert (answer.status_code, answer.headers["content-type"]) == (503, MEDIA_TYPE)
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["service"] == "downloader"
    assert "is not running" in answer.json()["detail"]


WRONG = [
    ("GET", "/api/books?limit=0", "query.limit"),
    ("GET", "/api/books?limit=many", "query.limit"),
    ("GET", "/api/books?offset=-1", "query.offset"),
    ("GET", "/api/books?sort=title;drop", "query.sort"),
    ("GET", "/api/books?added_after=0.5", "query.added_after"),
    ("GET", "/api/books?added_after=1700000000", "query.added_after"),
    ("GET", "/api/books?status=lost", "query.status"),
    ("GET", "/api/books/not-an-id", "path.book_id"),
    ("POST", "/api/releases/grab", "body.download_id"),
    ("POST", "/api/system/diagnostics/nowhere/resend", "path.area"),
    ("GET", "/api/system/diagnostics/library.x/failed", "path.area"),
    ("GET", "/api/system/diagnostics/*/failed", "path.area"),
    ("GET", "/api/system/diagnostics/%3E%20x/failed", "path.area"),
]
NO_PATHS = [("GET", "/api/coffee"), ("GET", "/coffee")]
NO_METHODS = [
    ("PUT", "/api/books", "GET, POST"),
    ("OPTIONS", f"/api/books/{uuid4()}", "DELETE, GET, PUT"),
    ("PUT", "/api/authors/search", "GET"),
    ("DELETE", "/api/books/missing", "GET, POST"),
    ("GET", "/api/downloads/sync", "POST"),
    ("GET", "/api/downloads/sync-qbittorrent", "POST"),
    ("PATCH", "/api/scheduler/tasks/library_scan", "DELETE, GET, PUT"),
    ("POST", "/ping", "GET"),
]
REFUSALS = [
    Problem(code="not_found", title="Not found", status=404, detail="no such book"),
    Problem(code="book_busy", title="Busy", status=409, detail="it is being written"),
    Problem(code="service_busy", title="Busy", status=503, detail="200 wait already", retry_after_seconds=2),
    Problem(code="remote_unavailable", title="audiobookshelf", status=503, detail="no answer"),
    Problem(code="remote_refused_us", title="audiobookshelf", status=502, detail="the token is wrong"),
]


async def test_an_invalid_call_names_the_field(gateway: Gateway) -> None:
    for method, path, field in WRONG:
        body = {"candidate_id": str(uuid4()), "id": "x"} if method == "POST" else None
        answer = await gateway.call(method, path, json=body)
        assert (answer.status_code, answer.headers["content-type"]) == (422, MEDIA_TYPE), path
        assert answer.json()["detail"].startswith(f"{field}: ")


async def test_a_body_that_is_not_json_is_a_problem(gateway: Gateway) -> None:
    answer = await gateway.call("POST", "/api/releases/grab", content=b"{not json")
    assert (answer.status_code, answer.headers["content-type"]) == (422, MEDIA_TYPE)


async def test_an_unknown_path_is_a_problem(gateway: Gateway) -> None:
    for method, path in NO_PATHS:
        answer = await gateway.call(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, MEDIA_TYPE)
        assert answer.json()["detail"] == f"{method} {path}"


async def test_an_unsupported_method_is_answered_with_the_supported_ones(gateway: Gateway) -> None:
    for method, path, allowed in NO_METHODS:
        answer = await gateway.call(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (405, MEDIA_TYPE), path
        assert answer.headers["allow"] == allowed, path
        assert answer.json()["detail"] == f"{method} {path}: this path supports {allowed}"


async def test_a_refusal_of_a_service_reaches_the_caller(gateway: Gateway) -> None:
    left = list(REFUSALS)

    async def refuse(message: Msg) -> None:
        problem = left.pop(0)
        headers = {"content-type": "application/json", PROBLEM_HEADER: problem.code}
        await connection.publish(message.reply, problem.model_dump_json().encode(), headers=headers)

    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(GetBook.subject, cb=refuse)
    await flush(connection)
    for problem in REFUSALS:
        answer = await gateway.call("GET", f"/api/books/{uuid4()}")
        assert answer.status_code == problem.status
        assert (answer.json()["code"], answer.json()["detail"]) == (problem.code, problem.detail)
        if problem.retry_after_seconds:
            assert answer.headers["retry-after"] == str(problem.retry_after_seconds)
    await connection.close()


async def test_an_answer_of_another_version_names_the_service(gateway: Gateway) -> None:
    async def answer_oddly(message: Msg) -> None:
        await message.respond(json.dumps({"odd": True}).encode())

    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(GetBook.subject, cb=answer_oddly)
    await flush(connection)
    answer = await gateway.call("GET", f"/api/books/{uuid4()}")
    await connection.close()
    assert (answer.status_code, answer.json()["service"]) == (503, "library-scanner")


async def test_the_state_of_every_service_is_shown_although_the_others_are_unavailable(gateway: Gateway) -> None:
    for path in ("/api/system/health/detailed", "/health/detailed"):
        states = {state["service"]: state for state in (await gateway.call("GET", path)).json()}
        assert states["gateway"]["report"]["schema_revision"] == newest_revision(SPEC.migrations)
        away = [name for name, state in states.items() if state["problem"]]
        assert sorted(away) == ["downloader", "library-scanner", "mam-search", "metadata", "scheduler"]


async def test_the_health_of_the_gateway_is_that_of_postgres_and_nats(gateway: Gateway) -> None:
    answer = await gateway.call("GET", "/health", key=None)
    assert answer.json() == {"service": "gateway", "status": "ok", "checks": {"nats": "ok", "postgres": "ok"}}


async def test_an_import_larger_than_the_broker_carries_is_refused_with_the_limit(gateway: Gateway) -> None:
    connection = await nats.connect(gateway.nats_url)
    largest = connection.max_payload
    await connection.close()
    wordy = {"title": "Ozma of Oz", "authors": ["L. Frank Baum"], "description": "O" * 8_400}
    answer = await gateway.call("POST", "/api/books/bulk-import", json=[wordy] * 1_000)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert f"exceeds {LARGEST_BODY_BYTES} bytes" in answer.json()["detail"]
    assert largest > LARGEST_BODY_BYTES + HEADERS_BYTES
