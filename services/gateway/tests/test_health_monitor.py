"""Outages, recoveries and near limits are reported once, and short failures are not reported."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from gateway.health_monitor.account import AccountMonitor
from gateway.health_monitor.monitor import HealthMonitor, Observation
from gateway.health_monitor.outage_rule import AlertPolicy, Outage, update_outage
from gateway.health_monitor.probes import INTEGRATION_POLICY, NO_ANSWER, Probes
from gateway.notifications.ledger import Ledger
from gateway.notifications.targets import targets
from gateway.notifications.templates import Templates
from gateway.postgres.tables import CHASSIS
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteRefusedUs, RemoteThrottled, ServiceUnavailable
from shared.chassis.sealing import SecretKeys
from shared.contracts.health import PartKind
from shared.contracts.mam.account import (
    Account,
    AccountChecked,
    AccountRisk,
    AccountWarning,
    GetAccount,
    GetStanding,
    SpendingPolicies,
)
from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.metadata.providers import ListProviders, Provider
from shared.contracts.settings import SettingsState
from shared.contracts.system import CheckIntegrations, DescribeService, Integration, IntegrationState, ServiceReport
from shared.testing.clocks import ManualClock

POLICY = AlertPolicy(
    down_after=timedelta(seconds=60), back_after=timedelta(seconds=60), forget_after=timedelta(seconds=60)
)
OK, DOWN, REFUSED = IntegrationState.OK, IntegrationState.AWAY, IntegrationState.REFUSED
Rows = Callable[[str], list[tuple[Any, ...]]]


def reports(checks: str, *, every_seconds: int = 15) -> list[tuple[int, str]]:
    """The number of each check (`-` failed, `+` passed, a space for none) that led to a report, and the report."""
    outage: Outage | None = None
    at, found = datetime(2026, 3, 1, tzinfo=UTC), []
    for number, look in enumerate(checks):
        at += timedelta(seconds=every_seconds)
        if look != " ":
            outage, change = update_outage(outage, POLICY, at, healthy=look == "+")
            found += [(number, change.value)] if change else []
    return found


@pytest.mark.parametrize(
    ("checks", "news"),
    [
        ("++++++++", []),
        ("---+---+---+", []),
        ("+-----", [(5, "down")]),
        ("+--------------------", [(5, "down")]),
        ("------+++++", [(4, "down"), (10, "back")]),
        ("------++--++---+++++", [(4, "down"), (19, "back")]),
        ("---               --", []),
        ("---               -----", [(22, "down")]),
        ("-----             +++++", [(4, "down"), (22, "back")]),
    ],
)
def test_down_and_back_are_reported_once_each_and_a_restart_is_not_reported(checks: str, news: list[Any]) -> None:
    assert reports(checks) == news


class Bus:
    """Answers requests with the given answer or exception, by the class of the request."""

    def __init__(self) -> None:
        self.answers: dict[type, Any] = {}

    async def ask(self, request: Any, *, of: str | None = None) -> Any:
        answer = self.answers.get(type(request))
        answer = answer.get(of) if isinstance(answer, dict) else answer
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            return report() if isinstance(request, DescribeService) else []
        return answer

    async def startup_failure(self, _service: str) -> None:
        return None


def report(settings: SettingsState = SettingsState.RUNNING) -> ServiceReport:
    return ServiceReport(
        service="downloader",
        version="1",
        started_at=datetime(2026, 3, 1, tzinfo=UTC),
        schema_revision="0001",
        outbox_waiting=0,
        failed_messages=0,
        settings=settings,
        settings_words="" if settings is SettingsState.RUNNING else "QBITTORRENT_URL: missing",
    )


class Bench:
    """The health monitor over a real database, with one notification target."""

    def __init__(self, database: Database, clock: ManualClock) -> None:
        self.clock, self.bus, self.nats = clock, Bus(), "ok"
        transaction = database.transactions(Transaction)
        found = targets("json://127.0.0.1:1/nobody", SecretKeys("s" * 32))
        self.ledger = Ledger(transaction, found, Templates(None, ZoneInfo("UTC")), timedelta())
        self.monitor = HealthMonitor(transaction, self.ledger, clock)
        self.probes = Probes(self.bus, self.monitor, self._check, down_after=timedelta(seconds=60))  # type: ignore[arg-type]  # asks as a bus does
        self.account = AccountMonitor(transaction, self.ledger, clock)

    async def _check(self) -> dict[str, str]:
        return {"nats": self.nats, "postgres": "ok"}

    async def check_for(self, seconds: int) -> None:
        for _ in range(seconds // 15):
            self.clock.forward(seconds=15)
            await self.probes.probe_services()

    async def warned(self, risk: AccountRisk, words: str = "", *, near: bool) -> None:
        self.clock.forward(hours=1)
        warning = AccountWarning(risk=risk, near=near, words=words)
        await self.account.account_checked(AccountChecked(checked_at=self.clock.now(), warnings=[warning]))


@pytest.fixture
async def bench(database: Database) -> Bench:
    made = Bench(database, ManualClock())
    await made.ledger.register_targets(made.clock.now())
    return made


@pytest.fixture
def rows(database_url: str) -> Rows:
    def read(query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(database_url) as connection:
            return connection.execute(query).fetchall()

    return read


NEWS = """select kind, news->>'title', news->>'words', news->>'until' is not null
    from gateway.notifications order by noted_at, key desc"""
SAID = "select subject from gateway.outbox order by id"


async def test_a_service_without_answer_for_a_minute_is_reported_down_and_later_back(bench: Bench, rows: Rows) -> None:
    await bench.check_for(60)
    bench.bus.answers[DescribeService] = {"downloads": ServiceUnavailable("downloader", "no answer within 5 s")}
    await bench.check_for(45)
    assert rows(NEWS) == []
    await bench.check_for(120)
    assert rows(NEWS) == [("service_down", "downloader", NO_ANSWER, False)]
    bench.bus.answers.clear()
    await bench.check_for(300)
    assert [(row[1], row[3]) for row in rows(NEWS)] == [("downloader", False), ("downloader", True)]
    assert [row[0] for row in rows(SAID)] == ["evt.gateway.went_down", "evt.gateway.came_back"]


async def test_a_service_with_wrong_settings_is_reported_but_not_one_that_waits_for_its_first_ones(
    bench: Bench, rows: Rows
) -> None:
    waiting, wrong = report(SettingsState.NEEDS_SETTINGS), report(SettingsState.WRONG_SETTINGS)
    bench.bus.answers[DescribeService] = {"library": waiting, "downloads": wrong}
    await bench.check_for(120)
    words = "wrong settings: QBITTORRENT_URL: missing"
    assert rows(NEWS) == [("service_down", "downloader", words, False)]


async def test_while_nats_is_unavailable_only_nats_is_reported(bench: Bench, rows: Rows) -> None:
    bench.nats = "no answer from NATS"
    await bench.check_for(120)
    assert [row[1] for row in rows(NEWS)] == ["nats"]


async def test_several_replicas_report_an_outage_once(bench: Bench, rows: Rows, database: Database) -> None:
    other_pool = Database(database.url, CHASSIS)
    other = Bench(other_pool, bench.clock)
    down = Observation("qbittorrent", PartKind.INTEGRATION, REFUSED, "wrong password; see QBITTORRENT_PASSWORD")
    for _ in range(8):
        bench.clock.forward(minutes=5)
        await asyncio.gather(*(each.monitor.record(down, INTEGRATION_POLICY) for each in (bench, other)))
    results = await asyncio.gather(
        *(each.monitor.acquire_round("services", timedelta(minutes=1)) for each in (bench, other))
    )
    await other_pool.aclose()
    assert [(row[0], row[1]) for row in rows(NEWS)] == [("needs_person", "qbittorrent")]
    assert len(rows(SAID)) == 1
    assert sorted(results) == [False, True]


async def test_outside_systems_are_reported_when_unavailable_and_not_when_throttled(bench: Bench, rows: Rows) -> None:
    def found(name: str, state: IntegrationState) -> Integration:
        return Integration(name=name, service="downloader", state=state, detail="what to do")

    bench.bus.answers[CheckIntegrations] = {
        "library": [found("audiobookshelf", DOWN)],
        "downloads": [
            found("qbittorrent", OK),
            found("prowlarr", IntegrationState.NOT_CONFIGURED),
            found("disk", IntegrationState.THROTTLED),
        ],
    }
    for _ in range(5):
        bench.clock.forward(minutes=5)
        await bench.probes.probe_local_integrations()
    assert rows(NEWS) == [("service_down", "audiobookshelf", "what to do", False)]


async def test_a_rejected_session_needs_a_person(bench: Bench, rows: Rows) -> None:
    for error in (RemoteThrottled("myanonamouse", "wait"), *[RemoteRefusedUs("myanonamouse", "set MAM_SESSION")] * 3):
        bench.bus.answers[GetStanding] = error
        bench.clock.forward(minutes=15)
        await bench.probes.probe_account()
    assert rows(NEWS) == [("needs_person", "myanonamouse", "set MAM_SESSION", False)]


async def look_at_pages(bench: Bench, *sessions: TrackerSession) -> None:
    off = SpendingPolicies(wedges=False, wedges_today=0, vip=False, upload=False)
    bench.bus.answers[GetAccount] = Account(
        standing=None, room=None, warnings=[], seeding_duties=0, spending=off, sessions=list(sessions)
    )
    for _ in range(3):
        bench.clock.forward(minutes=15)
        await bench.probes.probe_pages()


async def test_a_challenge_that_stops_pages_needs_a_person_until_it_is_solved(bench: Bench, rows: Rows) -> None:
    api = TrackerSession(kind=SessionKind.API, state=SessionState.DEAD, detail="reported by the standing")
    challenged = TrackerSession(
        kind=SessionKind.BROWSER, state=SessionState.CHALLENGED, detail="the site shows a challenge", remedy="solve it"
    )
    await look_at_pages(bench, api, challenged)
    assert rows(NEWS) == [("needs_person", "myanonamouse pages", "the site shows a challenge; solve it", False)]
    await look_at_pages(bench, challenged.model_copy(update={"state": SessionState.PAUSED}))
    assert len(rows(NEWS)) == 1
    await look_at_pages(bench, challenged.model_copy(update={"state": SessionState.UNTRIED}))
    assert [row[3] for row in rows(NEWS)] == [False, True]


async def test_pages_that_nobody_has_configured_need_nobody(bench: Bench, rows: Rows) -> None:
    await look_at_pages(bench, TrackerSession(kind=SessionKind.BROWSER, state=SessionState.NOT_CONFIGURED))
    assert rows(NEWS) == []


async def test_the_end_of_a_problem_is_reported_under_the_kind_of_its_start(bench: Bench, rows: Rows) -> None:
    refused = Observation("qbittorrent", PartKind.INTEGRATION, REFUSED, "see QBITTORRENT_PASSWORD")
    for observation in [refused] * 4 + [replace(refused, state=OK)] * 4:
        bench.clock.forward(minutes=5)
        await bench.monitor.record(observation, INTEGRATION_POLICY)
    assert [(row[0], row[3]) for row in rows(NEWS)] == [("needs_person", False), ("needs_person", True)]


async def test_a_risk_of_the_account_is_reported_once_until_it_was_absent_for_a_day(bench: Bench, rows: Rows) -> None:
    for left in (50, 11, 10, 5, 11, 10, 0):
        await bench.warned(AccountRisk.SLOTS, f"{100 - left} of at most 100; {left} left", near=left <= 10)
    assert rows(NEWS) == [("account_limit", "unsatisfied torrents", "90 of at most 100; 10 left", False)]
    for _ in range(30):
        await bench.warned(AccountRisk.SLOTS, near=False)
    await bench.warned(AccountRisk.SLOTS, "99 of at most 100; 1 left", near=True)
    assert [row[2] for row in rows(NEWS)][1:] == ["99 of at most 100; 1 left"]


@pytest.mark.parametrize(
    ("risk", "kind"),
    [
        (AccountRisk.RATIO, "account_limit"),
        (AccountRisk.VIP_END, "vip_ends"),
        (AccountRisk.SESSION_AGE, "session_old"),
        (AccountRisk.HIT_AND_RUN, "hit_and_run"),
    ],
)
async def test_each_risk_has_a_kind_of_notification(bench: Bench, rows: Rows, risk: AccountRisk, kind: str) -> None:
    await bench.warned(risk, "what to do", near=True)
    assert [(row[0], row[2]) for row in rows(NEWS)] == [(kind, "what to do")]


def a_provider(health: str, **changes: Any) -> Provider:
    return Provider.model_validate({"name": "goodreads", "enabled": True, "weight": 0.8, "health": health} | changes)


async def look_at_providers(bench: Bench, provider: Provider, *, minutes: int) -> None:
    bench.bus.answers[ListProviders] = [provider]
    for _ in range(minutes // 5):
        bench.clock.forward(minutes=5)
        await bench.probes.probe_providers()


async def test_a_provider_that_is_blocked_or_fails_is_reported_once_with_the_remedy(bench: Bench, rows: Rows) -> None:
    blocked = a_provider("blocked", detail="the site sends a challenge", remedy="remove it from PROVIDERS")
    await look_at_providers(bench, blocked, minutes=60)
    assert rows(NEWS) == [("needs_person", "goodreads", "the site sends a challenge; remove it from PROVIDERS", False)]
    await look_at_providers(bench, a_provider("ok"), minutes=20)
    assert [(row[1], row[3]) for row in rows(NEWS)] == [("goodreads", False), ("goodreads", True)]


async def test_a_provider_is_not_reported_for_one_failure_or_a_throttle(bench: Bench, rows: Rows) -> None:
    later = bench.clock.now() + timedelta(hours=5)
    for provider in (a_provider("away"), a_provider("throttled", blocked_until=later), a_provider("unknown")):
        await look_at_providers(bench, provider, minutes=60)
    assert rows(NEWS) == []
    await look_at_providers(bench, a_provider("away", detail="it timed out", blocked_until=later), minutes=30)
    assert [row[:3] for row in rows(NEWS)] == [("service_down", "goodreads", "it timed out")]
