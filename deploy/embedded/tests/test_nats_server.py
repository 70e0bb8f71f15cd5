"""The embedded NATS starts, keeps its streams and enforces the permissions of its users."""

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
from shared.testing.flushing import flush

ASKER = NatsUser("asker", "one-secret", publish=["rpc.>"], subscribe=["_INBOX.>"])
ANSWERER = NatsUser("answerer", "another", publish=[], subscribe=["rpc.downloads.>"], allow_responses=True)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[Client, asyncio.Queue[Exception]]]:
    """A client, and the permission errors that the server reported to it."""
    forbidden: asyncio.Queue[Exception] = asyncio.Queue()
    client = await nats.connect(url, error_cb=forbidden.put, allow_reconnect=False)
    try:
        yield client, forbidden
    finally:
        await client.close()


async def test_a_stream_survives_a_kill_and_a_restart_on_the_same_port(nats_server: NatsServer) -> None:
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


async def test_a_reply_reaches_the_requester_although_the_replier_may_publish_nothing(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, _), connected(server.url("asker")) as (asker, _):
            await answerer.subscribe("rpc.downloads.grab", cb=say_queued)
            await flush(answerer)
            answer = await asker.request("rpc.downloads.grab", b"", timeout=60)
    assert answer.data == b"queued"


async def say_queued(message: Msg) -> None:
    await message.respond(b"queued")


async def test_a_user_may_not_publish_without_a_permission(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, forbidden):
            await answerer.publish("evt.library.book_appeared", b"")
            refusal = await asyncio.wait_for(forbidden.get(), 60)
    assert 'permissions violation for publish to "evt.library.book_appeared"' in str(refusal).lower()


async def test_a_user_may_not_subscribe_to_subjects_of_another_user(server_folder: Path) -> None:
    with NatsServer(server_folder / "nats", [ASKER, ANSWERER]) as server:
        async with connected(server.url("answerer")) as (answerer, forbidden):
            await answerer.subscribe("rpc.library.>")
            refusal = await asyncio.wait_for(forbidden.get(), 60)
    assert 'permissions violation for subscription to "rpc.library.>"' in str(refusal).lower()


async def test_a_connection_without_a_user_is_refused_if_there_are_users(server_folder: Path) -> None:
    with (
        NatsServer(server_folder / "nats", [ASKER]) as server,
        pytest.raises(nats.errors.Error, match="Authorization Violation"),
    ):
        await nats.connect(server.url(), allow_reconnect=False)


async def test_a_message_as_large_as_a_torrent_file_is_delivered(nats_url: str) -> None:
    async with connected(nats_url) as (client, _):
        assert client.max_payload == 8 * 1024 * 1024
        with pytest.raises(NoRespondersError):
            await client.request("rpc.nobody", bytes(5_000_000), timeout=60)


def test_a_password_that_needs_encoding_in_a_url_is_refused() -> None:
    with pytest.raises(ValueError, match="NATS user 'gateway': name and password may contain only"):
        NatsUser("gateway", "p@ss:word", publish=[], subscribe=[])


def test_a_second_instance_on_the_same_folder_is_refused(nats_server: NatsServer) -> None:
    with pytest.raises(FolderInUse, match=f"another Gapless is using {nats_server.folder}"):
        NatsServer(nats_server.folder).start()


def test_the_error_names_a_configured_port_that_is_in_use(server_folder: Path) -> None:
    port = free_port()
    with NatsServer(server_folder / "first", port=port), pytest.raises(CannotStart, match=f"port {port} is in use"):
        NatsServer(server_folder / "second", port=port).start()


def test_the_error_shows_why_the_server_refuses_its_configuration(server_folder: Path) -> None:
    twice = [ASKER, ASKER]
    with pytest.raises(CannotStart, match="Duplicate user"):
        NatsServer(server_folder / "nats", twice).start()


def test_it_does_not_run_as_root(nats_server: NatsServer) -> None:
    assert Path(f"/proc/{nats_server.pid}").stat().st_uid != 0
