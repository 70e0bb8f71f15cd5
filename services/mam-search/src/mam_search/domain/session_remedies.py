"""What each state of a session means, and what a person has to do."""

from datetime import datetime

from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession

_CREATE = {
    SessionKind.API: "create a new session for Gapless (Preferences > Security) and set MAM_SESSION",
    SessionKind.BROWSER: "create a new session for Gapless (Preferences > Security) and set MAM_BROWSER_SESSION",
}
_OTHER_KIND = {
    SessionKind.API: "it was created for a browser, and the JSON interface needs one for API use",
    SessionKind.BROWSER: "it was created for API use, and pages need one for a browser",
}
_LOCKED_TO = "use the address with which the session was created, for example with MAM_PROXY, or {create} while Gapless"
_MEANINGS = {
    SessionState.NOT_CONFIGURED: "no session for pages is configured",
    SessionState.DEAD: "the session was not accepted: it has expired or was deleted",
    SessionState.WRONG_ADDRESS: "the session is locked to another IP address",
    SessionState.WRONG_NETWORK: "the session is locked to another network (ASN)",
    SessionState.NOT_ALLOWED: "the session is not allowed to use this function",
    SessionState.REFUSED: "the site refused the session and did not say why",
    SessionState.CHALLENGED: "the site shows a challenge that only a person can solve",
    SessionState.LOGIN_REFUSED: "the site refused MAM_USERNAME and MAM_PASSWORD",
    SessionState.LOGIN_LOCKED: "the site has locked the login of this account",
    SessionState.PAUSED: "all requests to MyAnonamouse are paused",
    SessionState.THROTTLED: "the site answered that there were too many requests",
    SessionState.AWAY: "the site does not answer",
}
_REMEDIES = {
    SessionState.NOT_CONFIGURED: "set MAM_BROWSER_SESSION, or MAM_USERNAME and MAM_PASSWORD",
    SessionState.WRONG_ADDRESS: f"{_LOCKED_TO} has the address that it keeps",
    SessionState.WRONG_NETWORK: f"{_LOCKED_TO} is in the network in which it stays",
    SessionState.NOT_ALLOWED: "{create}, with dynamic seedbox allowed for it",
    SessionState.CHALLENGED: "open the site in your own browser from the same address and solve it, {resume}",
    SessionState.LOGIN_REFUSED: "correct them, {resume}: no login is tried after three failures",
    SessionState.LOGIN_LOCKED: "log in with your own browser as soon as the site allows it, {resume}",
    SessionState.PAUSED: "resume them with POST /api/account/resume",
    SessionState.THROTTLED: "wait: Gapless continues by itself",
    SessionState.AWAY: "wait: Gapless continues by itself",
}
_NOTHING_TO_DO = frozenset({SessionState.OK, SessionState.UNTRIED})


def meaning(kind: SessionKind, state: SessionState) -> str:
    """What the state means; empty if the session works."""
    if state is SessionState.WRONG_TYPE:
        return f"the session is of the wrong type: {_OTHER_KIND[kind]}"
    return _MEANINGS.get(state, "")


def remedy(kind: SessionKind, state: SessionState) -> str:
    """What a person has to do; empty if there is nothing to do."""
    if state in _NOTHING_TO_DO:
        return ""
    return _REMEDIES.get(state, "{create}").format(create=_CREATE[kind], resume="then call POST /api/account/resume")


def in_state(
    session: TrackerSession, state: SessionState, observed: str, *, closed_until: datetime | None = None
) -> TrackerSession:
    """The session in another state, with the words of that state."""
    shown = {"state": state, "detail": described(session.kind, state, observed), "remedy": remedy(session.kind, state)}
    return session.model_copy(update={**shown, "closed_until": closed_until})


def described(kind: SessionKind, state: SessionState, observed: str) -> str:
    """What the state means, and what was observed."""
    return "; ".join(part for part in (meaning(kind, state), observed) if part)
