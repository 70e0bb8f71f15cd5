"""Requests are answered whatever happens, and refusals and errors arrive as what they were."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest
from shared.chassis.bus import HEADERS_BYTES, PROBLEM_HEADER, UNTIL_HEADER, too_late
from shared.chassis.database import Database, Transaction, postgres_away
from shared.chassis.errors import (
    NotFound,
    OtherRefusal,
    Refused,
    RemoteAnsweredNonsense,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
    ServiceAway,
    TooLarge,
)
from shared.chassis.service import Service
from shared.contracts.problem import Problem
from shared.contracts.system import DescribeService
from shared.testing.tiny import CHASSIS, CountBooks, Shelf, Shelved, Tiny
from shared.testing.waiting import until as until_true
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


@pytest.mark.parametrize(
    "error",
    [
        RemoteUnavailable("audible", "no answer in time"),
        RemoteThrottled("audible", "too often", 30),
        RemoteRefusedUs("audible", "the token is not known"),
        RemoteAnsweredNonsense("audible", "a page instead of JSON"),
    ],
)
async def test_the_error_of_an_outside_system_crosses_as_itself(error: RemoteError, run: Run) -> None:
    async with run(Tiny(count=Shelf(error))) as service:
        with pytest.raises(type(error)) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert (raised.value.system, raised.value.detail) == (error.system, error.detail)
    if isinstance(raised.value, RemoteThrottled):
        assert raised.value.retry_after_seconds == 30


async def test_a_refusal_crosses_with_its_code_status_and_words(run: Run) -> None:
    async with run(Tiny(count=Shelf(ShelfIsFull("no room for Oz")))) as service:
        with pytest.raises(OtherRefusal) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem() == Problem(
        code="shelf_full", title="The shelf is full", status=409, detail="no room for Oz", service="library-scanner"
    )


async def test_a_request_that_the_broker_cannot_carry_is_refused_with_the_limit(run: Run) -> None:
    async with run(Tiny()) as service:
        most = (await service.broker.connect()).max_payload
        for size in (most - 100, most + 1):
            with pytest.raises(TooLarge, match=rf"one message may have {most - HEADERS_BYTES}") as raised:
                await service.bus.ask(CountBooks.model_construct(shelf="O" * size))
            assert raised.value.problem().status == 413
        assert (await service.broker.connect()).is_connected


async def test_an_answer_that_the_broker_cannot_carry_is_told_as_such(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        return int("1" * 4000)

    async with run(Tiny(count=count)) as service:
        (await service.broker.connect())._max_payload = HEADERS_BYTES + 1000
        with pytest.raises(OtherRefusal, match="ask for less at once") as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem().code == "answer_too_large"


async def test_not_found_crosses_as_itself(run: Run) -> None:
    async with run(Tiny(count=Shelf(NotFound("no shelf of that name")))) as service:
        with pytest.raises(NotFound, match="no shelf of that name"):
            await service.bus.ask(CountBooks(shelf="Oz"))


async def test_that_another_service_is_away_crosses_as_itself(run: Run) -> None:
    async with run(Tiny(count=Shelf(ServiceAway("metadata", "nobody answers", 7)))) as service:
        with pytest.raises(ServiceAway) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.retry_after_seconds == 7
    problem = raised.value.problem()
    assert (problem.status, problem.service) == (503, "metadata")


@pytest.mark.parametrize("body", [b"garbage", b"", b"{}", b"[]", b"\xff\x00", b'{"shelf": "' + 41 * b"x" + b'"}'])
async def test_a_request_that_cannot_be_read_is_answered_with_a_problem(body: bytes, run: Run) -> None:
    async with run(Tiny()) as service:
        connection = await service.broker.connect()
        answer = await connection.request(CountBooks.subject, body, timeout=2)
    problem = Problem.model_validate_json(answer.data)
    assert (problem.code, problem.status, problem.service) == ("unreadable", 422, "library-scanner")
    assert (answer.headers or {})[PROBLEM_HEADER] == "unreadable"


async def test_a_fault_in_a_handler_is_answered_at_once_and_without_its_words(run: Run) -> None:
    async with run(Tiny(count=Shelf(RuntimeError("password=hidden")))) as service:
        with pytest.raises(OtherRefusal) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    problem = raised.value.problem()
    assert (problem.code, problem.status) == ("internal", 500)
    assert "hidden" not in problem.model_dump_json()


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
async def test_while_postgres_is_away_a_request_is_answered_so(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        away = Database("postgresql://nobody@127.0.0.1:1/none", CHASSIS)
        async with away.transactions(Transaction)() as tx:
            return int(await tx.session.scalar(text("select 1")) or 0)

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceAway) as told:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert told.value.service == "postgres"


async def test_an_error_that_postgres_itself_tells_is_not_its_absence(run: Run) -> None:
    async with run(Tiny()) as service:
        with pytest.raises(DBAPIError) as told:
            async with service.database.engine.connect() as connection:
                await connection.execute(text("select 1 / 0"))
    assert postgres_away(told.value) is None


async def test_an_answer_of_another_shape_names_the_service(run: Run) -> None:
    async def count(_request: CountBooks) -> str:
        return "many"

    async with run(Tiny(count=count)) as service:
        with pytest.raises((ServiceAway, OtherRefusal)) as raised:
            await service.bus.ask(CountBooks(shelf="Oz"))
    assert raised.value.problem().service in ("library", "library-scanner")


async def test_when_nobody_answers_the_service_is_away(run: Run) -> None:
    async with run(Tiny()) as service:
        with pytest.raises(ServiceAway, match="nobody answers") as raised:
            await service.bus.ask(DescribeService(), of="metadata")
    assert raised.value.problem().retry_after_seconds == 5
    assert raised.value.service == "metadata"


async def test_when_the_answer_does_not_come_in_time_the_service_is_away(run: Run) -> None:
    forever = asyncio.Event()

    async def count(_request: CountBooks) -> int:
        await forever.wait()
        return 0

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceAway, match=r"no answer to rpc\.library\.count_books within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        forever.set()


async def test_a_request_that_nobody_waits_for_any_more_is_not_begun(run: Run) -> None:
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
async def test_a_request_that_does_not_say_until_when_is_answered(until: str, run: Run) -> None:
    shelf = Shelf()
    async with run(Tiny(count=shelf)) as service:
        connection = await service.broker.connect()
        request = CountBooks(shelf="Oz")
        await connection.request(
            CountBooks.subject, request.model_dump_json().encode(), timeout=3, headers={UNTIL_HEADER: until}
        )
    assert shelf.seen == [request]


async def test_a_request_says_until_when_its_answer_is_waited_for(run: Run) -> None:
    async def count(_request: CountBooks) -> int:
        return 2

    async with run(Tiny(count=count)) as service:
        listening = await (await service.broker.connect()).subscribe(CountBooks.subject)
        begun = time.time()
        await service.bus.ask(CountBooks(shelf="Oz"))
        headers = (await listening.next_msg(timeout=3)).headers or {}
    assert begun + 2.9 < int(headers[UNTIL_HEADER]) / 1000 < time.time() + 3.1
    assert not too_late(headers)


async def test_what_is_answered_too_late_is_not_stored_and_may_be_asked_again(run: Run) -> None:
    go_on = asyncio.Event()
    stored: list[str] = []

    async def count(request: CountBooks) -> int:
        await go_on.wait()
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        stored.append(request.shelf)
        return 1

    async def shelved(event: Shelved) -> None:
        stored.append(f"heard of {event.book}")

    async with run(Tiny(count=count, shelved=shelved)) as service:
        with pytest.raises(ServiceAway, match="within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        go_on.set()
        assert await service.bus.ask(CountBooks(shelf="Ev")) == 1
        await until_true(lambda: "heard of Ev" in stored)
    assert stored == ["Ev", "heard of Ev"]


async def test_what_belongs_to_something_that_is_stored_is_stored_too_however_late_it_is(run: Run) -> None:
    go_on, stored = asyncio.Event(), asyncio.Event()

    async def count(request: CountBooks) -> int:
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        await go_on.wait()
        async with service.database.transactions(Transaction)() as tx:
            tx.announce(Shelved(book=request.shelf))
        stored.set()
        return 1

    async with run(Tiny(count=count)) as service:
        with pytest.raises(ServiceAway, match="within 3 s"):
            await service.bus.ask(CountBooks(shelf="Oz"))
        go_on.set()
        await asyncio.wait_for(stored.wait(), 5)
