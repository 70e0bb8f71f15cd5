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
from shared.contracts.mam.account import AccountChecked, GetStanding
from shared.contracts.system import CheckIntegrations, IntegrationState
from shared.testing.clocks import ManualClock
from sqlalchemy import select


async def test_a_standing_that_is_too_old_is_read_again(
    tracker: Any, history: StandingHistory, database: Database
) -> None:
    clock = ManualClock()
    account_status = AccountStatusHandlers(
        StandingReader(tracker.replica(), history, GrabLimits(), clock), "http://mam"
    )
    first = await account_status.get_standing(GetStanding())
    clock.forward(minutes=5)
    assert await account_status.get_standing(GetStanding()) == first
    clock.forward(minutes=6)
    assert (await account_status.get_standing(GetStanding())).read_at == first.read_at + timedelta(minutes=11)
    assert tracker.requests == 2
    async with database.transactions(Transaction)() as tx:
        announced = (await tx.session.scalars(select(CHASSIS.outbox.c.subject))).all()
    assert announced == [AccountChecked.subject] * 2


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
    account_status = AccountStatusHandlers(
        StandingReader(tracker.replica(), history, GrabLimits(), ManualClock()), "http://mam"
    )
    (found,) = await account_status.check(CheckIntegrations())
    assert (found.name, found.state) == ("myanonamouse", state)
    assert found.detail
