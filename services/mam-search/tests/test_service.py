"""The running service: a search over NATS reaches the tracker and is answered."""

from typing import Any

import nats
import pytest
from mam_search.app import SPEC, build
from mam_search.settings import MamSearchSettings
from provisioning.broker import provision_services
from sandbox.server import Sandbox
from sandbox.testing import a_world, an_offer
from shared.chassis.errors import RemoteRefusedUs
from shared.chassis.service import running
from shared.contracts.mam.releases import FetchMamTorrent, QueryMam


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
