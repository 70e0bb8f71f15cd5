"""Messages of a committed transaction are sent once, those of a rolled-back transaction never."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nats.errors
import psycopg
import pytest
from embedded.nats_server import NatsServer
from embedded.postgres import Postgres
from nats.js import JetStreamContext
from nats.js.api import PubAck
from provisioning.roles import SCHEMAS, bootstrap
from shared.chassis import outbox
from shared.chassis.database import Database, Transaction, Transactions
from shared.chassis.errors import TooLarge
from shared.chassis.message_size import HEADERS_BYTES, MAX_PAYLOAD_BYTES
from shared.chassis.outbox import OutboxRelay
from shared.testing.tiny import CHASSIS, ROLE, Shelve, Shelved, migrate
from shared.testing.waiting import until


class Sent:
    """Replaces the broker and records the ids and subjects of the published messages."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.subjects: list[str] = []

    async def publish(self, subject: str, _payload: bytes, headers: dict[str, str]) -> PubAck:
        self.ids.append(headers["Nats-Msg-Id"])
        self.subjects.append(subject)
        await asyncio.sleep(0)
        return PubAck(stream="EVENTS", seq=len(self.ids))


@asynccontextmanager
async def relaying(*relays: OutboxRelay) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(relay.run()) for relay in relays]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def waiting(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("select count(*) from library.outbox").fetchone()
    return int(row[0]) if row else -1


async def announced_and_rolled_back(transaction: Transactions[Transaction]) -> None:
    async with transaction() as tx:
        tx.announce(Shelved(book="Glinda of Oz"))
        await tx.flush_messages()
        raise RuntimeError("rolled back")


async def test_three_concurrent_relays_send_each_committed_message_once(
    database_url: str, transaction: Transactions[Transaction]
) -> None:
    sent = Sent()
    relays = [OutboxRelay(database_url, "library", sent.publish) for _ in range(3)]
    async with relaying(*relays):
        for shelf in range(5):
            async with transaction() as tx:
                for number in range(100):
                    tx.announce(Shelved(book=f"{shelf}/{number}"))
        await until(lambda: len(sent.ids) >= 500 and waiting(database_url) == 0)
    assert len(sent.ids) == len(set(sent.ids)) == 500


async def test_a_rolled_back_transaction_sends_nothing(
    database_url: str, transaction: Transactions[Transaction]
) -> None:
    sent = Sent()
    with pytest.raises(RuntimeError, match="rolled back"):
        await announced_and_rolled_back(transaction)
    async with relaying(OutboxRelay(database_url, "library", sent.publish)):
        async with transaction() as tx:
            tx.send(Shelve(book="Rinkitink in Oz"))
        await until(lambda: sent.subjects)
    assert sent.subjects == ["cmd.library.shelve"]


async def test_a_message_that_the_broker_would_not_accept_is_refused_with_its_transaction(
    database_url: str, transaction: Transactions[Transaction]
) -> None:
    """Otherwise the relay would retry it forever."""
    limit = MAX_PAYLOAD_BYTES - HEADERS_BYTES

    async def announce_too_much() -> None:
        async with transaction() as tx:
            tx.send(Shelve(book="small"))
            tx.announce(Shelved(book="é" * (limit // 2)))

    with pytest.raises(TooLarge, match=rf"evt\.library\.shelved has more than {limit} bytes"):
        await announce_too_much()
    assert waiting(database_url) == 0


async def test_the_largest_message_is_sent(database_url: str, transaction: Transactions[Transaction]) -> None:
    sent = Sent()
    async with transaction() as tx:
        tx.announce(Shelved(book="x" * (MAX_PAYLOAD_BYTES - HEADERS_BYTES - len('{"book":""}'))))
    async with relaying(OutboxRelay(database_url, "library", sent.publish)):
        await until(lambda: waiting(database_url) == 0)
    assert sent.subjects == ["evt.library.shelved"]


async def test_a_delayed_message_is_sent_when_it_is_due_and_not_before(
    database_url: str, transaction: Transactions[Transaction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LONGEST_WAIT_SECONDS", 3600.0)
    sent, now = Sent(), datetime.now(UTC)
    async with relaying(OutboxRelay(database_url, "library", sent.publish)):
        async with transaction() as tx:
            tx.send(Shelve(book="much later"), at=now + timedelta(hours=1))
            tx.send(Shelve(book="later"), at=now + timedelta(seconds=2))
            tx.announce(Shelved(book="now"))
        await until(lambda: len(sent.ids) == 2, seconds=120)
        assert datetime.now(UTC) >= now + timedelta(seconds=2)
        assert sent.subjects == ["evt.library.shelved", "cmd.library.shelve"]
        await until(lambda: waiting(database_url) == 1)  # a sent message is deleted after it was published
        assert len(sent.ids) == 2


async def test_the_delay_grows_each_time_a_message_is_not_confirmed(
    database_url: str, transaction: Transactions[Transaction]
) -> None:
    async def refuse(_subject: str, _payload: bytes, _headers: dict[str, str]) -> PubAck:
        raise nats.errors.TimeoutError

    relay, delays = OutboxRelay(database_url, "library", refuse), list[float]()
    async with transaction() as tx:
        tx.announce(Shelved(book="Tik-Tok of Oz"))
    async with (
        await psycopg.AsyncConnection.connect(database_url) as connection,
        connection.transaction(),  # within it, now() does not change
    ):
        for _ in range(8):
            await connection.execute("update library.outbox set available_at = now()")
            assert not await relay.send_batch(connection)
            found = await connection.execute(
                "select extract(epoch from available_at - now())::float8 from library.outbox"
            )
            delays += [float(row[0]) for row in await found.fetchall()]
    assert delays == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_a_relay_reconnects_when_its_connections_are_lost(
    database_url: str, transaction: Transactions[Transaction]
) -> None:
    sent = Sent()
    async with relaying(OutboxRelay(database_url, "library", sent.publish)):
        async with transaction() as tx:
            tx.announce(Shelved(book="before"))
        await until(lambda: len(sent.ids) == 1)
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user"
                " and datname = current_database() and query like 'listen%'"
            )
        async with transaction() as tx:
            tx.announce(Shelved(book="after"))
        await until(lambda: len(sent.ids) == 2)


async def test_a_relay_killed_before_the_delete_sends_again_and_the_stream_stores_one(
    database_url: str, transaction: Transactions[Transaction], jetstream: JetStreamContext
) -> None:
    async with transaction() as tx:
        tx.announce(Shelved(book="The Emerald City of Oz"))
    published = asyncio.Event()

    async def publish_and_hang(subject: str, payload: bytes, headers: dict[str, str]) -> PubAck:
        await jetstream.publish(subject, payload, headers=headers)
        published.set()
        await asyncio.Event().wait()
        raise AssertionError("this wait is never ended")

    async with relaying(OutboxRelay(database_url, "library", publish_and_hang)):
        await asyncio.wait_for(published.wait(), 60)
    assert waiting(database_url) == 1

    async def publish(subject: str, payload: bytes, headers: dict[str, str]) -> PubAck:
        return await jetstream.publish(subject, payload, headers=headers)

    async with relaying(OutboxRelay(database_url, "library", publish)):
        await until(lambda: waiting(database_url) == 0)
    assert (await jetstream.stream_info("EVENTS")).state.messages == 1


async def test_a_relay_continues_after_nats_was_unavailable(
    database_url: str,
    transaction: Transactions[Transaction],
    jetstream: JetStreamContext,
    nats_server: NatsServer,
) -> None:
    tried = asyncio.Event()

    async def publish(subject: str, payload: bytes, headers: dict[str, str]) -> PubAck:
        try:
            return await jetstream.publish(subject, payload, headers=headers, timeout=0.3)
        finally:
            tried.set()

    async with relaying(OutboxRelay(database_url, "library", publish)):
        nats_server.kill()
        async with transaction() as tx:
            tx.announce(Shelved(book="Tik-Tok of Oz"))
        await asyncio.wait_for(tried.wait(), 60)
        assert waiting(database_url) == 1
        nats_server.restart()
        await until(lambda: waiting(database_url) == 0, seconds=60)
    message = await jetstream.get_msg("EVENTS", seq=1)
    assert Shelved.model_validate_json(message.data or b"").book == "Tik-Tok of Oz"


async def test_a_relay_continues_after_postgres_was_killed(server_folder: Path) -> None:
    sent = Sent()
    with Postgres(server_folder / "postgres", durable=False) as postgres:
        url = bootstrap(postgres.url(), dict.fromkeys(SCHEMAS, "only-for-tests"))[ROLE]
        await asyncio.to_thread(migrate, url)
        database = Database(url, CHASSIS)
        transaction = database.transactions(Transaction)
        async with relaying(OutboxRelay(database.url, "library", sent.publish)):
            async with transaction() as tx:
                tx.announce(Shelved(book="before"))
            await until(lambda: len(sent.ids) == 1 and waiting(url) == 0)
            postgres.kill()
            postgres.restart()
            async with transaction() as tx:
                tx.announce(Shelved(book="after"))
            await until(lambda: len(sent.ids) == 2, seconds=60)
        await database.aclose()
