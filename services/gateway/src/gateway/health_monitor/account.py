"""Reports when the account at MyAnonamouse is near a limit: once, and again only after a day without the problem."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from shared.chassis.bus import Bus
from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.downloads.account_limits import AccountLimits, GetAccountLimits
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.mam.account import Standing, StandingRead

from gateway.health_monitor.monitor import update_stored_outage
from gateway.health_monitor.outage_rule import AlertPolicy, Change
from gateway.notifications.ledger import Ledger
from gateway.notifications.messages import Notification

NEAR = 0.1
"""Within a tenth of a limit counts as near."""
POLICY = AlertPolicy(down_after=timedelta(), back_after=timedelta(days=1), forget_after=timedelta(days=1))


@dataclass(frozen=True)
class AccountLimit:
    """One limit of the account, and whether it is near."""

    name: str
    near: bool
    words: str


def limits_of(standing: Standing, limits: AccountLimits) -> Iterator[AccountLimit]:
    """Yield what the standing has figures for, compared with the limits that the downloader keeps."""
    if standing.unsatisfied is not None and standing.unsatisfied_limit is not None:
        limit = standing.unsatisfied_limit
        left = limit - standing.unsatisfied
        near = left <= max(ceil(limit * NEAR), limits.unsatisfied_reserve)
        yield AccountLimit("unsatisfied torrents", near, f"{standing.unsatisfied} of at most {limit}; {left} left")
    if standing.ratio is not None:
        near = standing.ratio < limits.min_ratio * (1 + NEAR)
        words = f"{standing.ratio:.2f}; below {limits.min_ratio:.2f} only freeleech is grabbed"
        yield AccountLimit("ratio", near, words)


class AccountMonitor:
    """Handles each new standing of the account."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock, bus: Bus) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock
        self._bus = bus

    async def standing_read(self, event: StandingRead) -> None:
        """Queue a notification for each limit that the account has come near.

        While the downloader does not answer, its limits are unknown, and the next standing is checked instead.
        """
        at = event.standing.read_at
        try:
            limits = await self._bus.ask(GetAccountLimits())
        except ServiceUnavailable:
            return
        for limit in limits_of(event.standing, limits):
            async with self._transaction() as tx:
                outage, change = await update_stored_outage(
                    tx, f"limit: {limit.name}", POLICY, at, healthy=not limit.near
                )
                if outage is not None and change is Change.DOWN:
                    key = f"limit:{limit.name}:{outage.bad_since.isoformat()}"
                    notification = Notification(
                        key=key, kind=NewsKind.ACCOUNT_LIMIT, at=at, title=limit.name, words=limit.words
                    )
                    await self._ledger.add(tx, notification, self._clock.now())
