"""The diagnostics of a real Postgres and a real NATS, and of services that run, have stopped or do not answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import nats
import pytest
from gateway.diagnostics.limits import of_providers, of_tracker
from gateway.doctor import resource_checks as supplies
from harness.plugin import FreshDatabase
from nats.aio.client import Client
from nats.aio.msg import Msg
from provisioning.services import PARTS
from pydantic import TypeAdapter
from shared.chassis.service import running
from shared.chassis.settings import ServiceSettings
from shared.chassis.streams import provision
from shared.contracts.downloads.client_address import ClientAddress, GetClientAddress
from shared.contracts.downloads.folders import Folder, ListFolders
from shared.contracts.gateway.diagnostics import DatabaseState, Lag, OutgoingLimit, StreamState
from shared.contracts.gateway.doctor import Severity
from shared.contracts.mam.account import DailyBudget, Egress, GetTrackerAccess, TrackerAccess
from shared.contracts.message import Request
from shared.contracts.metadata.providers import ListProviders, Provider, Quota
from shared.testing.flushing import flush
from shared.testing.publishing import send_message
from shared.testing.tiny import ROLE, TINY, Shelve, Tiny, migrate
from shared.testing.waiting import until

from .conftest import Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def diagnostics(gateway: Gateway) -> dict[str, Any]:
    answer = await gateway.call("GET", "/api/system/diagnostics")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def answers(connection: Client, request: type[Request[Any]], reply: Any) -> None:
    async def respond(message: Msg) -> None:
        await message.respond(TypeAdapter(request.reply_type()).dump_json(reply))

    await connection.subscribe(request.subject, cb=respond)
    await flush(connection)


def _migrated(database: FreshDatabase) -> None:
    migrate(database.url(ROLE))


async def test_the_lag_of_a_service_that_stopped_rises(
    gateway: Gateway, fresh_database: Callable[..., FreshDatabase]
) -> None:
    handled: list[str] = []

    async def shelve(message: Shelve) -> None:
        handled.append(message.book)

    async def lag() -> Any:
        (found,) = [each for each in (await diagnostics(gateway))["lags"] if each["message_subject"] == Shelve.subject]
        return found

    async def send(book: str) -> None:
        await send_message(connection.jetstream(), Shelve(book=book))

    connection = await nats.connect(gateway.nats_url)
    gateway_table = next(part for part in PARTS if part.name == "gateway").table()
    await provision(connection.jetstream(), [Tiny().table(), gateway_table])
    environment = {
        "DATABASE_URL": fresh_database(_migrated).url(ROLE),
        "NATS_URL": gateway.nats_url,
        "HEALTH_PORT": "0",
    }
    async with running(ServiceSettings.read(environment), TINY, Tiny(shelve=shelve).build):
        await send("Ozma of Oz")
        await until(lambda: handled)

        async def all_done() -> bool:
            found = await lag()
            return found["pending"] + found["unacknowledged"] == 0 and found["oldest_at"] is None

        await until(all_done)
    for book in ("The Road to Oz", "Rinkitink in Oz", "Glinda of Oz"):
        await send(book)
    stopped = await lag()
    assert (stopped["service"], stopped["stream"], stopped["pending"]) == ("library-scanner", "COMMANDS", 3)
    assert stopped["oldest_seconds"] > 0
    assert (await lag())["oldest_seconds"] > stopped["oldest_seconds"]
    await send("The Tin Woodman of Oz")
    assert (await lag())["pending"] == 4
    assert (await diagnostics(gateway))["lags"][0]["message_subject"] == Shelve.subject
    await connection.close()


async def test_postgres_nats_and_the_clocks_are_reported_with_versions(gateway: Gateway) -> None:
    report = await diagnostics(gateway)
    assert report["versions"]["nats"].startswith("2.")
    assert report["versions"]["postgres"] == report["database"]["server_version"]
    assert 0 < report["database"]["connections"] < report["database"]["connections_limit"]
    assert {each["name"] for each in report["streams"]} == {"COMMANDS", "EVENTS"}
    (own,) = [each["report"] for each in report["services"] if each["report"]]
    assert own["postgres"]["schema_bytes"] > 0
    assert own["postgres"]["connections"] > 0
    assert report["clocks"] == [{"subject": "gateway", "seconds": 0.0}, {"subject": "postgres", "seconds": 0.0}]


async def test_disk_limits_and_egress_come_from_the_services_that_know_them(gateway: Gateway) -> None:
    connection = await nats.connect(gateway.nats_url)
    seen = Egress(address="203.0.113.7", network="AS64500 Example Net", seen_at=NOON)
    pages = DailyBudget(kind="pages", limit=300, left=12, renewed_at=NOON)
    await answers(connection, ListFolders, [Folder(name="library", path="/library", free_bytes=7, size_bytes=9)])
    await answers(connection, GetTrackerAccess, TrackerAccess(seconds_between=3, budgets=[pages], egress=seen))
    quota = [Quota(span="minute", limit=60, left=57)]
    provider = Provider(name="hardcover", enabled=True, weight=1, health="ok", quota=quota)
    await answers(connection, ListProviders, [provider])
    await answers(connection, GetClientAddress, ClientAddress(addresses=["198.51.100.1"]))
    report = await diagnostics(gateway)
    assert [(each["path"], each["free_bytes"]) for each in report["folders"]] == [("/library", 7)]
    assert report["egress"]["address"] == "203.0.113.7"
    assert (report["addresses"]["client"], report["addresses"]["agree"]) == (["198.51.100.1"], False)
    assert [(each["client"], each["words"]) for each in report["limits"]] == [
        ("myanonamouse", "one request every 3 s"),
        ("myanonamouse", "12 of 300 pages a day are left"),
        ("hardcover", "57 of 60 requests a minute are left"),
    ]
    assert report["untold"] == []
    await connection.close()


async def test_missing_parts_are_named_with_their_reasons(gateway: Gateway) -> None:
    report = await diagnostics(gateway)
    assert [each.partition(":")[0] for each in report["untold"]] == [
        "folders",
        "the address of the torrent client",
        "the providers' limits",
        "the tracker's limits and our address",
    ]
    assert all("is not running" in each for each in report["untold"])
    assert (report["folders"], report["limits"], report["egress"]) == ([], [], None)


def severities(findings: Any) -> list[Severity]:
    return [each.severity for each in findings]


@pytest.mark.parametrize(("age_seconds", "severity"), [(None, Severity.OK), (30, Severity.OK), (700, Severity.WARNING)])
def test_the_doctor_warns_of_a_service_that_is_far_behind(age_seconds: float | None, severity: Severity) -> None:
    lag = Lag(
        stream="COMMANDS", service="downloader", message_subject="cmd.downloads.search_wanted",
        pending=1, unacknowledged=1, redelivered=0, oldest_seconds=age_seconds,
    )  # fmt: skip
    (finding,) = supplies.check_streams([], [lag])
    assert finding.severity is severity


def test_the_doctor_warns_of_a_stream_that_is_nearly_full() -> None:
    roomy = StreamState(name="COMMANDS", messages=1, size_bytes=10, size_limit_bytes=100, consumers=3)
    full = roomy.model_copy(update={"size_bytes": 81})
    assert severities(supplies.check_streams([roomy, full], [])) == [Severity.OK, Severity.WARNING]


def test_the_doctor_finds_a_full_disk_and_an_unavailable_folder() -> None:
    roomy = Folder(name="downloads", path="/downloads", free_bytes=100, size_bytes=200, keep_free_bytes=50)
    full = roomy.model_copy(update={"free_bytes": 50})
    away = Folder(name="library", path="/library", problem="No such file or directory; see LIBRARY_PATH")
    found = list(supplies.check_disk([roomy, full, away]))
    assert severities(found) == [Severity.OK, Severity.FAULT, Severity.FAULT]
    assert "LIBRARY_PATH" in found[2].words


def test_the_doctor_warns_when_connections_run_out() -> None:
    well = DatabaseState(server_version="18.0", size_bytes=1, connections=80, connections_limit=100)
    assert severities(supplies.check_database(well)) == [Severity.OK]
    assert severities(supplies.check_database(well.model_copy(update={"connections": 81}))) == [Severity.WARNING]
    assert severities(supplies.check_database(None)) == []


def test_the_doctor_warns_of_a_client_whose_requests_are_paused() -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    (closed,) = of_tracker(TrackerAccess(seconds_between=3, closed_until=later, closed_because="refused: Not Found"))
    spent = Provider(name="hardcover", enabled=True, weight=1, health="ok", quota=[Quota(span="day", limit=50, left=0)])
    free = Provider(name="audible", enabled=True, weight=1, health="ok")
    unused = Provider(name="goodreads", enabled=False, weight=1, health="unknown")
    limits: list[OutgoingLimit] = [closed, *of_providers([spent, free, unused])]
    assert severities(supplies.check_limits(limits, None)) == [Severity.WARNING, Severity.WARNING, Severity.OK]
