"""The embedded NATS: starts, keeps its streams, lets each user do what it may."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import nats
import pytest
from embedded.folder import FolderInUse
from embedded.nats_server import NatsServer
from embedded.process import CannotStart, free_port
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import NoRespondersError
from provisioning.nats_config import NatsUser

ASKER = NatsUser("asker", "one-secret", publish=["rpc.>"], subscribe=["_INBOX.>"])
ANSWERER = NatsUser("answerer", "another", publish=[], subscribe=["rpc.downloads.>"], allow_responses=True)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[Client, asyncio.Queue[Exception]]]:
    """A client, and what the server told it was forbidden."""
    forbidden: asyncio.Queue[Exception] = asyncio.Queue()
    client = await nats.connect(url, error_cb=forbidden.put, allow_reconnect=False)
    try:
        yield client, forbidden
    finally:
        await client.close()


async def test_a_stream_is_there_after_a_kill_and_a_restart_on_the_same_port(nats_server: NatsServer) -> None:
    url = nats_server.url()
    async with connected(url) as (client, _):
        jetstream = client.jetstream()
        await jetstream.add_stream(name="EVENTS", subjects=["evt.>"])
        await jetstream.publish("evt.library.book_appeared", b"Dorothy and the Wizard in Oz")
        nats_server.kill()
    nats_server.restart()
    assert nats_server.url() == url
    async with connected(url) as (client, _):
        kept = await client.jetstream().get_msg("EVENTS", seq=1)
    assert kept.data == b"Dorothy and the Wizard in Oz"


async def test_the_address_of_a_test_has_no_streams(nats_url: str) -> None:
    async with connected(nats_url) as (client, _):
        assert await client.jetstream().streams_info() == []


async def test_an_answer_reaches_the_asker_though_the_answerer_may_publish_nothing(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, _), connected(server.url("asker")) as (asker, _):
            await answerer.subscribe("rpc.downloads.grab", cb=say_queued)
            await answerer.flush()
            answer = await asker.request("rpc.downloads.grab", b"", timeout=5)
    assert answer.data == b"queued"


async def say_queued(message: Msg) -> None:
    await message.respond(b"queued")


async def test_a_user_may_not_publish_where_nothing_was_allowed(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, forbidden):
            await answerer.publish("evt.library.book_appeared", b"")
            refusal = await asyncio.wait_for(forbidden.get(), 5)
    assert 'permissions violation for publish to "evt.library.book_appeared"' in str(refusal).lower()


async def test_a_user_may_not_listen_to_another_users_subjects(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, forbidden):
            await answerer.subscribe("rpc.library.>")
            refusal = await asyncio.wait_for(forbidden.get(), 5)
    assert 'permissions violation for subscription to "rpc.library.>"' in str(refusal).lower()


async def test_nobody_gets_in_without_a_user_where_there_are_users(server_folder: Path) -> None:
    with (
        NatsServer(server_folder / "nats", [ASKER]) as server,
        pytest.raises(nats.errors.Error, match="Authorization Violation"),
    ):
        await nats.connect(server.url(), allow_reconnect=False)


async def test_a_message_as_large_as_a_torrent_file_passes(nats_url: str) -> None:
    async with connected(nats_url) as (client, _):
        assert client.max_payload == 8 * 1024 * 1024
        with pytest.raises(NoRespondersError):
            await client.request("rpc.nobody", bytes(5_000_000), timeout=5)


def test_a_password_that_clients_would_misread_in_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="NATS user 'gateway': name and password may contain only"):
        NatsUser("gateway", "p@ss:word", publish=[], subscribe=[])


def test_a_second_instance_on_the_same_folder_is_refused(nats_server: NatsServer) -> None:
    with pytest.raises(FolderInUse, match=f"another Gapless is using {nats_server.folder}"):
        NatsServer(nats_server.folder).start()


def test_a_given_port_that_is_taken_is_named_in_the_refusal(server_folder: Path) -> None:
    port = free_port()
    with NatsServer(server_folder / "first", port=port), pytest.raises(CannotStart, match=f"port {port} is taken"):
        NatsServer(server_folder / "second", port=port).start()


def test_a_configuration_the_server_refuses_is_shown_with_its_reason(server_folder: Path) -> None:
    twice = [ASKER, ASKER]
    with pytest.raises(CannotStart, match="Duplicate user"):
        NatsServer(server_folder / "nats", twice).start()


def test_it_does_not_run_as_root(nats_server: NatsServer) -> None:
    assert Path(f"/proc/{nats_server.pid}").stat().st_uid != 0
