"""GET /api/logs"""

from datetime import UTC, datetime, timedelta

from pydantic import RootModel
from shared.contracts.areas import SERVICES
from shared.contracts.logs import ListLogs, LogLevel, LogQuery, LogRecord

from .answering import answering
from .conftest import READ_KEY, Gateway

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


async def test_records_need_the_scope_admin(gateway: Gateway) -> None:
    assert (await gateway.call("GET", "/api/logs", READ_KEY)).status_code == 403


async def test_the_gateway_lists_its_own_records(gateway: Gateway) -> None:
    response = await gateway.call("GET", "/api/logs?level=debug")
    assert response.status_code == 200
    assert set(response.json()["unavailable"]) == set(SERVICES.values()) - {"gateway"}


def of_area(area: str) -> type[ListLogs]:
    """The request as it is sent to one service."""
    return type("ListLogs", (ListLogs,), {"subject": ListLogs.subject.replace("*", area)})
