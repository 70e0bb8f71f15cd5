"""When pages may be read, and what a person is told to do when not."""

from datetime import UTC, datetime, timedelta

import pytest
from mam_search.domain.browser_session import (
    EXPLANATIONS,
    MAX_FAILED_LOGINS,
    PERSON_HAS_TO_ACT,
    BrowserSession,
    BrowserSessionState,
)

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


def test_every_state_has_its_own_explanation() -> None:
    assert EXPLANATIONS.keys() == set(BrowserSessionState)
    assert len(set(EXPLANATIONS.values())) == len(EXPLANATIONS)


@pytest.mark.parametrize("state", sorted(PERSON_HAS_TO_ACT))
def test_no_page_is_requested_until_a_person_acts(state: BrowserSessionState) -> None:
    session = BrowserSession(state)
    assert session.obstacle(NOW + timedelta(days=365)) == EXPLANATIONS[state]


def test_a_refused_session_is_tried_again_after_its_pause() -> None:
    session = BrowserSession()
    session.refuse(BrowserSessionState.REFUSED, NOW, pause_seconds=900)
    obstacle = session.obstacle(NOW)
    assert obstacle is not None
    assert "12:15 UTC" in obstacle
    assert session.obstacle(NOW + timedelta(minutes=15)) is None


def test_no_login_is_tried_after_three_failures() -> None:
    session = BrowserSession(BrowserSessionState.LOGIN_REFUSED, failed_logins=MAX_FAILED_LOGINS - 1)
    assert session.obstacle(NOW) is None
    session.failed_logins = MAX_FAILED_LOGINS
    assert session.obstacle(NOW + timedelta(days=365)) is not None


def test_a_page_forgets_the_refusals_and_failed_logins_before_it() -> None:
    session = BrowserSession(BrowserSessionState.REFUSED, failed_logins=2, refusals=4, paused_until=NOW)
    session.accept()
    assert session == BrowserSession()
