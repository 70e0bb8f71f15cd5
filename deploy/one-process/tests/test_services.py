"""Services in one process: what happens when one of them fails."""

import asyncio
from typing import Any

import pytest
from one_process import services as one_process
from one_process.services import all_services
from provisioning.services import PARTS, Part
from shared.chassis.live_settings import LiveSettings
from shared.chassis.service import ServiceSpec


class Broken(Exception):
    """A service failed."""


class Serving:
    """Takes the place of a service's life: it runs until it is stopped, or until it breaks."""

    def __init__(self, *, breaks: str = "") -> None:
        self.breaks = breaks
        self.break_now = asyncio.Event()
        self.stopped: list[str] = []

    async def __call__(
        self, _live: LiveSettings[Any], spec: ServiceSpec, _build: Any, *, stop: asyncio.Event, started: asyncio.Event
    ) -> None:
        started.set()
        if spec.name == self.breaks:
            await self.break_now.wait()
            raise Broken
        await stop.wait()
        await asyncio.sleep(0)
        self.stopped.append(spec.name)


def environment(part: Part) -> dict[str, str]:
    """Addresses at which nothing listens."""
    return {
        "DATABASE_URL": f"postgresql://{part.role}:secret@127.0.0.1:1/gapless",
        "NATS_URL": f"nats://{part.name}:secret@127.0.0.1:1",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "API_KEY": "0123456789abcdef",
    }


async def run_until_one_ends(serving: Serving) -> None:
    async with all_services(environment, {}) as services:
        serving.break_now.set()
        await services.until_one_ends()


async def test_a_service_that_fails_ends_all_and_the_others_stop_first(monkeypatch: pytest.MonkeyPatch) -> None:
    serving = Serving(breaks="downloader")
    monkeypatch.setattr(one_process, "serve", serving)
    with pytest.raises(Broken):
        await run_until_one_ends(serving)
    assert sorted(serving.stopped) == sorted(part.name for part in PARTS if part.name != "downloader")


async def test_services_that_run_are_not_reported_as_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    serving = Serving()
    monkeypatch.setattr(one_process, "serve", serving)
    async with all_services(environment, {}) as services:
        ended = asyncio.create_task(services.until_one_ends())
        await asyncio.sleep(0)
        assert not ended.done()
        assert sorted(services.names) == sorted(part.name for part in PARTS)
        ended.cancel()
    assert len(serving.stopped) == len(PARTS)
