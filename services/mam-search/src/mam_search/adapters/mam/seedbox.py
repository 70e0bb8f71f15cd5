"""Registers our address at the tracker with `dynamicSeedbox.php`, at most once an hour."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import httpx
from pydantic import BaseModel, TypeAdapter
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteThrottled
from shared.chassis.http import retry_after
from shared.chassis.rate_limiter import NotNeeded
from shared.contracts.mam.seedbox import Seedbox, SeedboxState
from shared.contracts.mam.sessions import SessionKind
from shared.translatable import translatable

from mam_search.adapters.mam.account_rules import SYSTEM
from mam_search.adapters.mam.refusal_texts import refusal_state
from mam_search.adapters.mam.requests import TrackerRequests
from mam_search.adapters.mam.schemas import Text
from mam_search.domain.refusals import SessionRefused
from mam_search.domain.seedbox import not_registered

PATH = "/json/dynamicSeedbox.php"
TOO_RECENT = "too recent"
_TOO_RECENT = translatable(
    "account.too_recent", "the last change is less than an hour old; the address is sent again when it has passed"
)
_REFUSED = translatable("account.registration_refused", "the registration was refused")


class _Answer(BaseModel):
    msg: Text = ""
    ip: Text = ""
    ASN: Text = ""
    AS: Text = ""


_ANSWER = TypeAdapter(_Answer)


class SeedboxRegistration:
    """The endpoint of the tracker that registers the address a request comes from."""

    def __init__(self, requests: TrackerRequests) -> None:
        self._requests = requests

    async def register(self, now: datetime, claim: Callable[[], Awaitable[bool]]) -> Seedbox | None:
        """Register our address. `claim` is called when the turn has come; nothing is sent if it returns False.

        Raises `SessionRefused` with the reason of the site, and the other `RemoteError`s.
        """
        try:
            return await self._requests.request(
                PATH, {}, lambda response: self._seedbox(response, now), accepted=(401, 403, 429), still_needed=claim
            )
        except NotNeeded:
            return None

    def _seedbox(self, response: httpx.Response, now: datetime) -> Seedbox:
        """The statuses and texts are those of the site: 200 Completed or No change, 429 Last change too recent, 403."""
        if response.status_code == 429 and TOO_RECENT not in response.text.casefold():
            raise RemoteThrottled(SYSTEM, f"GET {PATH} returned 429", retry_after(response))
        if response.status_code in (401, 403) and not response.content.lstrip().startswith(b"{"):
            raise SessionRefused(SessionKind.API, refusal_state(response.text[:2_000]), _REFUSED)
        answer = self._requests.json(response, _ANSWER)
        if response.status_code in (401, 403):
            raise SessionRefused(SessionKind.API, refusal_state(answer.msg), _answered(answer.msg))
        network = f"AS{answer.ASN} {answer.AS}".strip() if answer.ASN else answer.AS
        if response.status_code == 429:
            return not_registered(SeedboxState.TOO_RECENT, _TOO_RECENT)
        if answer.msg.casefold() not in ("completed", "no change") or not answer.ip:
            raise RemoteAnsweredNonsense(SYSTEM, f"GET {PATH} answered {answer.msg[:200]!r}")
        return Seedbox(state=SeedboxState.REGISTERED, address=answer.ip, network=network, registered_at=now)


def _answered(text: str) -> str:
    quoted = repr(text[:200])
    return translatable("account.site_answered", f"the site answered {quoted}", answer=quoted)
