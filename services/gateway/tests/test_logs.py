"""/api/logs"""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import RootModel
from shared.contracts.areas import SERVICES
from shared.contracts.logs import ListLogs, LogLevel, LogLevelState, LogQuery, LogRecord, SetLogLevel
from shared.contracts.message import EveryService

from .answering import answering
from .conftest import READ_KEY, WRITE_KEY, Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Records = RootModel[list[LogRecord]]


def a_record(minutes: int, service: str) -> LogRecord:
    at = NOON + timedelta(minutes=minutes)
    return LogRecord(at=at, service=service, level=LogLevel.INFO, event=f"event_{minutes}", fields={"title": "Oz"})


async def test_the_records_of_the_services_are_one_list_and_silent_services_are_named(gateway: Gateway) -> None:
    records = Records([a_record(2, "downloader"), a_record(0, "downloader")])
    async with answering(gateway.nats_url, of_area("downloads"), records) as requests:
        response = await gateway.call("GET", "/api/logs?service=downloader&service=metadata&book=oz&limit=1")

    assert response.status_code == 200
    assert [each["event"] for each in response.json()["items"]] == ["event_2"]
    assert response.json()["unavailable"] == ["metadata"]
    assert [each.query for each in requests] == [LogQuery(service=["downloader", "metadata"], book="oz", limit=1)]


@pytest.mark.asyncio(loop_scope="module")
async def test_records_need_the_scope_admin(gateway_of_module: Gateway) -> None:
    assert (await gateway_of_module.call("GET", "/api/logs", READ_KEY)).status_code == 403


async def test_the_gateway_lists_its_own_records(gateway: Gateway) -> None:
    response = await gateway.call("GET", "/api/logs?level=debug")
    assert response.status_code == 200
    assert set(response.json()["unavailable"]) == set(SERVICES.values()) - {"gateway"}


async def test_a_level_is_set_for_one_service_and_silent_services_are_named(gateway: Gateway) -> None:
    state = LogLevelState(service="downloader", level=LogLevel.DEBUG, configured=LogLevel.INFO, chosen=True)
    wanted = {"service": "downloader", "level": "debug", "minutes": 30}
    async with answering(gateway.nats_url, of_area("downloads", SetLogLevel), state) as requests:
        response = await gateway.call("PUT", "/api/logs/levels", json=wanted)
    assert [each["level"] for each in response.json()["items"]] == ["debug"]
    assert [(each.level, each.seconds) for each in requests] == [(LogLevel.DEBUG, 1800)]
    unanswered = await gateway.call("PUT", "/api/logs/levels", json=wanted)
    assert unanswered.json() == {"items": [], "unavailable": ["downloader"]}


async def test_the_gateway_changes_its_own_level_and_back(gateway: Gateway) -> None:
    def own(answer: httpx.Response) -> tuple[str, bool, bool]:
        (state,) = [each for each in answer.json()["items"] if each["service"] == "gateway"]
        return state["level"], state["chosen"], state["until"] is not None

    before = own(await gateway.call("GET", "/api/logs/levels"))
    try:
        wanted = {"level": "debug", "minutes": 5}
        assert own(await gateway.call("PUT", "/api/logs/levels", json=wanted)) == ("debug", True, True)
        assert own(await gateway.call("GET", "/api/logs/levels")) == ("debug", True, True)
    finally:
        reset = await gateway.call("PUT", "/api/logs/levels", json={"service": "gateway", "level": None})
    assert own(reset) == (before[0], False, False)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"level": "loud"}, 422), ({}, 422), ({"level": "info", "minutes": 0}, 422),
        ({"level": "info", "minutes": 100_000}, 422), ({"level": "info", "service": "fridge"}, 404),
    ],
)  # fmt: skip
async def test_a_level_that_cannot_be_set_is_refused(
    gateway_of_module: Gateway, change: dict[str, Any], status: int
) -> None:
    call = gateway_of_module.call
    assert (await call("PUT", "/api/logs/levels", json=change)).status_code == status
    assert (await call("PUT", "/api/logs/levels", WRITE_KEY, json=change)).status_code == 403


def of_area(area: str, request: type[EveryService[Any]] = ListLogs) -> type[EveryService[Any]]:
    """The request as it is sent to one service."""
    return type(request.__name__, (request,), {"subject": request.subject.replace("*", area)})
