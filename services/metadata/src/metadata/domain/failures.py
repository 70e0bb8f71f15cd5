"""What a failed provider is told as, in words for a person, and when the books it knows may be looked up again."""

from dataclasses import dataclass

from shared.contracts.system import IntegrationState

STATES: dict[str, IntegrationState] = {
    "remote_unavailable": IntegrationState.AWAY,
    "remote_throttled": IntegrationState.THROTTLED,
    "remote_refused_us": IntegrationState.REFUSED,
    "remote_answered_nonsense": IntegrationState.NONSENSE,
}
ADVICE: dict[IntegrationState, str] = {
    IntegrationState.AWAY: "it is asked again by itself; check the address if this stays",
    IntegrationState.THROTTLED: "it is left alone until then",
    IntegrationState.REFUSED: "check the token and its scopes",
    IntegrationState.NONSENSE: "check that the address is the provider's",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What was seen and what to do; `again_in_seconds` when asking again may help without a person, else None."""

    words: str
    throttled: bool = False
    again_in_seconds: float | None = None


def state_of(code: str) -> IntegrationState:
    """The state that the code of a remote error stands for."""
    return STATES.get(code, IntegrationState.AWAY)


def advised(code: str, detail: str) -> str:
    """What was seen and what to do."""
    return f"{detail}; {ADVICE[state_of(code)]}"
