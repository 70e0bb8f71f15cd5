"""The rules of the account's rate limiter, and the pause after the site refused a session value."""

from collections.abc import Mapping
from datetime import timedelta

from shared.chassis.backoff import Backoff
from shared.chassis.rate_limit_state import INTERVALS_BEFORE_PROBE, LineRules, PauseRules
from shared.chassis.rate_limiter import REQUESTS, AccountRules

from mam_search.domain.refusals import SYSTEM as SYSTEM  # noqa: PLC0414 - adapters import it from here

PAGES = "pages"
"""The line of the account's rate limiter for pages."""
REQUEST_INTERVALS = 4 / 3
"""The interval between two requests is drawn between the least one and this many times it: 3 to 4 s."""
PAGE_INTERVALS = 3.0
"""The interval between two pages is drawn between the least one and this many times it: 10 to 30 s."""

REFUSED = Backoff.doubling(timedelta(minutes=15).total_seconds(), timedelta(hours=12).total_seconds())
"""The pause after the site refused every known session value. A new MAM_SESSION ends it."""
OTHER_VALUE_AFTER_SECONDS = 300.0
"""The pause after a refusal while there is a session value that the site has not refused."""
PAUSES = PauseRules(
    refused=REFUSED, away_after=3, away_seconds=60.0, throttled_longest_seconds=timedelta(hours=6).total_seconds()
)


def account_rules(
    fingerprint: str,
    seconds_between: float,
    other_lines: Mapping[str, LineRules] | None = None,
    *,
    requests_per_day: int | None = None,
) -> AccountRules:
    """The rules of the account. `other_lines` share its turn with the requests, each at its own pace."""
    requests = LineRules(seconds_between, seconds_between * REQUEST_INTERVALS, per_day=requests_per_day)
    lines = {REQUESTS: requests, **(other_lines or {})}
    return AccountRules(SYSTEM, fingerprint, lines, PAUSES)


def page_rules(seconds_between: float, per_day: int) -> LineRules:
    """The pace and the budget of pages. A page may wait longer than a request, because its line is slower."""
    longest = seconds_between * PAGE_INTERVALS
    return LineRules(seconds_between, longest, per_day=per_day, longest_wait_seconds=60.0 + 2 * longest)


def session_to_send(values: list[str], refusals: int, *, probe: bool) -> str:
    """The newest value. After a refusal the next older one, and last the value of the setting, one per request.

    A probe always sends the newest: the site may have refused it for another reason that is now fixed.
    """
    return values[0] if probe else values[refusals % len(values)]


def probe_after(seconds_between: float) -> timedelta:
    """The time after a refusal before which a session is not probed."""
    return timedelta(seconds=INTERVALS_BEFORE_PROBE * seconds_between)


def pause_after_refusal(refusals: int, values: int) -> float:
    """The pause in seconds after this number of consecutive refusals, of this number of known values."""
    rounds, untried = divmod(refusals, values)
    return OTHER_VALUE_AFTER_SECONDS if untried else REFUSED.after(rounds)
