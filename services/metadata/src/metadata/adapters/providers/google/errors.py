"""What an error of Google Books means.

Google reports an exhausted quota with the status 429, 403 or 400, and an invalid key with 400 or 403. The quota of a
day is renewed at midnight in California.
"""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx
from pydantic import ValidationError
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs, RemoteThrottled
from shared.chassis.http import retry_after
from shared.chassis.logging import excerpt

from metadata.adapters.providers.google.schema import Complaint, Failed

NAME = "google"
ACCEPTED = frozenset({400, 403, 429})
"""Statuses whose meaning depends on the reason in the body."""
RENEWED_AT = timedelta(hours=8)
"""Midnight in California in UTC, in winter. In summer the quota is renewed an hour earlier."""
_QUOTA_REASONS = frozenset(
    {"rateLimitExceeded", "dailyLimitExceeded", "quotaExceeded", "userRateLimitExceeded", "RESOURCE_EXHAUSTED"}
)
_OF_THE_DAY = ("per day", "daily limit", "queries per day", "daily")


def error_in(response: httpx.Response, now: datetime) -> RemoteError:
    """The error that a response with one of the `ACCEPTED` statuses is."""
    try:
        complaint = Failed.model_validate_json(response.content).error
    except ValidationError:
        complaint = Complaint()
    words = excerpt((complaint.message or f"status {response.status_code}")[:200])
    reasons = {each.reason for each in complaint.errors}
    exhausted = bool(reasons & _QUOTA_REASONS) or "quota" in words.lower()
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or exhausted:
        return RemoteThrottled(NAME, f"the quota is used up: {words}", _pause(response, words, reasons, now))
    if "unknownLocation" in reasons:
        return RemoteRefusedUs(NAME, f"Google does not know the country of this address; set GOOGLE_COUNTRY: {words}")
    if response.status_code == HTTPStatus.FORBIDDEN or "api key" in words.lower() or "keyInvalid" in reasons:
        return RemoteRefusedUs(NAME, f"the key was refused: {words}", response.status_code)
    return RemoteAnsweredNonsense(NAME, f"the request was refused: {words}")


def _pause(response: httpx.Response, words: str, reasons: set[str | None], now: datetime) -> float:
    """Seconds until the next request: until the quota of the day is renewed, or as the response says, or a minute."""
    if "dailyLimitExceeded" in reasons or any(each in words.lower() for each in _OF_THE_DAY):
        return seconds_until_renewal(now)
    return retry_after(response)


def seconds_until_renewal(now: datetime) -> float:
    """Seconds until the quota of the day is renewed."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    renewal = midnight + RENEWED_AT
    return ((renewal if renewal > now else renewal + timedelta(days=1)) - now).total_seconds()
