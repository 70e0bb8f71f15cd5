"""A provider's failure as text for a person, and when its books may be looked up again."""

from dataclasses import dataclass

from shared.contracts.system import IntegrationState
from shared.translatable import translatable

ADVICE: dict[IntegrationState, str] = {
    IntegrationState.AWAY: translatable(
        "advice.provider_away", "it is retried automatically; check the address if this persists"
    ),
    IntegrationState.THROTTLED: translatable("advice.provider_throttled", "no requests are sent until then"),
    IntegrationState.REFUSED: translatable("advice.provider_refused", "check the token or key, and what it allows"),
    IntegrationState.BLOCKED: translatable(
        "advice.provider_blocked",
        "this is an access control, so Gapless does not try to get round it: requests stop for some hours and the other"
        " providers are used; remove the provider from PROVIDERS if this persists",
    ),
    IntegrationState.NONSENSE: translatable(
        "advice.provider_nonsense", "check that the address belongs to the provider"
    ),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """What happened and what to do. `again_in_seconds` is None if a retry does not help without a person."""

    words: str
    throttled: bool = False
    again_in_seconds: float | None = None


def remedy(health: str) -> str:
    """What to do about a provider with this health; empty if nothing is wrong or nothing is known."""
    return ADVICE[IntegrationState(health)] if health in ADVICE else ""


def advised(code: str, detail: str) -> str:
    """What happened and what to do."""
    advice = ADVICE[IntegrationState.of_failure(code)]
    return translatable("systems.failed", f"{detail}; {advice}", observed=detail, advice=advice)
