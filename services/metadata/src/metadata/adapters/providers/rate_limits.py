"""The rules of a provider's rate limiter."""

from hashlib import sha256

from shared.chassis.backoff import Backoff
from shared.chassis.rate_limit_state import LineRules, PauseRules
from shared.chassis.rate_limiter import REQUESTS, AccountRules

from metadata.domain.providers import Access

HOUR = 3600.0
PAUSES = PauseRules(
    refused=Backoff((900.0, HOUR, 6 * HOUR, 24 * HOUR)),
    away_after=3,
    away_seconds=30.0,
    throttled_longest_seconds=6 * HOUR,
    away_longest_seconds=HOUR,
)
"""Each further failure makes the pause longer. A new address or token ends the pause after a refusal.

After repeated failures, a long run does not wait for each.
"""
LONGEST_WAIT_SECONDS = 75.0


def provider_rules(provider: str, access: Access) -> AccountRules:
    """One line of requests with the provider's budget. The budget belongs to the address and the token."""
    fingerprint = sha256(f"{access.address}\n{access.secret}".encode()).hexdigest()
    budget = access.budget
    requests = LineRules(budget.seconds_between, burst=budget.burst, per_day=budget.per_day)
    return AccountRules(
        provider, fingerprint, {REQUESTS: requests}, PAUSES, LONGEST_WAIT_SECONDS, counts_per_credentials=True
    )
