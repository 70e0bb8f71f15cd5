"""Sends due messages, one at a time to each target."""

import asyncio
from collections.abc import Sequence

from shared.chassis.clock import Clock
from shared.chassis.logging import logger
from shared.contracts.gateway.notifications import NewsKind, Outcome
from sqlalchemy.exc import SQLAlchemyError

from gateway.notifications.delivery import SEND_TIMEOUT_SECONDS, DeliveryResult
from gateway.notifications.kinds import BY_KIND
from gateway.notifications.ledger import Claimed, Ledger
from gateway.notifications.quiet_hours import QuietHours
from gateway.notifications.targets import Target

LOOK_EVERY_SECONDS = 2.0
MARK_AGAIN_SECONDS = 5.0


class Notifier:
    """Claims, sends and records messages. `urgent` kinds are also sent in quiet hours; the others wait."""

    def __init__(
        self,
        ledger: Ledger,
        targets: Sequence[Target],
        clock: Clock,
        *,
        quiet: QuietHours | None = None,
        urgent: frozenset[NewsKind] = frozenset(),
    ) -> None:
        self._ledger = ledger
        self._targets = targets
        self._clock = clock
        self._quiet = quiet
        self._urgent = urgent
        self._in_progress: set[asyncio.Task[None]] = set()
        self._log = logger(service="gateway")

    async def begin(self) -> None:
        """Register the targets, before anything is queued for them."""
        await self._ledger.register_targets(self._clock.now())

    async def run(self) -> None:
        """Send until cancelled. Survives lost connections; a slow target does not delay the others."""
        await asyncio.gather(*(self._keep_sending(target) for target in self._targets))

    async def finish(self) -> None:
        """Wait for messages that are being sent. Their results would otherwise be unknown."""
        if self._in_progress:
            await asyncio.wait(self._in_progress, timeout=SEND_TIMEOUT_SECONDS)

    async def send_due(self, target: Target) -> int:
        """Send all due messages of one target. Returns their number."""
        sent = 0
        while claimed := await self._ledger.claim(target, self._kinds_now(), self._clock.now()):
            task = asyncio.create_task(self._send(target, claimed))
            self._in_progress.add(task)
            task.add_done_callback(self._in_progress.discard)
            await asyncio.shield(task)
            sent += 1
        return sent

    async def _keep_sending(self, target: Target) -> None:
        while True:
            try:
                if dead := await self._ledger.mark_abandoned_unknown(self._clock.now()):
                    self._log.warning("notifications_unknown", messages=dead)
                await self.send_due(target)
            except (SQLAlchemyError, OSError) as error:
                self._log.warning("notifications_delayed", because=type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    def _kinds_now(self) -> list[NewsKind]:
        quiet = self._quiet is not None and self._quiet.include(self._clock.now())
        return [kind for kind in NewsKind if not quiet or kind in self._urgent]

    async def _send(self, target: Target, claimed: Claimed) -> None:
        delivered = await target.address.send(claimed.title, claimed.body, BY_KIND[claimed.kind].severity)
        level = "info" if delivered.outcome is Outcome.SENT else "warning"
        values = {"target": target.id, "kind": claimed.kind.value, "outcome": delivered.outcome.value}
        getattr(self._log, level)("notification_sent", **values, because=delivered.words, attempt=claimed.attempts)
        await self._mark(claimed, delivered)

    async def _mark(self, claimed: Claimed, delivered: DeliveryResult) -> None:
        """Record the result, and retry while Postgres is unavailable. Without it the message would become `unknown`."""
        while True:
            try:
                return await self._ledger.record_result(claimed, delivered, self._clock.now())
            except (SQLAlchemyError, OSError) as error:
                self._log.warning("notification_result_not_stored", because=type(error).__name__)
                await asyncio.sleep(MARK_AGAIN_SECONDS)
