"""The running service: a search over NATS reaches the tracker and is answered."""

import asyncio
from typing import Any
from uuid import uuid4

import nats
import pytest
from mam_search.app import SPEC, build
from mam_search.settings import MamSearchSettings
from provisioning.broker import provision_services
from sandbox.server import Sandbox
from sandbox.testing import a_world, an_offer
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.service import running
from shared.contracts.mam.account import GetAccount
from shared.contracts.mam.grabs import OfferedRelease, ReserveGrab
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam
from shared.contracts.values import Indexer


async def test_a_search_and_a_torrent_are_requested_over_nats(database_url: str, nats_url: str, tmp_path: Any) -> None:
    connection = await nats.connect(nats_url)
    await provision_services(connection.jetstream())
    await connection.close()
    async with Sandbox(a_world(offers=[an_offer(id="901").model_dump()]), folder=tmp_path) as sandbox:
        environment = {
            **sandbox.settings(), "DATABASE_URL": database_url, "NATS_URL": nats_url, "HEALTH_PORT": "0",
            "SECRET_KEY": "s" * 32, "MAM_RATE_LIMIT": "0",
        }  # fmt: skip
        async with running(MamSearchSettings.read(environment), SPEC, build) as service:
            answer = await service.bus.ask(QueryMam(titles=["The Marvelous Land of Oz"], authors=["L. Frank Baum"]))
            (found,) = answer.releases
            torrent = await service.bus.ask(FetchMamTorrent(release_id=found.id))
            with pytest.raises(RemoteRefusedUs, match="sent a page instead"):
                await service.bus.ask(FetchMamTorrent(release_id="5"))
    assert torrent.content.startswith(b"d")


async def test_ten_grabs_at_once_over_nats_use_the_three_slots_that_are_left(
    database_url: str, nats_url: str, tmp_path: Any
) -> None:
    connection = await nats.connect(nats_url)
    await provision_services(connection.jetstream())
    await connection.close()
    world = a_world(account={"unsatisfied": 90, "unsatisfied_limit": 100})
    async with Sandbox(world, folder=tmp_path) as sandbox:
        environment = {
            **sandbox.settings(), "DATABASE_URL": database_url, "NATS_URL": nats_url, "HEALTH_PORT": "0",
            "SECRET_KEY": "s" * 32, "MAM_RATE_LIMIT": "0",
        }  # fmt: skip
        release = OfferedRelease(indexer=Indexer.MAM, release_id="901", size_bytes=144_000_000)
        async with (
            running(MamSearchSettings.read(environment), SPEC, build) as service,
            running(MamSearchSettings.read(environment), SPEC, build) as other,
        ):
            requests = [
                ReserveGrab(grab_id=uuid4(), release=release, requested_at=service.clock.now()) for _ in range(10)
            ]
            answers = await asyncio.gather(
                *(each.bus.ask(request) for each, request in zip((service, other) * 5, requests, strict=True))
            )
            account = await service.bus.ask(GetAccount())
    assert sum(each.allowed for each in answers) == 3
    assert account.room is not None
    assert (account.room.reserved_slots, account.room.slots_left, account.room.slots_left_for_person) == (3, 0, 2)
