"""The cookie with the session value, which the site replaces with nearly every response."""

from collections.abc import Iterable

COOKIE = "mam_id"


def rotated(headers: Iterable[str]) -> str | None:
    """The new session value in Set-Cookie headers, unchanged; None if there is none or the site deletes the cookie."""
    for header in headers:
        pair, _, attributes = header.partition(";")
        name, _, value = pair.strip().partition("=")
        deleted = "max-age=0" in attributes.lower() or "1970" in attributes
        if name == COOKIE and value and value != "deleted" and not deleted:
            return value
    return None
