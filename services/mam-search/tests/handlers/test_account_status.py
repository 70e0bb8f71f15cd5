"""The standing is stored and read again when it is too old; a check reports how the tracker responds."""

from datetime import timedelta
from typing import Any

import pytest
from mam_search.adapters.postgres.standing_history import StandingHistory
from mam_search.adapters.postgres.tables import CHASSIS
from mam_search.domain.grab_rule import GrabLimits
from mam_search.handlers.account_status import AccountStatusHandlers
from mam_search.workflow.standing_reader import StandingReader
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import RemoteError
from shared.contracts.mam.account import AccountChecked, GetStanding
from shared.contracts.system import IntegrationState
from shared.testing.clocks import ManualClock
from sqlalchemy import select


async def test_a_standing_that_is_too_old_is_read_again(
    tracker: Any, history: StandingHistory, database: Database
) -> None:
    clock = ManualClock()
    account_status = handler(tracker, history, clock)
    first = await account_status.get_standing(GetStanding())
    clock.forward(minutes=5)
    assert await account_status.get_standing(GetStanding()) == first
    clock.forward(minutes=6)
    assert (await account_status.get_standing(GetStanding())).read_at == first.read_at + timedelta(minutes=11)
    assert tracker.requests == 2
    async with database.transactions(Transaction)() as tx:
        announced = (await tx.session.scalars(select(CHASSIS.outbox.c.subject))).all()
    assert announced == [AccountChecked.subject] * 2


def handler(tracker: Any, history: Any, clock: ManualClock) -> AccountStatusHandlers:
    standing_reader = StandingReader(tracker.replica(), history, GrabLimits(), clock)
    return AccountStatusHandlers(standing_reader, tracker.control(clock), "http://mam")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (None, IntegrationState.OK),
        ("away", IntegrationState.AWAY),
        ("throttled", IntegrationState.THROTTLED),
        ("forbidden", IntegrationState.REFUSED),
        ("html", IntegrationState.REFUSED),
        ("half", IntegrationState.NONSENSE),
    ],
)
async def test_the_check_reports_how_the_tracker_responds(
    kind: str | None, state: IntegrationState, tracker: Any, history: Any
) -> None:
    if kind:
        tracker.fails(kind)
    account_status = handler(tracker, history, ManualClock())
    found, _pages = await account_status.check()
    assert (found.name, found.state) == ("myanonamouse", state)
    assert found.detail


async def test_the_check_reports_the_stored_state_of_the_browser_session(tracker: Any, history: Any) -> None:
    _json, pages = await handler(tracker, history, ManualClock()).check()
    assert (pages.name, pages.state, pages.required) == ("myanonamouse pages", IntegrationState.NOT_CONFIGURED, False)
    assert "MAM_BROWSER_SESSION" in pages.detail


async def test_checks_within_a_minute_send_one_request(tracker: Any, history: Any) -> None:
    clock = ManualClock()
    account_status = handler(tracker, history, clock)
    first = await account_status.check()
    clock.forward(seconds=59)
    assert await account_status.check() == first
    assert tracker.requests == 1
    clock.forward(seconds=2)
    await account_status.check()
    assert tracker.requests == 2


async def test_a_refused_session_is_probed_although_the_standing_is_recent(tracker: Any, history: Any) -> None:
    clock = ManualClock()
    account_status = handler(tracker, history, clock)
    await account_status.check()
    clock.forward(seconds=1)
    tracker.fails("html")
    with pytest.raises(RemoteError):
        await tracker.replica().check_cookie()
    found, _pages = await account_status.check()
    assert found.state is IntegrationState.REFUSED


async def test_the_check_gives_the_reason_of_a_refusal(tracker: Any, history: Any) -> None:
    tracker.fails("html")
    found, _pages = await handler(tracker, history, ManualClock()).check()
    assert found.reason == "dead"


async def test_the_check_sends_nothing_while_a_person_has_paused_requests(tracker: Any, history: Any) -> None:
    account_status = handler(tracker, history, ManualClock())
    await tracker.control(ManualClock()).pause("a person")
    found, _pages = await account_status.check()
    assert (found.state, tracker.requests) == (IntegrationState.PAUSED, 0)
    assert "a person" in found.detail
