"""/api/notifications: the messages that were sent, the targets, and a test"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from shared.chassis.errors import NotFound
from shared.contracts.gateway.notifications import (
    MessageStatus,
    NewsKind,
    NotificationMessage,
    NotificationTarget,
    NotificationTest,
    NotificationTestResult,
)
from shared.contracts.page import Limit, Offset, Page

from gateway.http.problems import problems
from gateway.notifications.history import History
from gateway.notifications.target_test import send_test
from gateway.notifications.targets import Target

router = APIRouter(prefix="/api/notifications", tags=["notifications"], responses=problems())


async def _targets(request: Request) -> list[Target]:
    targets: list[Target] = request.app.state.notification_targets
    return targets


async def _history(request: Request) -> History:
    history: History = request.app.state.notification_history
    return history


Targets = Annotated[list[Target], Depends(_targets)]


HistoryDep = Annotated[History, Depends(_history)]


@router.get("", summary="List notifications")
async def list_notifications(
    history: HistoryDep,
    kind: Annotated[NewsKind | None, Query()] = None,
    status: Annotated[MessageStatus | None, Query()] = None,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Page[NotificationMessage]:
    """The messages that were sent, newest first, each with its result."""
    return await history.messages(limit, offset, kind=kind, status=status)


@router.get("/targets", summary="List notification targets")
async def list_notification_targets(targets: Targets, history: HistoryDep) -> list[NotificationTarget]:
    """The targets in `NOTIFY_URLS`, without their secrets."""
    return await history.of_targets(targets)


@router.post("/test", responses=problems(404), summary="Send a test notification")
async def test_notifications(targets: Targets, test: NotificationTest) -> list[NotificationTestResult]:
    """Send a test message to one target or to all, even in quiet hours, and return the results."""
    chosen = [target for target in targets if test.target in (None, target.id)]
    if not chosen:
        known = ", ".join(target.id for target in targets)
        raise NotFound(f"unknown target; choose one of: {known}" if known else "there is no target: set NOTIFY_URLS")
    return list(await asyncio.gather(*(send_test(target) for target in chosen)))
