"""Transactions are atomic and detect messages that were handled before."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager

import psycopg
import pytest
from shared.chassis.database import (
    CONNECT_SECONDS,
    POOL_SECONDS,
    Database,
    Delivery,
    Transaction,
    Transactions,
    async_url,
    current_delivery,
    plain_url,
    postgres_unavailable,
)
from shared.chassis.service import Service
from shared.contracts.message import Request
from shared.testing.tiny import CHASSIS, Shelved, Tiny
from shared.testing.waiting import until
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

Open = Transactions[Transaction]
Run = Callable[[Tiny], AbstractAsyncContextManager[Service]]
LOCK = text(f"lock table {CHASSIS.outbox.fullname}")


@contextmanager
def delivered(message_id: str, consumer: str = "shelf") -> Iterator[None]:
    token = current_delivery.set(Delivery(consumer, message_id))
    try:
        yield
    finally:
        current_delivery.reset(token)


@asynccontextmanager
async def hung_server() -> AsyncIterator[int]:
    """A server that accepts connections and sends nothing, like a Postgres that is frozen."""
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    yield int(server.sockets[0].getsockname()[1])
    server.close()


async def first_time(transaction: Open) -> bool:
    async with transaction() as tx:
        return await tx.first_time()


async def killed_after_first_time(transaction: Open) -> None:
    async with transaction() as tx:
        assert await tx.first_time()
        raise RuntimeError("killed in the middle")


async def test_a_message_is_new_only_once(transaction: Open) -> None:
    with delivered("m1"):
        assert await first_time(transaction)
        assert not await first_time(transaction)


async def test_a_message_is_new_once_for_each_consumer(transaction: Open) -> None:
    with delivered("m1"):
        assert await first_time(transaction)
    with delivered("m2"):
        assert await first_time(transaction)
    with delivered("m1", consumer="another"):
        assert await first_time(transaction)


async def test_a_message_whose_transaction_was_rolled_back_is_new_again(transaction: Open) -> None:
    with delivered("m1"):
        with pytest.raises(RuntimeError, match="killed"):
            await killed_after_first_time(transaction)
        assert await first_time(transaction)


async def test_of_two_concurrent_handlers_of_a_message_only_one_is_first(transaction: Open) -> None:
    with delivered("m1"):
        answers = await asyncio.gather(*(first_time(transaction) for _ in range(6)))
    assert sorted(answers) == [False] * 5 + [True]


async def test_outside_of_a_message_it_is_always_the_first_time(transaction: Open) -> None:
    assert await first_time(transaction)
    assert await first_time(transaction)


async def test_sent_messages_are_in_the_outbox_once(transaction: Open, database: Database) -> None:
    async with transaction() as tx:
        tx.announce(Shelved(book="Ozma of Oz"))
        await tx.flush_messages()
    async with database.engine.connect() as connection:
        rows = (await connection.execute(select(CHASSIS.outbox))).mappings().all()
    assert [(row["subject"], row["attempts"]) for row in rows] == [("evt.library.shelved", 0)]
    assert Shelved.model_validate_json(rows[0]["payload"]).book == "Ozma of Oz"


@pytest.mark.parametrize("driver", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
def test_an_address_may_name_any_driver(driver: str) -> None:
    url = f"{driver}://downloader:a%2Fb@postgres:5432/gapless"
    assert async_url(url).drivername == "postgresql+psycopg"
    assert plain_url(url) == "postgresql://downloader:a%2Fb@postgres:5432/gapless"


async def test_a_read_only_session_sees_committed_rows_and_has_no_transaction(
    database: Database, transaction: Open
) -> None:
    own_time = select(func.now() == func.statement_timestamp())
    async with transaction() as tx:
        tx.announce(Shelved(book="Ozma of Oz"))
    async with database.read_only(Transaction)() as reading:
        assert await reading.session.scalar(select(func.count()).select_from(CHASSIS.outbox)) == 1
        assert await reading.session.scalar(own_time)
    async with transaction() as tx:
        await tx.session.execute(text("select 1"))
        assert not await tx.session.scalar(own_time)


async def test_connections_that_the_server_closed_are_not_used_again(database: Database) -> None:
    async with database.engine.connect() as first, database.engine.connect() as second:
        pids = [await each.scalar(select(func.pg_backend_pid())) for each in (first, second)]
    async with await psycopg.AsyncConnection.connect(database.url) as killer:
        await killer.execute("select pg_terminate_backend(pid, 5000) from unnest(%s::integer[]) pid", [pids])
    async with database.engine.connect() as first, database.engine.connect() as second:
        assert {await each.scalar(select(func.pg_backend_pid())) for each in (first, second)}.isdisjoint(pids)


async def test_a_hanging_server_is_reported_before_the_request_times_out() -> None:
    assert Request.timeout_seconds > CONNECT_SECONDS
    async with hung_server() as port, asyncio.timeout(60):
        hung = Database(f"postgresql://nobody@127.0.0.1:{port}/none", CHASSIS)
        with pytest.raises(DBAPIError) as raised:
            async with hung.engine.connect():
                pass
    assert postgres_unavailable(raised.value)


async def test_a_health_check_reports_a_hanging_server_before_it_times_out(run: Run) -> None:
    async with run(Tiny()) as service, hung_server() as port:
        assert await service.check() == {"nats": "ok", "postgres": "ok"}
        own, service.database = service.database, Database(f"postgresql://nobody@127.0.0.1:{port}/none", CHASSIS)
        async with asyncio.timeout(60):
            checks = await service.check()
        service.database = own
    assert checks == {"nats": "ok", "postgres": "no answer from Postgres in 2 s"}


async def test_a_full_pool_is_reported_before_the_request_times_out(database_url: str) -> None:
    assert Request.timeout_seconds > POOL_SECONDS
    small = Database(database_url, CHASSIS, pool_size=1)
    async with AsyncExitStack() as connections:
        for _ in range(6):
            await connections.enter_async_context(small.engine.connect())
        with pytest.raises(NoConnectionFree) as raised:
            await small.engine.connect()
    await small.aclose()
    assert postgres_unavailable(raised.value)


async def test_a_statement_that_waits_too_long_for_a_lock_ends_with_an_error(
    database: Database, database_url: str
) -> None:
    impatient = Database(database_url, CHASSIS, lock_seconds=0.2)
    async with database.engine.begin() as holder, impatient.engine.begin() as waiting:
        await holder.execute(LOCK)
        with pytest.raises(DBAPIError, match="lock timeout"):
            await waiting.execute(LOCK)
    await impatient.aclose()


async def test_a_transaction_that_does_nothing_for_too_long_releases_its_locks(
    database: Database, database_url: str
) -> None:
    impatient = Database(database_url, CHASSIS, lock_seconds=0.2)
    async with impatient.engine.connect() as idle, database.engine.begin() as waiting:
        await idle.execute(LOCK)
        async with asyncio.timeout(60):
            await waiting.execute(LOCK)
        with pytest.raises(DBAPIError, match="idle-in-transaction timeout"):
            await idle.execute(LOCK)
    await impatient.aclose()


async def test_no_error_contains_the_stored_values(transaction: Open) -> None:
    """Errors are stored and logged, and a value may be a link with a key."""
    with pytest.raises(DBAPIError, match="division by zero") as raised:
        async with transaction() as tx:
            await tx.session.execute(text("select 1 / 0 where :link <> ''"), {"link": "magnet:?xt=urn:btih:c12fe1c0"})
    assert "magnet" not in str(raised.value)


async def test_connections_that_are_not_needed_any_more_are_closed_by_the_server(database_url: str) -> None:
    database = Database(database_url, CHASSIS, idle_seconds=1.0)
    transaction = database.transactions(Transaction)

    async def used_at_once(count: int) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(count):
                tx = await stack.enter_async_context(transaction())
                await tx.session.execute(text("select 1"))

    async def only_one_is_left() -> bool:
        async with transaction() as tx:
            own = "select count(*) from pg_stat_activity where usename = current_user and datname = current_database()"
            return int((await tx.session.execute(text(own))).scalar_one()) == 1

    await used_at_once(4)
    await until(only_one_is_left)
    await used_at_once(4)
    await database.aclose()
