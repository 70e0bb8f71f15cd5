"""/api/system/diagnostics: the state of everything, for troubleshooting"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from shared.contracts.areas import Area
from shared.contracts.gateway.diagnostics import Diagnostics
from shared.contracts.page import Page
from shared.contracts.system import FailedMessage, ListFailedMessages, ResendFailedMessage

from gateway.diagnostics.report import DiagnosticsReporter
from gateway.http.dependencies import BusDep
from gateway.http.problems import problems

router = APIRouter(prefix="/api/system/diagnostics", tags=["system"], responses=problems())


async def _reporter(request: Request) -> DiagnosticsReporter:
    reporter: DiagnosticsReporter = request.app.state.diagnostics
    return reporter


@router.get("", summary="Show the diagnostics")
async def get_diagnostics(reporter: Annotated[DiagnosticsReporter, Depends(_reporter)]) -> Diagnostics:
    """Services, versions, schema revisions, streams and lags, failed messages, disk, limits, egress and clocks."""
    return await reporter.report()


@router.post("/{area}/resend", status_code=202, responses=problems(404), summary="Resend a failed message")
async def resend_failed_message(bus: BusDep, area: Area, request: ResendFailedMessage) -> FailedMessage:
    """Deliver a failed message to its consumer again. It is deleted once it is handled."""
    return await bus.ask(request, of=area)


@router.get("/{area}/failed", summary="List failed messages")
async def list_failed_messages(
    bus: BusDep, area: Area, query: Annotated[ListFailedMessages, Query()]
) -> Page[FailedMessage]:
    """The failed messages of one service, newest first. They are kept for 90 days."""
    return await bus.ask(query, of=area)
