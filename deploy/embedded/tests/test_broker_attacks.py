"""Attacks by a compromised service: each NATS user tries to exceed its permissions."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import nats
import pytest
from embedded.folder import passing_folder
from embedded.installation import Installation
from nats.aio.client import Client
from one_process.services import Services
from provisioning.services import PARTS, Part
from pydantic import TypeAdapter
from shared.chassis.permissions import permissions
from shared.chassis.streams import STREAMS, stream_of
from shared.chassis.subscriptions import Subscriptions, durable_of
from shared.contracts.downloads.commands import MonitorDownloads
from shared.contracts.downloads.downloads import CreateDownload, Download, ListDownloads
from shared.contracts.message import Message
from shared.contracts.page import Page
from shared.testing.flushing import flush
from shared.testing.publishing import publish
from shared.testing.waiting import until
from structlog.testing import capture_logs

MAGNET = f"magnet:?xt=urn:btih:{'a' * 40}"
FORGED = CreateDownload(magnet=MAGNET, title="Ozma of Oz").model_dump_json().encode()
DOWNLOADER = next(part for part in PARTS if part.name == "downloader")
TARGETS = (CreateDownload.subject, MonitorDownloads.subject)
PULL = json.dumps({"batch": 5, "no_wait": True}).encode()
every_user = pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    """Postgres and NATS with the roles and users of all services, as the installation step creates them."""
    with passing_folder() as folder, Installation(folder) as made:
        yield made


@pytest.fixture
async def downloader(installation: Installation, tmp_path: Path) -> AsyncIterator[None]:
    """A running downloader, the target of forged messages."""
    given = {
        "QBITTORRENT_URL": "http://127.0.0.1:1", "DOWNLOAD_PATH": str(tmp_path), "LIBRARY_PATH": str(tmp_path),
    }  # fmt: skip
    services = Services(installation.environment, given)
    await services.start(DOWNLOADER)
    yield
    await services.stop_all()


@asynccontextmanager
async def connected(installation: Installation, name: str) -> AsyncIterator[tuple[Client, list[str]]]:
    """A connection with a service's user, and the errors that the server reports to it."""
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    url = installation.nats.url(name)
    connection = await nats.connect(url, inbox_prefix=f"_INBOX_{name}".encode(), error_cb=note)
    yield connection, refused
    await connection.close()


async def downloads(installation: Installation) -> int:
    async with connected(installation, "gateway") as (gateway, _):
        answer = await gateway.request(ListDownloads.subject, ListDownloads().model_dump_json().encode(), timeout=60)
    return TypeAdapter(Page[Download]).validate_json(answer.data).total


@every_user
async def test_no_service_creates_a_consumer(part: Part, installation: Installation) -> None:
    own = [(stream_of(message.subject), durable_of(part.name, message)) for message in part.table().consumed]
    strange = [(str(stream.name), "mine") for stream in STREAMS]
    subjects = [f"$JS.API.CONSUMER.CREATE.{stream.name}" for stream in STREAMS]
    for stream, durable in own + strange:
        subjects += [
            f"$JS.API.CONSUMER.CREATE.{stream}.{durable}",
            f"$JS.API.CONSUMER.CREATE.{stream}.{durable}.>",
            f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.{durable}",
            f"$JS.API.CONSUMER.DELETE.{stream}.{durable}",
        ]
    async with connected(installation, part.name) as (connection, refused):
        for subject in subjects:
            await connection.publish(subject, b"{}", connection.new_inbox())
        await until(lambda: len(refused) >= len(subjects))
    assert all("permissions violation for publish" in words.lower() for words in refused)


@every_user
async def test_no_service_reads_the_messages_of_others(part: Part, installation: Installation) -> None:
    others = [(each.name, message) for each in PARTS if each is not part for message in each.table().consumed]
    subjects = [f"$JS.API.CONSUMER.MSG.NEXT.{stream_of(m.subject)}.{durable_of(name, m)}" for name, m in others]
    async with connected(installation, part.name) as (connection, refused):
        for subject in subjects:
            await connection.publish(subject, PULL, connection.new_inbox())
        for subject in (">", "evt.>", "cmd.>", "$JS.ACK.>", *(f"_INBOX_{each.name}.>" for each in PARTS)):
            if subject != f"_INBOX_{part.name}.>":
                await connection.subscribe(subject)
        await until(lambda: len(refused) >= len(subjects) + 4 + len(PARTS) - 1)


@every_user
async def test_no_service_creates_a_download_by_redirecting_replies(
    part: Part, installation: Installation, downloader: None
) -> None:
    """Direct pulled messages, stream entries and the server's own answers to the subject of a request."""
    table = part.table()
    with capture_logs() as logs:
        for message in table.consumed:
            await _publish_with_permission(installation, message, FORGED)
        async with connected(installation, part.name) as (connection, _):
            for target in TARGETS:
                await _direct_answers_to(target, connection, part, table)
            await flush(connection)
            await asyncio.sleep(0.5)
    assert await downloads(installation) == 0
    assert [entry for entry in logs if entry["event"] == "message_refused"]
    begun = [entry for entry in logs if entry["event"] in ("message_failed", "request_failed")]
    assert not [entry for entry in begun if entry["subject"] in TARGETS]


async def _publish_with_permission(installation: Installation, message: type[Message], body: bytes) -> None:
    """Publish a body on a subject, with a user that has the permission."""
    if message.area() == "downloads" and message.subject.startswith("cmd."):
        return  # the running downloader would handle it
    for sender in PARTS:
        if message.subject in permissions(sender.table()).publish:
            async with connected(installation, sender.name) as (connection, _):
                await publish(connection.jetstream(), message.subject, body)
            return
    raise AssertionError(f"no user may publish {message.subject}")


async def _direct_answers_to(target: str, connection: Client, part: Part, table: Subscriptions) -> None:
    may = permissions(table).publish
    for subject in may:
        if subject.startswith("$JS.API.CONSUMER.MSG.NEXT."):
            await connection.publish(subject, PULL, target)
        elif subject == "$JS.API.DIRECT.GET.EVENTS":
            await connection.publish(subject, json.dumps({"seq": 1, "batch": 50, "next_by_subj": ">"}).encode(), target)
        elif subject.startswith("$JS.API.STREAM.INFO."):
            await connection.publish(subject, b"", target)
        elif subject.startswith("rpc.downloads."):
            await connection.publish(subject, b"{}", target)


async def test_a_message_that_no_outbox_sent_is_not_handled(installation: Installation, downloader: None) -> None:
    with capture_logs() as logs:
        async with connected(installation, "scheduler") as (scheduler, _):
            await scheduler.publish(MonitorDownloads.subject, b"{}")
            await flush(scheduler)
            await asyncio.sleep(0.5)
    refused = {entry["subject"] for entry in logs if entry["event"] == "message_refused"}
    assert refused == {MonitorDownloads.subject}  # more than once if an earlier attack stored such a message
