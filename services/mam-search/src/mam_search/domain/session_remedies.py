"""What each state of a session means, and what a person has to do."""

from datetime import datetime

from shared.contracts.mam.sessions import SessionKind, SessionState, TrackerSession
from shared.contracts.translatable import translatables, with_code
from shared.translatable import translatable

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
    SessionState.NOT_CONFIGURED: translatable("session.not_configured", "no session for pages is configured"),
    SessionState.DEAD: translatable("session.dead", "the session was not accepted: it has expired or was deleted"),
    SessionState.WRONG_ADDRESS: translatable("session.wrong_address", "the session is locked to another IP address"),
    SessionState.WRONG_NETWORK: translatable("session.wrong_network", "the session is locked to another network (ASN)"),
    SessionState.NOT_ALLOWED: translatable("session.not_allowed", "the session is not allowed to use this function"),
    SessionState.REFUSED: translatable("session.refused", "the site refused the session and did not say why"),
    SessionState.CHALLENGED: translatable(
        "session.challenged", "the site shows a challenge that only a person can solve"
    ),
    SessionState.LOGIN_REFUSED: translatable("session.login_refused", "the site refused MAM_USERNAME and MAM_PASSWORD"),
    SessionState.LOGIN_LOCKED: translatable("session.login_locked", "the site has locked the login of this account"),
    SessionState.PAUSED: translatable("session.paused", "all requests to MyAnonamouse are paused"),
    SessionState.THROTTLED: translatable("session.throttled", "the site answered that there were too many requests"),
    SessionState.AWAY: translatable("session.away", "the site does not answer"),
}
_REMEDIES = {
    SessionState.NOT_CONFIGURED: translatable(
        "remedy.not_configured", "set MAM_BROWSER_SESSION, or MAM_USERNAME and MAM_PASSWORD"
    ),
    SessionState.WRONG_ADDRESS: translatable("remedy.wrong_address", f"{_LOCKED_TO} has the address that it keeps"),
    SessionState.WRONG_NETWORK: translatable(
        "remedy.wrong_network", f"{_LOCKED_TO} is in the network in which it stays"
    ),
    SessionState.NOT_ALLOWED: translatable("remedy.not_allowed", "{create}, with dynamic seedbox allowed for it"),
    SessionState.CHALLENGED: translatable(
        "remedy.challenged", "open the site in your own browser from the same address and solve it, {resume}"
    ),
    SessionState.LOGIN_REFUSED: translatable(
        "remedy.login_refused", "correct them, {resume}: no login is tried after three failures"
    ),
    SessionState.LOGIN_LOCKED: translatable(
        "remedy.login_locked", "log in with your own browser as soon as the site allows it, {resume}"
    ),
    SessionState.PAUSED: translatable("remedy.paused", "resume them with POST /api/account/resume"),
    SessionState.THROTTLED: translatable("remedy.throttled", "wait: Gapless continues by itself"),
    SessionState.AWAY: translatable("remedy.away", "wait: Gapless continues by itself"),
}
_CREATE_ANOTHER = translatable("remedy.create", "{create}")
_NOTHING_TO_DO = frozenset({SessionState.OK, SessionState.UNTRIED})


def meaning(kind: SessionKind, state: SessionState) -> str:
    """What the state means; empty if the session works."""
    if state is SessionState.WRONG_TYPE:
        return translatable("session.wrong_type", f"the session is of the wrong type: {_OTHER_KIND[kind]}")
    return _MEANINGS.get(state, "")


def remedy(kind: SessionKind, state: SessionState) -> str:
    """What a person has to do; empty if there is nothing to do."""
    if state in _NOTHING_TO_DO:
        return ""
    template = _REMEDIES.get(state, _CREATE_ANOTHER)
    words = template.format(create=_CREATE[kind], resume="then call POST /api/account/resume")
    return with_code(words, translatables(remedy=template)["remedy"])


def in_state(
    session: TrackerSession, state: SessionState, observed: str, *, closed_until: datetime | None = None
) -> TrackerSession:
    """The session in another state, with the words of that state."""
    detail, to_do = described(session.kind, state, observed), remedy(session.kind, state)
    shown = {
        "state": state,
        "detail": detail,
        "remedy": to_do,
        "translatable": translatables(detail=detail, remedy=to_do),
    }
    return session.model_copy(update={**shown, "closed_until": closed_until})


def with_remedy(session: TrackerSession) -> str:
    """The state of a session and what to do; empty if it works."""
    seen = with_code(session.detail, session.translatable.get("detail"))
    to_do = with_code(session.remedy, session.translatable.get("remedy"))
    words = "; ".join(part for part in (seen, to_do) if part)
    return translatable("systems.session", words, seen=seen, to_do=to_do) if words else ""


def described(kind: SessionKind, state: SessionState, observed: str) -> str:
    """What the state means, and what was observed."""
    means = meaning(kind, state)
    words = "; ".join(part for part in (means, observed) if part)
    return translatable("session.described", words, meaning=means, observed=observed) if means else words
