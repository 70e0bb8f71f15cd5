"""The streams and consumers of a NATS cluster, and of a single server."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any

import nats
import pytest
from embedded.folder import passing_folder
from embedded.nats_cluster import SERVERS, NatsCluster
from nats.js import JetStreamContext
from provisioning.broker import provision_at, replicas_in, until_provisioned
from shared.chassis.streams import STREAMS, TooFewServers
from shared.testing.tiny import Tiny
from shared.testing.waiting import until


@pytest.fixture(scope="module")
def cluster() -> Iterator[NatsCluster]:
    with passing_folder() as folder, NatsCluster(folder) as started:
        yield started


@pytest.fixture
async def jetstream(cluster: NatsCluster) -> AsyncIterator[JetStreamContext]:
    connection = await nats.connect(cluster.url().split(","))
    yield connection.jetstream()
    await connection.close()


async def have_replicas(js: JetStreamContext, number: int) -> bool:
    """Whether every stream and consumer is configured for so many servers, and the copies are complete."""
    shown: list[Any] = []
    for stream in STREAMS:
        shown += [await js.stream_info(str(stream.name)), *await js.consumers_info(str(stream.name))]
    copies = [1 + sum(peer.current for peer in each.cluster.replicas or []) for each in shown if each.cluster]
    return {each.config.num_replicas for each in shown} == {number} and min(copies) >= number


async def test_streams_and_consumers_are_changed_to_another_number_of_replicas(jetstream: JetStreamContext) -> None:
    tables = [Tiny().table()]
    for number in (1, SERVERS, 1):
        await until_provisioned(jetstream, tables, replicas=number)
        await until(partial(have_replicas, jetstream, number))


async def test_messages_survive_the_change(jetstream: JetStreamContext) -> None:
    tables = [Tiny().table()]
    await until_provisioned(jetstream, tables, replicas=1)
    before = await jetstream.publish("cmd.library.shelve", b"The Wonderful Wizard of Oz")

    await until_provisioned(jetstream, tables, replicas=SERVERS)

    assert (await jetstream.get_msg("COMMANDS", before.seq)).data == b"The Wonderful Wizard of Oz"


async def test_replicas_on_a_single_server_are_refused_with_what_to_do(nats_url: str) -> None:
    with pytest.raises(TooFewServers, match=r"NATS_REPLICAS is 3, but .* Run 3 NATS servers .* set NATS_REPLICAS=1"):
        await provision_at(nats_url, replicas=3)


@pytest.mark.parametrize(("value", "number"), [(None, 1), ("", 1), ("1", 1), ("3", 3)])
def test_the_setting_is_one_or_three(value: str | None, number: int) -> None:
    assert replicas_in({} if value is None else {"NATS_REPLICAS": value}) == number


@pytest.mark.parametrize("value", ["0", "2", "three", "5"])
def test_another_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="it must be 1, or 3 for a NATS cluster"):
        replicas_in({"NATS_REPLICAS": value})
