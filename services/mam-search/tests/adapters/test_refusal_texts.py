"""The texts of the site mean states of a session."""

import pytest
from mam_search.adapters.mam.refusal_texts import refusal_state
from shared.contracts.mam.sessions import SessionState


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Error, you are not signed in", SessionState.DEAD),
        ("No Session Cookie", SessionState.DEAD),
        ("Invalid session", SessionState.DEAD),
        ("Invalid session - Invalid Cookie", SessionState.DEAD),
        ("Invalid session - Other", SessionState.DEAD),
        ("Invalid session - IP mismatch", SessionState.WRONG_ADDRESS),
        ("Invalid session - ASN mismatch", SessionState.WRONG_NETWORK),
        ("Request not via correct session type", SessionState.WRONG_TYPE),
        ("Incorrect session type - non-API session", SessionState.WRONG_TYPE),
        ("Incorrect session type - not allowed this function", SessionState.NOT_ALLOWED),
        ("<html><title>Login Locked!</title></html>", SessionState.LOGIN_LOCKED),
        ("<html>403 Forbidden</html>", SessionState.REFUSED),
        ("", SessionState.REFUSED),
    ],
)
def test_the_text_of_a_refusal_gives_the_state(text: str, state: SessionState) -> None:
    assert refusal_state(text) is state
