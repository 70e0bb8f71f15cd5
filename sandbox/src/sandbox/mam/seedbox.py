"""The address that the site sees, and the one that is registered for the torrent client.

Specific failures of the registration: `ip_mismatch`, `asn_mismatch` and `not_allowed` refuse the session with that
reason.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.outcomes import Outcomes

REFUSALS = {
    "ip_mismatch": "Invalid session - IP mismatch",
    "asn_mismatch": "Invalid session - ASN mismatch",
    "not_allowed": "Incorrect session type - not allowed this function",
}
CHANGE_EVERY = timedelta(hours=1)
SHOW_EVERY = timedelta(minutes=1)


class Seedbox:
    """One registered address. Tests may set `public_address`, from which requests then seem to come, and `now`."""

    def __init__(self, outcomes: Outcomes) -> None:
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.public_address: str | None = None
        self.registered: str | None = None
        self._outcomes = outcomes
        self._changed_at: datetime | None = None
        self._shown_at: datetime | None = None

    def seen(self, request: Request) -> dict[str, object]:
        """The address of a request, in the format of the site."""
        peer = request.client.host if request.client else "127.0.0.1"
        return {"ip": self.public_address or peer, "ASN": 64500, "AS": "Example Network"}

    def show(self, request: Request) -> Response:
        """`jsonIp.php`, which is answered at most once a minute."""
        now = self.now()
        if self._shown_at is not None and now - self._shown_at < SHOW_EVERY:
            return PlainTextResponse("Too many requests", 429)
        self._shown_at = now
        return JSONResponse(self.seen(request))

    def refusal(self, request: Request) -> Response | None:
        """The refusal that is switched on for this request."""
        for kind, message in REFUSALS.items():
            if self._outcomes.take(kind, request.url.path) is not None:
                return self.answer(request, 403, message)
        return None

    def register(self, request: Request) -> Response:
        """Register the address of the request, at most once in a rolling hour."""
        address, now = str(self.seen(request)["ip"]), self.now()
        if address == self.registered:
            return self.answer(request, 200, "No change")
        if self._changed_at is not None and now - self._changed_at < CHANGE_EVERY:
            return self.answer(request, 429, "Last change too recent")
        self.registered, self._changed_at = address, now
        return self.answer(request, 200, "Completed")

    def answer(self, request: Request, status: int, message: str) -> Response:
        """The answer of `dynamicSeedbox.php`."""
        return JSONResponse({"Success": status == 200, "msg": message, **self.seen(request)}, status)
