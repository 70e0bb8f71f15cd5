"""/api/webhooks: calls from other systems, with a secret instead of an API key"""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from pydantic import BaseModel, Field, SecretStr
from shared.chassis.errors import NotFound, Refused
from shared.contracts.problem import Problem

from gateway.workflow.scan_debouncer import ScanDebouncer

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"])

_REFUSALS = {401: "the secret is missing or wrong", 404: "the webhook is not set up"}


class WrongSecret(Refused):
    """The secret of the webhook is missing or wrong."""

    code = "wrong_secret"
    status = 401
    title = "Wrong webhook secret"


class ScanRequested(BaseModel):
    """A library scan starts within one or two minutes."""

    task: str = Field("library_scan", description="the task that will run once for all requests until then")


@router.post(
    "/audiobookshelf",
    status_code=202,
    summary="Report a change in Audiobookshelf",
    responses={status: {"model": Problem, "description": words} for status, words in _REFUSALS.items()},
)
async def hear_audiobookshelf(
    request: Request,
    x_webhook_secret: Annotated[
        str | None, Header(max_length=500, description="the setting ABS_WEBHOOK_SECRET")
    ] = None,
    secret: Annotated[
        str | None, Query(max_length=500, description="the same, for clients that cannot send a header")
    ] = None,
) -> ScanRequested:
    """Request a library scan, which refreshes the metadata of new books at once. The body is ignored; any number of
    calls starts at most one scan a minute.

    Audiobookshelf 2.36 does not report new books by itself. Call this from an import script, or from a notification of
    Audiobookshelf through Apprise. Without it, the task `library_scan` scans every 30 minutes.
    """
    wanted: SecretStr | None = request.app.state.webhook_secret
    if wanted is None:
        raise NotFound("the webhook is off: set ABS_WEBHOOK_SECRET")
    received = x_webhook_secret or secret or ""
    if not hmac.compare_digest(received.encode(), wanted.get_secret_value().encode()):
        request.app.state.limits.count_failure(request.scope)
        raise WrongSecret("send ABS_WEBHOOK_SECRET in the header X-Webhook-Secret or the query parameter secret")
    debouncer: ScanDebouncer = request.app.state.scan_debouncer
    debouncer.request_scan()
    return ScanRequested()
