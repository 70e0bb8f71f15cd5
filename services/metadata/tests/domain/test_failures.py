"""A failure of a provider says what happened and what to do."""

import pytest
from metadata.domain.failures import advised


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("remote_unavailable", "it is retried automatically; check the address if this persists"),
        ("remote_throttled", "no requests are sent until then"),
        ("remote_refused_us", "check the token or key, and what it allows"),
        ("remote_answered_nonsense", "check that the address belongs to the provider"),
        ("unknown_code", "it is retried automatically; check the address if this persists"),
    ],
)
def test_a_failure_says_what_to_do(code: str, advice: str) -> None:
    assert advised(code, "Audible answered 503") == f"Audible answered 503; {advice}"
