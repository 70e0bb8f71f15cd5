"""Sends a test message to one target."""

from shared.contracts.gateway.notifications import NotificationTestResult
from shared.contracts.translatable import translatables

from gateway.notifications.kinds import Severity
from gateway.notifications.targets import Target

TITLE = "Gapless: test"
BODY = "Notifications of Gapless arrive here."


async def send_test(target: Target) -> NotificationTestResult:
    """Send a test message now, and return the result. A failure is a result, not an exception."""
    delivered = await target.address.send(TITLE, BODY, Severity.INFO)
    return NotificationTestResult(
        target=target.id,
        service=target.service,
        outcome=delivered.outcome,
        words=delivered.words,
        translatable=translatables(words=delivered.words),
    )
