"""Refuses calls that a page of another site makes with the cookie of a person's browser.

A browser sends `Sec-Fetch-Site` to HTTPS addresses and to localhost (Fetch Metadata), and `Origin` with every call that
is neither GET nor HEAD (Fetch, section 3.2).
"""

from urllib.parse import urlsplit

from shared.chassis.errors import Refused
from starlette.datastructures import Headers

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_PAGES = frozenset({"same-origin", "none"})


class OtherOrigin(Refused):
    """The call comes from a page of another site."""

    code = "other_origin"
    status = 403
    title = "A call from another site"


def check_origin(method: str, headers: Headers) -> None:
    """Raises `OtherOrigin` if a call that changes something does not come from a page of this address."""
    if method in SAFE_METHODS:
        return
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site not in OWN_PAGES:
            raise OtherOrigin(f"the browser says that the call comes from another site ({site})")
        return
    origin, host = headers.get("origin"), headers.get("host", "")
    if origin is None:
        raise OtherOrigin("a call with the cookie of a browser needs the header Origin; programs use an API key")
    if urlsplit(origin).netloc.casefold() != host.casefold():
        raise OtherOrigin(
            f"the page is from {origin}, but the call was sent to {host}; if a reverse proxy is between them, let it"
            " pass on the header Host"
        )
