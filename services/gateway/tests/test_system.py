"""The routes under /api/system, and the number of requests that they send."""

import asyncio

import nats
from nats.aio.msg import Msg
from shared.contracts.system import CheckIntegrations, Integration, IntegrationState, Statistics, TellStatistics
from shared.testing.flushing import flush

from .conftest import Gateway


async def test_the_statistics_name_the_services_that_do_not_answer(gateway: Gateway) -> None:
    async def answer(message: Msg) -> None:
        await message.respond(Statistics(service="metadata", figures={"books": 7}).model_dump_json().encode())

    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(TellStatistics.subject.replace("*", "metadata"), cb=answer)
    await flush(connection)
    for path in ("statistics", "stats"):
        report = (await gateway.call("GET", f"/api/system/{path}")).json()
        assert {each["service"] for each in report["services"]} == {"metadata", "gateway"}
        assert {each["service"] for each in report["silent"]} == {
            "library-scanner",
            "mam-search",
            "downloader",
            "scheduler",
        }
        assert {"service": "metadata", "figures": {"books": 7}} in report["services"]
    await connection.close()


async def test_outside_systems_are_tested_once_for_concurrent_callers_and_again_on_request(gateway: Gateway) -> None:
    tried: list[str] = []

    async def answer(message: Msg) -> None:
        tried.append(message.subject)
        found = Integration(name="audiobookshelf", service="library-scanner", state=IntegrationState.OK)
        await message.respond(f"[{found.model_dump_json()}]".encode())

    connection = await nats.connect(gateway.nats_url)
    await connection.subscribe(CheckIntegrations.subject.replace("*", "library"), cb=answer)
    await flush(connection)
    answers = await asyncio.gather(*(gateway.call("GET", "/api/system/integrations") for _ in range(10)))
    assert {each.json()["integrations"][0]["name"] for each in answers} == {"audiobookshelf"}
    assert len(tried) == 1
    assert (await gateway.call("POST", "/api/system/integrations/test")).status_code == 200
    assert len(tried) == 2
    await connection.close()
