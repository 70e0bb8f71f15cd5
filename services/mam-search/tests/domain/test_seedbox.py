"""When our address has to be sent to the tracker."""

from datetime import UTC, datetime, timedelta

import pytest
from mam_search.domain.seedbox import is_due, state_after_refusal
from shared.contracts.mam.account import Egress
from shared.contracts.mam.seedbox import Seedbox, SeedboxState
from shared.contracts.mam.sessions import SessionState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
EGRESS = Egress(address="203.0.113.7", seen_at=NOW)


def registered(address: str = "203.0.113.7", hours_ago: float = 2) -> Seedbox:
    at = NOW - timedelta(hours=hours_ago)
    return Seedbox(state=SeedboxState.REGISTERED, address=address, registered_at=at, sent_at=at)


@pytest.mark.parametrize(
    ("seedbox", "due"),
    [
        (Seedbox(state=SeedboxState.NOT_YET), True),
        (registered(), False),
        (registered("198.51.100.1"), True),
        (registered("198.51.100.1", hours_ago=0.9), False),
        (registered(hours_ago=24), True),
        (Seedbox(state=SeedboxState.FAILED, sent_at=NOW - timedelta(minutes=59)), False),
        (Seedbox(state=SeedboxState.FAILED, sent_at=NOW - timedelta(minutes=60)), True),
    ],
)
def test_the_address_is_sent_when_it_is_new_or_was_confirmed_a_day_ago(seedbox: Seedbox, due: bool) -> None:
    assert is_due(seedbox, EGRESS, NOW) is due


def test_a_refusal_keeps_its_reason() -> None:
    assert state_after_refusal(SessionState.WRONG_NETWORK) is SeedboxState.WRONG_NETWORK
    assert state_after_refusal(SessionState.REFUSED) is SeedboxState.FAILED
