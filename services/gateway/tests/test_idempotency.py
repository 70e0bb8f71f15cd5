"""A POST that is repeated with the same Idempotency-Key is carried out once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import nats
import psycopg
import pytest
from gateway.middleware import idempotency_store
from gateway.middleware.idempotency_store import Call, IdempotencyStore
from shared.chassis.database import Database, Transaction
from shared.chassis.sealing import Seal, SecretKeys
from shared.contracts.scheduler import RunTask
from shared.testing.flushing import flush

from .conftest import Gateway

KEYS = "/api/system/keys"
ADMIN_KEY = "the-key-that-may-do-all"
BODY = {"name": "dashboard", "scopes": ["read"]}


async def post(gateway: Gateway, idempotency_key: str, body: Any = BODY, path: str = KEYS, **options: Any) -> Any:
    return await gateway.call("POST", path, json=body, headers={"Idempotency-Key": idempotency_key}, **options)


async def count_keys(gateway: Gateway) -> int:
    return int((await gateway.call("GET", KEYS)).json()["total"])


async def test_a_repeated_call_gets_the_same_answer_and_is_done_once(gateway: Gateway) -> None:
    before = await count_keys(gateway)
    first, again = await post(gateway, "once"), await post(gateway, "once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replay"] == "true"
    assert await count_keys(gateway) == before + 1


async def test_another_body_with_the_same_key_is_refused(gateway: Gateway) -> None:
    await post(gateway, "once")
    answer = await post(gateway, "once", {"name": "another", "scopes": ["read"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_idempotency_key")


async def test_simultaneous_calls_are_done_once(gateway: Gateway) -> None:
    before = await count_keys(gateway)
    answers = await asyncio.gather(*(post(gateway, "at-once") for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    assert await count_keys(gateway) == before + 1


async def test_a_key_counts_for_one_caller_and_one_path(gateway: Gateway) -> None:
    await post(gateway, "once")
    other = (await gateway.call("POST", KEYS, json={"name": "second", "scopes": ["admin"]})).json()["key"]
    assert "idempotent-replay" not in (await post(gateway, "once", key=other)).headers
    elsewhere = await post(gateway, "once", {}, "/api/scheduler/tasks/library_scan/run")
    assert elsewhere.json()["code"] == "service_away"


async def test_a_failed_call_may_be_repeated(gateway: Gateway, database_url: str) -> None:
    answer = await post(gateway, "later", {}, "/api/scheduler/tasks/library_scan/run")
    assert answer.status_code == 503
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from gateway.idempotent_answers").fetchone() == (0,)


async def test_a_refused_call_stores_nothing(gateway: Gateway, database_url: str) -> None:
    for number, body in enumerate(({"name": ""}, {"scopes": ["all"]}, BODY | {"scopes": []})):
        assert (await post(gateway, f"refused-{number}", body)).status_code == 422
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from gateway.idempotent_answers").fetchone() == (0,)


@asynccontextmanager
async def silent_scheduler(gateway: Gateway) -> AsyncIterator[None]:
    """A scheduler that records the requests and never answers."""
    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(RunTask.subject)
    await flush(connection)
    yield
    await connection.close()


async def test_a_call_whose_service_timed_out_stays_in_progress(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RunTask, "timeout_seconds", 0.2)
    path = "/api/scheduler/tasks/library_scan/run"
    async with silent_scheduler(gateway):
        assert (await post(gateway, "once", {}, path)).json()["code"] == "service_away"
    again = await post(gateway, "once", {}, path)
    assert (again.status_code, again.json()["code"]) == (409, "idempotent_call_under_way")


class TestWithLittleTime:
    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {"REQUEST_SECONDS": "5"}

    async def test_a_call_that_timed_out_stays_in_progress(self, gateway: Gateway) -> None:
        path = "/api/scheduler/tasks/library_scan/run"
        async with silent_scheduler(gateway):
            assert (await post(gateway, "once", {}, path)).status_code == 504
            again = await post(gateway, "once", {}, path)
        assert (again.status_code, again.json()["code"]) == (409, "idempotent_call_under_way")


async def test_a_call_with_an_unknown_outcome_may_begin_again_after_a_while(database: Database) -> None:
    call = Call(uuid4(), KEYS, "once", b"hash")
    memory = IdempotencyStore(database.transactions(Transaction), timedelta(minutes=5))
    assert await memory.begin(call)
    await memory.leave(call, timedelta(seconds=30))
    assert not await memory.begin(call)
    await memory.leave(call, timedelta(seconds=-1))
    assert await memory.begin(call)


async def test_a_refused_caller_stores_nothing_and_gets_no_stored_answer(gateway: Gateway) -> None:
    await post(gateway, "once")
    for key, status in ((None, 401), ("a key that nobody has", 403), ("the-key-that-may-only-read", 403)):
        assert (await post(gateway, "once", key=key)).status_code == status


async def test_a_stored_answer_contains_no_secret_in_plain_text(gateway: Gateway, database_url: str) -> None:
    key = (await post(gateway, "once")).json()["key"]
    with psycopg.connect(database_url) as connection:
        rows = connection.execute("select encode(sealed_body, 'escape') from gateway.idempotent_answers").fetchall()
    assert len(rows) == 1
    assert key not in repr(rows)


@pytest.mark.parametrize("key", [ADMIN_KEY, "the-key-that-may-only-read"])
async def test_nothing_is_stored_for_an_unknown_path(gateway: Gateway, database_url: str, key: str) -> None:
    for number in range(3):
        assert (await post(gateway, "once", path=f"/api/nowhere/{number}", key=key)).status_code == 404
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from gateway.idempotent_answers").fetchone() == (0,)


@pytest.mark.parametrize("odd", ["", " ", "x" * 201, "with space", "a/b"])
async def test_a_malformed_key_is_refused(gateway: Gateway, odd: str) -> None:
    assert (await post(gateway, odd)).status_code == 422


@pytest.mark.parametrize("name", ["%00", "x" * 5_000, "%20"])
async def test_a_path_that_cannot_be_stored_is_answered_as_without_the_header(gateway: Gateway, name: str) -> None:
    path = f"/api/scheduler/tasks/{name}/run"
    plain, keyed = await gateway.call("POST", path, json={}), await post(gateway, "once", {}, path)
    problems = [(answer.status_code, answer.json()["code"], answer.json()["detail"]) for answer in (plain, keyed)]
    assert problems[0] == problems[1]


async def test_an_incomplete_body_does_not_use_up_its_key(gateway: Gateway) -> None:
    async def broken_off() -> AsyncIterator[bytes]:
        yield b'{"name": "dash'
        raise ConnectionError

    headers = {"X-Api-Key": ADMIN_KEY, "Idempotency-Key": "once", "Content-Type": "application/json"}
    async with httpx.AsyncClient(timeout=60) as client:
        with pytest.raises(ConnectionError):
            await client.post(f"{gateway.url}{KEYS}", content=broken_off(), headers=headers)
    assert (await post(gateway, "once")).status_code == 201


async def test_a_call_whose_gateway_died_may_begin_again(database: Database) -> None:
    call = Call(uuid4(), KEYS, "once", b"hash")
    patient = IdempotencyStore(database.transactions(Transaction), timedelta(minutes=5))
    assert await patient.begin(call)
    assert not await patient.begin(call)
    assert await patient.recall(call) is None
    assert await IdempotencyStore(database.transactions(Transaction), timedelta(0)).begin(call)


async def test_a_key_cannot_fill_the_store(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored answers are still replayed, and an error stores nothing."""
    monkeypatch.setattr(idempotency_store, "MAX_ANSWERS", 2)
    first = await post(gateway, "one")
    await post(gateway, "two", {"name": "second", "scopes": ["read"]})
    refused = await post(gateway, "three", {"name": "third", "scopes": ["read"]})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_stored_answers")
    assert (await post(gateway, "one")).json() == first.json()
    monkeypatch.setattr(idempotency_store, "MAX_ANSWERS", 5_000)
    monkeypatch.setattr(idempotency_store, "MAX_BYTES", 100)
    assert (await post(gateway, "three", {"name": "third", "scopes": ["read"]})).status_code == 429


async def test_expired_answers_do_not_count(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency_store, "MAX_ANSWERS", 1)
    memory = IdempotencyStore(database.transactions(Transaction), timedelta(minutes=1))
    old = Call(uuid4(), "/api/x", "old", b"1")
    assert await memory.begin(old)
    await memory.leave(old, -timedelta(hours=25))
    assert await memory.begin(Call(old.key_id, "/api/x", "new", b"1"))


async def test_an_answer_that_was_encrypted_with_another_secret_is_a_clear_refusal(
    gateway: Gateway, database_url: str
) -> None:
    await post(gateway, "once")
    sealed = Seal(SecretKeys("another" * 5), "idempotent answers").seal(b"{}")
    with psycopg.connect(database_url) as connection:
        connection.execute("update gateway.idempotent_answers set sealed_body = %s", [sealed])
    answer = await post(gateway, "once")
    assert (answer.status_code, answer.json()["code"]) == (409, "unreadable_idempotent_answer")
    assert "SECRET_KEY_PREVIOUS" in answer.json()["detail"]
