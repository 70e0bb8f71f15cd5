"""Each state of a session has its own words and its own remedy, and a refusal pauses the session."""

from datetime import UTC, datetime, timedelta

import pytest
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.session_health import LIFETIME, MAX_FAILED_LOGINS, SessionHealth
from mam_search.domain.session_remedies import meaning, remedy
from shared.contracts.mam.sessions import SessionKind, SessionState

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORKING = {SessionState.OK, SessionState.UNTRIED}


def refused(state: SessionState = SessionState.DEAD) -> SessionRefused:
    return SessionRefused(SessionKind.API, state, "the site returned 403")


@pytest.mark.parametrize("kind", list(SessionKind))
def test_each_state_has_its_own_words_and_a_remedy(kind: SessionKind) -> None:
    states = [state for state in SessionState if state not in WORKING]
    assert len({meaning(kind, state) for state in states}) == len(states)
    assert all(remedy(kind, state) for state in states)
    assert "{" not in "".join(remedy(kind, state) for state in states)


def test_the_remedy_names_the_setting_of_the_kind() -> None:
    assert "MAM_SESSION" in remedy(SessionKind.API, SessionState.DEAD)
    assert "MAM_BROWSER_SESSION" in remedy(SessionKind.BROWSER, SessionState.DEAD)


def test_a_refusal_pauses_the_session_until_its_end() -> None:
    health = SessionHealth(SessionKind.API)
    health.refuse(refused(SessionState.WRONG_NETWORK), 60, NOW)
    with pytest.raises(SessionRefused, match="another network") as raised:
        health.check(NOW + timedelta(seconds=59))
    assert raised.value.state is SessionState.WRONG_NETWORK
    health.check(NOW + timedelta(seconds=60))


def test_a_probe_passes_the_pause_once_it_is_old_enough() -> None:
    health = SessionHealth(SessionKind.API)
    health.refuse(refused(), 600, NOW)
    with pytest.raises(SessionRefused):
        health.check(NOW + timedelta(seconds=59), probe_after=timedelta(seconds=60))
    health.check(NOW + timedelta(seconds=60), probe_after=timedelta(seconds=60))


@pytest.mark.parametrize("state", [SessionState.CHALLENGED, SessionState.LOGIN_LOCKED, SessionState.NOT_CONFIGURED])
def test_nothing_is_sent_while_a_person_has_to_act(state: SessionState) -> None:
    health = SessionHealth(SessionKind.BROWSER, state)
    with pytest.raises(SessionRefused):
        health.check(NOW + timedelta(days=9), probe_after=timedelta())


def test_no_login_is_tried_after_three_failures() -> None:
    health = SessionHealth(SessionKind.BROWSER, SessionState.LOGIN_REFUSED, failed_logins=MAX_FAILED_LOGINS - 1)
    health.check(NOW)
    health.failed_logins += 1
    with pytest.raises(SessionRefused, match="MAM_PASSWORD"):
        health.check(NOW + timedelta(days=365))


def test_a_success_ends_every_refusal_and_is_stored_once_a_minute() -> None:
    health = SessionHealth(SessionKind.API)
    health.refuse(refused(), 600, NOW)
    assert health.succeed(NOW)
    assert (health.state, health.refusals, health.closed_until) == (SessionState.OK, 0, None)
    assert not health.succeed(NOW + timedelta(seconds=59))
    assert health.succeed(NOW + timedelta(seconds=60))


def test_a_session_expires_fifteen_days_after_its_last_use() -> None:
    assert SessionHealth(SessionKind.API).expires_at is None
    used = SessionHealth(SessionKind.API, rotated_at=NOW, last_success_at=NOW + timedelta(hours=1))
    assert used.shown(NOW).expires_at == NOW + timedelta(hours=1) + LIFETIME
