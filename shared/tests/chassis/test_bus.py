"""Every request gets an answer, and refusals and errors keep their type across services."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from nats.aio.client import Client as NATS
from shared.chassis.bus import PROBLEM_HEADER, UNTIL_HEADER, too_late
from shared.chassis.database import Database, Transaction, postgres_unavailable
from shared.chassis.errors import (
    NotFound,
    OtherRefusal,
    Refused,
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
    ServiceUnavailable,
    TooLarge,
)
from shared.chassis.message_size import HEADERS_BYTES
from shared.chassis.service import Service
from shared.contracts.problem import Problem
from shared.contracts.system import DescribeService
from shared.contracts.translatable import translatables
from shared.testing.tiny import CHASSIS, CountBooks, Shelf, Shelved, Tiny
from shared.testing.waiting import until as until_true
from shared.translatable import translatable
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]


class ShelfIsFull(Refused):
    code = "shelf_full"
    title = "The shelf is full"


async def test_a_request_is_answered(run: Run) -> None:
    async def count(request: CountBooks) -> int:
        return len(request.shelf)

    async with run(Tiny(count=count)) as service:
        assert await service.bus.ask(CountBooks(shelf="Oz")) == 2


async def test_every_replica_handles_a_request_that_says_so_and_the_caller_gets_one_answer(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CountBooks, "every_replica", True)
    asked: set[str] = set()

    def replica(name: str) -> Tiny:
        async def count(_request: CountBooks) -> int:
            asked.add(name)
            return 2

        return Tiny(count=count)

    async with run(replica("one")) as service, run(replica("other")):
        assert await service.bus.ask(CountBooks(shelf="Oz")) == 2
        await until_true(lambda: asked == {"one", "other"})


@pytest.mark.parametrize(
    "error",
    [
        RemoteUnavailable("audible", translatable("remote.timed_out", "timed out")),
        RemoteThrottled("audible", "too often", 30),
        RemoteRefusedUs("audible", "the token is not known"),
        RemoteAnsweredNonsense("audible", "HTML instead of JSON"),
    ],
)
async def test_the_error_of_an_outside_system_keeps_its_type_across_services(error: RemoteError, run: Run) -> None:
    async with run(Tiny(count=Shelf(error))) as service:
        with pytest.raises(type(error)) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert (raised.value.system, raised.value.detail) == (error.system, error.detail)
    assert translatables(detail=raised.value.detail) == translatables(detail=error.detail)
    if isinstance(raised.value, RemoteThrottled):
        assert raised.value.retry_after_seconds == 30


async def test_a_refusal_keeps_its_code_status_and_detail_across_services(run: Run) -> None:
    async with run(Tiny(count=Shelf(ShelfIsFull("no room for Oz")))) as service:
        with pytest.raises(OtherRefusal) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem() == Problem(
        code="shelf_full", title="The shelf is full", status=409, detail="no room for Oz", service="library-scanner"
    )


async def test_a_request_that_exceeds_the_message_size_is_refused_with_the_limit(run: Run) -> None:
    async with run(Tiny()) as service:
        limit = (await service.broker.connect()).max_payload
        for size in (limit - 100, limit + 1):
            with pytest.raises(TooLarge, match=rf"the limit is {limit - HEADERS_BYTES}") as raised:
                await service.bus.ask(CountBooks.model_construct(shelf="O" * size))
            assert raised.value.problem().status == 413
        assert (await service.broker.connect()).is_connected


async def test_an_answer_that_exceeds_the_message_size_is_refused_with_the_limit(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def count(_request: CountBooks) -> int:
        return int("1" * 4000)

    async with run(Tiny(count=count)) as service:
        monkeypatch.setattr(NATS, "max_payload", HEADERS_BYTES + 1000)
        with pytest.raises(OtherRefusal, match="request fewer items") as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem().code == "answer_too_large"


async def test_not_found_keeps_its_type_across_services(run: Run) -> None:
    async with run(Tiny(count=Shelf(NotFound("no shelf of that name")))) as service:
        with pytest.raises(NotFound, match="no shelf of that name"):
            await service.bus.ask(CountBooks(shelf="Oz"))


async def test_service_unavailable_keeps_its_type_across_services(run: Run) -> None:
    async with run(Tiny(count=Shelf(ServiceUnavailable("metadata", "no answer", 7)))) as service:
        with pytest.raises(ServiceUnavailable) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.retry_after_seconds == 7
    problem = raised.value.problem()
    assert (problem.status, problem.service) == (503, "metadata")


@pytest.mark.parametrize("body", [b"garbage", b"", b"{}", b"[]", b"\xff\x00", b'{"shelf": "' + 41 * b"x" + b'"}'])
async def test_an_invalid_request_is_answered_with_a_problem(body: bytes, run: Run) -> None:
    async with run(Tiny()) as service:
        connection = await service.broker.connect()
        answer = await connection.request(CountBooks.subject, body, timeout=60)
    problem = Problem.model_validate_json(answer.data)
    assert (problem.code, problem.status, problem.service) == ("unreadable", 422, "library-scanner")
    assert (answer.headers or {})[PROBLEM_HEADER] == "unreadable"


async def test_an_error_in_a_handler_is_answered_immediately_without_its_text(run: Run) -> None:
    async with run(Tiny(count=Shelf(RuntimeError("password=hidden")))) as service:
        with pytest.raises(OtherRefusal) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    problem = raised.value.problem()
    assert (problem.code, problem.status) == ("internal", 500)
    assert "hidden" not in problem.model_dump_json()


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
async def test_a_request_is_answered_with_service_unavailable_while_postgres_is_unavailable(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        unreachable = Database("postgresql://nobody@127.0.0.1:1/none", CHASSIS)
        async with unreachable.transactions(Transaction)() as tx:
            return int(await tx.session.scalar(text("select 1")) or 0)

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceUnavailable) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.service == "postgres"


async def test_an_error_from_postgres_does_not_count_as_unavailable(run: Run) -> None:
    async with run(Tiny()) as service:
        with pytest.raises(DBAPIError) as raised:
            async with service.database.engine.connect() as connection:
                await connection.execute(text("select 1 / 0"))
    assert postgres_unavailable(raised.value) is None


async def test_an_answer_in_an_unexpected_format_names_the_service(run: Run) -> None:
    async def count(_request: CountBooks) -> str:
        return "many"

    async with run(Tiny(count=count)) as service:
        with pytest.raises((ServiceUnavailable, OtherRefusal)) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem().service in ("library", "library-scanner")


async def test_without_a_responder_the_service_is_unavailable(run: Run) -> None:
    async with run(Tiny()) as service:
        with pytest.raises(ServiceUnavailable, match="no service answers") as raised:
            await service.bus.ask(DescribeService(), of="metadata")
    assert raised.value.problem().retry_after_seconds == 5
    assert raised.value.service == "metadata"


async def test_after_the_time_out_the_service_is_unavailable(run: Run) -> None:
    forever = asyncio.Event()

    async def count(_request: CountBooks) -> int:
        await forever.wait()
        return 0

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceUnavailable, match=r"no answer to rpc\.library\.count_books within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        forever.set()


async def test_a_request_after_its_deadline_is_not_started(run: Run) -> None:
    shelf = Shelf()
    async with run(Tiny(count=shelf)) as service:
        connection = await service.broker.connect()
        for until in (0, (time.time() - 2) * 1000, (time.time() + 60) * 1000):
            request = CountBooks(shelf=f"until {until:.0f}").model_dump_json().encode()
            inbox, headers = connection.new_inbox(), {UNTIL_HEADER: f"{until:.0f}"}
            await connection.publish(CountBooks.subject, request, inbox, headers)
        await until_true(lambda: shelf.seen)
    assert [request.shelf for request in shelf.seen] == [f"until {until:.0f}"]


@pytest.mark.parametrize("until", ["", "soon", "-1", "1e3"])
async def test_a_request_without_a_valid_deadline_is_answered(until: str, run: Run) -> None:
    shelf = Shelf()
    async with run(Tiny(count=shelf)) as service:
        connection = await service.broker.connect()
        request = CountBooks(shelf="Oz")
        await connection.request(
            CountBooks.subject, request.model_dump_json().encode(), timeout=3, headers={UNTIL_HEADER: until}
        )
    assert shelf.seen == [request]


async def test_a_request_contains_its_deadline(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        return 2

    async with run(Tiny(count=count)) as service:
        subscription = await (await service.broker.connect()).subscribe(CountBooks.subject)
        started_at = time.time()
        await service.bus.ask(CountBooks(shelf="Oz"))
        answered_at = time.time()
        headers = (await subscription.next_msg(timeout=60)).headers or {}
    assert started_at + 2.99 < int(headers[UNTIL_HEADER]) / 1000 < answered_at + 3.01
    assert not too_late(headers)


async def test_nothing_is_stored_after_the_deadline_and_the_request_can_be_sent_again(run: Run) -> None:
    release = asyncio.Event()
    stored: list[str] = []

    async def count(request: CountBooks) -> int:
        await release.wait()
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        stored.append(request.shelf)
        return 1

    async def shelved(event: Shelved) -> None:
        stored.append(f"received {event.book}")

    async with run(Tiny(count=count, shelved=shelved)) as service:
        with pytest.raises(ServiceUnavailable, match="within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        release.set()
        assert await service.bus.ask(CountBooks(shelf="Ev")) == 1
        await until_true(lambda: "received Ev" in stored)
    assert stored == ["Ev", "received Ev"]


async def test_later_transactions_of_a_request_are_stored_even_after_the_deadline(run: Run) -> None:
    release, stored = asyncio.Event(), asyncio.Event()

    async def count(request: CountBooks) -> int:
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        await release.wait()
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        stored.set()
        return 1

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceUnavailable, match="within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        release.set()
        await asyncio.wait_for(stored.wait(), 60)
