"""The NATS user of a service can do what the service's table declares, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import nats
import pytest
from embedded.nats_server import NatsServer
from nats.aio.client import Client
from nats.js import JetStreamContext
from provisioning.nats_config import NatsUser
from shared.chassis.database import Transaction
from shared.chassis.permissions import SETUP, permissions
from shared.chassis.service import running
from shared.chassis.settings import ServiceSettings
from shared.chassis.startup_failure import publish, read, report
from shared.chassis.streams import provision
from shared.contracts.system import DescribeService, ListFailedMessages
from shared.testing.tiny import TINY, CountBooks, Shelve, Shelved, Tiny
from shared.testing.waiting import until

INBOX = f"_INBOX_{TINY.name}".encode()


@pytest.fixture
def nats_server(server_folder: Path) -> Iterator[NatsServer]:
    """A broker where the tiny service and the setup step have their users, and one may do everything."""
    allowed = permissions(Tiny().table())
    users = [
        NatsUser(TINY.name, "one", allowed.publish, allowed.subscribe, allow_responses=True),
        NatsUser("setup", "two", SETUP.publish, SETUP.subscribe, allow_responses=True),
        NatsUser("everything", "three", [">"], [">"]),
    ]
    with NatsServer(server_folder / "nats", users) as server:
        yield server


@pytest.fixture
async def jetstream(nats_server: NatsServer) -> AsyncIterator[JetStreamContext]:
    """A connection that may do everything, with streams and consumers created by the setup step's user."""
    setup = await nats.connect(nats_server.url("setup"), inbox_prefix=b"_INBOX_setup")
    await provision(setup.jetstream(), [Tiny().table()])
    await provision(setup.jetstream(), [Tiny().table()])
    await setup.close()
    connection = await nats.connect(nats_server.url("everything"))
    yield connection.jetstream()
    await connection.close()


@pytest.fixture
def forbidden() -> asyncio.Queue[Exception]:
    """The permission errors that the server reported to the client."""
    return asyncio.Queue()


@pytest.fixture
async def client(
    nats_server: NatsServer, jetstream: JetStreamContext, forbidden: asyncio.Queue[Exception]
) -> AsyncIterator[Client]:
    connection = await nats.connect(
        nats_server.url(TINY.name), error_cb=forbidden.put, allow_reconnect=False, inbox_prefix=INBOX
    )
    yield connection
    await connection.close()


async def test_a_service_does_all_its_work_with_its_own_user(
    database_url: str, nats_server: NatsServer, jetstream: JetStreamContext
) -> None:
    handled: list[str] = []

    async def count(request: CountBooks) -> int:
        return len(request.shelf)

    async def shelve(message: Shelve) -> None:
        handled.append(f"do {message.book}")

    async def shelved(message: Shelved) -> None:
        handled.append(f"on {message.book}")

    settings = {"DATABASE_URL": database_url, "NATS_URL": nats_server.url(TINY.name), "HEALTH_PORT": "0"}
    tiny = Tiny(count=count, shelve=shelve, shelved=shelved)
    async with running(ServiceSettings.read(settings), TINY, tiny.build) as service:
        assert await service.bus.ask(CountBooks(shelf="Oz")) == 2
        async with service.database.transactions(Transaction)() as tx:
            tx.send(Shelve(book="Ozma"))
            tx.announce(Shelved(book="Glinda"))
        await until(lambda: sorted(handled) == ["do Ozma", "on Glinda"])
        everything = await nats.connect(nats_server.url("everything"))
        for request in (DescribeService(), ListFailedMessages()):
            subject = request.subject.replace("*", TINY.area)
            answer = await everything.request(subject, request.model_dump_json().encode(), timeout=60)
            assert answer.headers is None or "Gapless-Problem" not in answer.headers
        await everything.close()


@pytest.mark.parametrize(
    "subject",
    [
        "rpc.library.check_integrations",
        "rpc.downloads.grab",
        "cmd.library.scan_library",
        "cmd.downloads.search_wanted",
        "evt.library.book_appeared",
        "evt.downloads.release_grabbed",
        "evt.system.refused.downloader",
        "$JS.API.STREAM.CREATE.MINE",
        "$JS.API.STREAM.DELETE.EVENTS",
        "$JS.API.STREAM.PURGE.COMMANDS",
        "$JS.API.STREAM.MSG.GET.EVENTS",
        "$JS.API.DIRECT.GET.EVENTS.evt.library.shelved",
        "$JS.API.CONSUMER.CREATE.EVENTS",
        "$JS.API.CONSUMER.CREATE.EVENTS.library-scanner-evt-library-shelved",
        "$JS.API.CONSUMER.CREATE.EVENTS.library-scanner-evt-library-shelved.evt.library.shelved",
        "$JS.API.CONSUMER.DURABLE.CREATE.EVENTS.library-scanner-evt-library-shelved",
        "$JS.API.CONSUMER.MSG.NEXT.COMMANDS.downloader-cmd-downloads-search_wanted",
        "$JS.API.CONSUMER.DELETE.COMMANDS.library-scanner-cmd-library-shelve",
        "$JS.ACK.COMMANDS.downloader-cmd-downloads-search_wanted.1.1.1.1.1",
        "_INBOX_gateway.abc",
    ],
)
async def test_a_service_may_not_publish(subject: str, client: Client, forbidden: asyncio.Queue[Exception]) -> None:
    await client.publish(subject, b"{}")
    refusal = await asyncio.wait_for(forbidden.get(), 60)
    assert f'permissions violation for publish to "{subject.lower()}"' in str(refusal).lower()


@pytest.mark.parametrize("subject", [">", "rpc.>", "rpc.downloads.grab", "cmd.>", "evt.library.shelved", "_INBOX.>"])
async def test_a_service_may_not_subscribe_to(
    subject: str, client: Client, forbidden: asyncio.Queue[Exception]
) -> None:
    await client.subscribe(subject)
    refusal = await asyncio.wait_for(forbidden.get(), 60)
    assert f'permissions violation for subscription to "{subject.lower()}"' in str(refusal).lower()


async def test_a_service_reports_its_startup_failure_with_its_own_user(
    nats_server: NatsServer, jetstream: JetStreamContext
) -> None:
    everything = await nats.connect(nats_server.url("everything"))
    assert await read(everything, TINY.name) is None
    for line in ("SHELF_URL: missing.", "SHELF_KEY: missing."):
        await asyncio.to_thread(report, nats_server.url(TINY.name), TINY.name, [line])
    failure = await read(everything, TINY.name)
    await everything.close()
    assert failure is not None
    assert (failure.service, failure.lines) == (TINY.name, ["SHELF_KEY: missing."])


async def test_a_service_that_starts_later_clears_its_startup_failure(
    nats_server: NatsServer, jetstream: JetStreamContext, client: Client
) -> None:
    await asyncio.to_thread(report, nats_server.url(TINY.name), TINY.name, ["SHELF_URL: missing."])
    await publish(client.jetstream(), TINY.name, [])
    everything = await nats.connect(nats_server.url("everything"))
    assert await read(everything, TINY.name) is None
    await everything.close()


@pytest.mark.parametrize("url", ["nats://127.0.0.1:1", "nats://nowhere.invalid:4222", "nonsense:port", "http://[", ""])
def test_a_startup_failure_that_cannot_be_published_is_ignored(url: str) -> None:
    report(url, TINY.name, ["SHELF_URL: missing."])
