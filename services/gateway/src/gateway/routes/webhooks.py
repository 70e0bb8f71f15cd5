"""/api/webhooks: told by Audiobookshelf, or by what stands beside it, with a secret of its own instead of an API key"""

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
    """A webhook without its secret, or with another."""

    code = "wrong_secret"
    status = 401
    title = "Wrong webhook secret"


class ScanRequested(BaseModel):
    """A library scan follows within a minute or two."""

    task: str = Field("library_scan", description="the task that runs soon, once for all that asked meanwhile")


@router.post(
    "/audiobookshelf",
    status_code=202,
    summary="The library changed",
    responses={status: {"model": Problem, "description": words} for status, words in _REFUSALS.items()},
)
async def hear_audiobookshelf(
    request: Request,
    x_webhook_secret: Annotated[
        str | None, Header(max_length=500, description="the setting ABS_WEBHOOK_SECRET")
    ] = None,
    secret: Annotated[str | None, Query(max_length=500, description="the same, for what can send no header")] = None,
) -> ScanRequested:
    """Scan the library soon. Whatever the body says is not read; any number of calls leads to one scan a minute.

    Audiobookshelf (2.36) tells nobody of a new book by itself, so this is for what imports beside it, and for its own
    notifications through Apprise; without either the task `library_scan` looks every 30 minutes.
    """
    wanted: SecretStr | None = request.app.state.webhook_secret
    if wanted is None:
        raise NotFound("the webhook is not set up: set ABS_WEBHOOK_SECRET")
    given = x_webhook_secret or secret or ""
    if not hmac.compare_digest(given.encode(), wanted.get_secret_value().encode()):
        request.app.state.limits.count_failure(request.scope)
        raise WrongSecret("give ABS_WEBHOOK_SECRET in the header X-Webhook-Secret or the query secret")
    scanning: ScanDebouncer = request.app.state.scan_debouncer
    scanning.want()
    return ScanRequested()
