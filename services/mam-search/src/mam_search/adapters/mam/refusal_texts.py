"""Which state of a session a refusal of the site means. The texts are those of the site."""

from shared.contracts.mam.sessions import SessionState

_TEXTS = (
    ("not allowed this function", SessionState.NOT_ALLOWED),
    ("session type", SessionState.WRONG_TYPE),
    ("asn mismatch", SessionState.WRONG_NETWORK),
    ("ip mismatch", SessionState.WRONG_ADDRESS),
    ("ip does not match", SessionState.WRONG_ADDRESS),
    ("login locked", SessionState.LOGIN_LOCKED),
    ("invalid session", SessionState.DEAD),
    ("no session cookie", SessionState.DEAD),
    ("not signed in", SessionState.DEAD),
    ("must be signed in", SessionState.DEAD),
)


def refusal_state(text: str) -> SessionState:
    """The state that the text of a refusal means; REFUSED if it gives no known reason."""
    folded = text.casefold()
    return next((state for known, state in _TEXTS if known in folded), SessionState.REFUSED)
