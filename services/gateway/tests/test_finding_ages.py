"""Since when the doctor has found what is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from gateway.doctor.finding_ages import FindingAges
from gateway.postgres.tables import CHASSIS
from shared.chassis.database import Database, Transaction
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from shared.testing.clocks import ManualClock

from .conftest import READ_KEY, Gateway

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def finding(words: str, severity: Severity = Severity.WARNING, subject: str = "downloader") -> DoctorFinding:
    return DoctorFinding(area="backlog", subject=subject, severity=severity, words=words)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def ages(database: Database, clock: ManualClock) -> FindingAges:
    return FindingAges(database.transactions(Transaction), clock)


async def test_a_finding_keeps_its_age_while_only_its_numbers_change(ages: FindingAges, clock: ManualClock) -> None:
    await ages.dated([finding("7 messages wait to be sent")])
    clock.forward(days=3)
    dated = await ages.dated([finding("12 messages wait to be sent"), finding("another one")])
    assert [each.since for each in dated] == [NOON, NOON + timedelta(days=3)]


async def test_what_is_all_right_has_no_age(ages: FindingAges) -> None:
    [dated] = await ages.dated([finding("running", Severity.OK)])
    assert dated.since is None


async def test_the_same_words_about_another_service_are_another_finding(ages: FindingAges, clock: ManualClock) -> None:
    await ages.dated([finding("does not answer")])
    clock.forward(seconds=60)
    [dated] = await ages.dated([finding("does not answer", subject="metadata")])
    assert dated.since == NOON + timedelta(seconds=60)


async def test_a_finding_that_comes_back_soon_keeps_its_age_and_later_is_a_new_one(
    ages: FindingAges, clock: ManualClock
) -> None:
    flapping = finding("does not answer")
    await ages.dated([flapping])
    clock.forward(minutes=30)
    await ages.dated([])
    assert (await ages.dated([flapping]))[0].since == NOON
    clock.forward(minutes=61)
    await ages.dated([])
    assert (await ages.dated([flapping]))[0].since == clock.now()


async def test_two_findings_with_the_same_words_have_one_age(ages: FindingAges) -> None:
    assert [each.since for each in await ages.dated([finding("twice"), finding("twice")])] == [NOON, NOON]


async def test_without_postgres_the_findings_have_no_age(clock: ManualClock) -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/nothing", CHASSIS)
    [dated] = await FindingAges(away.transactions(Transaction), clock).dated([finding("does not answer")])
    assert (dated.words, dated.since) == ("does not answer", None)
    await away.aclose()


async def test_the_doctor_says_since_when_a_service_is_away(gateway: Gateway) -> None:
    async def since() -> str:
        findings = (await gateway.call("GET", "/api/system/doctor", key=READ_KEY)).json()["findings"]
        return next(str(each["since"]) for each in findings if each["subject"] == "downloader")

    first = await since()
    assert first.startswith("20")
    assert await since() == first
