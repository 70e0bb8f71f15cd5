"""The whole service on a real Postgres and a real NATS."""

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any
from uuid import uuid4

import nats
import pytest
from harness.plugin import FreshDatabase
from metadata.app import SPEC, build
from metadata.settings import SETTINGS
from provisioning.broker import provision_services
from sandbox.world import World
from shared.chassis.service import Service, running
from shared.contracts.metadata.bibliographies import BibliographyCollected, BibliographyOf, CollectBibliography
from shared.contracts.metadata.providers import ListProviders
from shared.contracts.runs import RunCancelled
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.testing.publishing import send_message
from shared.testing.waiting import until


@pytest.fixture
async def service(
    fresh_database: Callable[..., FreshDatabase],
    migrated: Callable[[FreshDatabase], None],
    nats_url: str,
    sites: Callable[[World], Any],
    shipped: Callable[[str], World],
) -> AsyncIterator[Service]:
    made = sites(shipped("small"))
    client = await nats.connect(nats_url)
    await provision_services(client.jetstream())
    await client.close()
    url = fresh_database(migrated).url("metadata")
    settings = SETTINGS.read(
        {
            "DATABASE_URL": url,
            "NATS_URL": nats_url,
            "AUDIBLE_INTERVAL": "0",
            "HEALTH_PORT": "0",
            "HARDCOVER_TOKEN": "",
            "SECRET_KEY": "s" * 32,
        }
    )
    async with running(settings, SPEC, partial(build, transports=made.transports)) as service:
        yield service


async def test_a_command_over_nats_is_answered_by_an_event(service: Service) -> None:
    client = await service.broker.connect()
    received: asyncio.Queue[Any] = asyncio.Queue()
    await client.subscribe(BibliographyCollected.subject, cb=received.put)
    command = CollectBibliography(of=BibliographyOf.SERIES, subject_id=uuid4(), name="Oz", authors=["L. Frank Baum"])
    await send_message(client.jetstream(), command)
    message = await asyncio.wait_for(received.get(), 60)
    event = BibliographyCollected.model_validate_json(message.data)
    assert event.subject_id == command.subject_id
    assert event.answered == ["audible"]
    assert len(event.works) >= 14


async def test_remaining_commands_of_a_cancelled_run_are_skipped(service: Service) -> None:
    client, cancelled, other = await service.broker.connect(), uuid4(), uuid4()
    js = client.jetstream()
    received: asyncio.Queue[Any] = asyncio.Queue()
    await client.subscribe(BibliographyCollected.subject, cb=received.put)
    event = RunCancelled(run_id=cancelled, task="series_completion")
    await send_message(js, event)

    async def cancellation_is_handled() -> bool:
        seen = await js.consumer_info("EVENTS", "metadata-evt-runs-run_cancelled")
        return bool(seen.ack_floor.stream_seq)

    await until(cancellation_is_handled)
    for run_id in (cancelled, cancelled, other):
        command = CollectBibliography(of=BibliographyOf.SERIES, subject_id=uuid4(), name="Oz", run_id=run_id)
        await send_message(js, command)
    collected = BibliographyCollected.model_validate_json((await asyncio.wait_for(received.get(), 60)).data)
    assert (collected.run_id, received.empty()) == (other, True)


async def test_a_provider_without_its_token_is_reported_as_not_configured(service: Service) -> None:
    states = {each.name: each for each in await service.bus.ask(CheckIntegrations(), of="metadata")}
    assert states["audible"].state is IntegrationState.OK
    assert states["hardcover"].state is IntegrationState.NOT_CONFIGURED
    assert not states["hardcover"].required
    assert "HARDCOVER_TOKEN" in states["hardcover"].detail
    providers = await service.bus.ask(ListProviders())
    found = {each.name: (each.enabled, each.health) for each in providers}
    assert (found["audible"], found["hardcover"]) == ((True, "ok"), (False, "unknown"))
