"""The cookie with the session value, which the site replaces with nearly every response."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

COOKIE = "mam_id"


def rotated(headers: Iterable[str]) -> str | None:
    """The last session value in Set-Cookie headers, unchanged; None if there is none or the site deletes the cookie."""
    found = None
    for header in headers:
        pair, _, attributes = header.partition(";")
        name, _, value = pair.strip().partition("=")
        if name == COOKIE and value and value != "deleted" and not _deletes(attributes):
            found = value
    return found


def _deletes(attributes: str) -> bool:
    """Whether the attributes of a cookie delete it (RFC 6265, 5.3): Max-Age takes precedence over Expires."""
    pairs = (each.partition("=") for each in attributes.split(";"))
    values = {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}
    if (seconds := values.get("max-age", "")).removeprefix("-").isdecimal():
        return seconds.startswith("-") or not seconds.strip("0")
    try:
        expires = parsedate_to_datetime(values.get("expires", ""))
    except ValueError:
        return False
    return expires.replace(tzinfo=expires.tzinfo or UTC) <= datetime.now(UTC)
