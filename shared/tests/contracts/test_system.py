"""The state of an integration after a failure."""

import pytest
from shared.chassis.errors import (
    REMOTE_ERRORS,
    RemoteAnsweredNonsense,
    RemoteBlockedUs,
    RemoteError,
    RemoteRefusedUs,
    RemoteThrottled,
    RemoteUnavailable,
)
from shared.contracts.system import IntegrationState

STATES: dict[type[RemoteError], IntegrationState] = {
    RemoteUnavailable: IntegrationState.AWAY,
    RemoteThrottled: IntegrationState.THROTTLED,
    RemoteRefusedUs: IntegrationState.REFUSED,
    RemoteBlockedUs: IntegrationState.BLOCKED,
    RemoteAnsweredNonsense: IntegrationState.NONSENSE,
}


@pytest.mark.parametrize("error", REMOTE_ERRORS.values(), ids=lambda error: error.__name__)
def test_each_remote_error_has_its_state(error: type[RemoteError]) -> None:
    assert IntegrationState.of_failure(error.code) is STATES[error]


@pytest.mark.parametrize("code", [RemoteError.code, "", "remote_unheard_of"])
def test_an_unknown_failure_counts_as_away(code: str) -> None:
    assert IntegrationState.of_failure(code) is IntegrationState.AWAY
