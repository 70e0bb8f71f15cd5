"""Reports when a risk of the account at MyAnonamouse is near: once, and again only after a day without it."""

from datetime import timedelta

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.mam.account import AccountChecked, AccountRisk

from gateway.health_monitor.monitor import update_stored_outage
from gateway.health_monitor.outage_rule import AlertPolicy, Change
from gateway.notifications.ledger import Ledger
from gateway.notifications.messages import Notification

POLICY = AlertPolicy(down_after=timedelta(), back_after=timedelta(days=1), forget_after=timedelta(days=1))
RISKS = {
    AccountRisk.SLOTS: (NewsKind.ACCOUNT_LIMIT, "unsatisfied torrents"),
    AccountRisk.RATIO: (NewsKind.ACCOUNT_LIMIT, "ratio"),
    AccountRisk.VIP_END: (NewsKind.VIP_ENDS, "VIP status"),
    AccountRisk.SESSION_AGE: (NewsKind.SESSION_OLD, "session"),
    AccountRisk.HIT_AND_RUN: (NewsKind.HIT_AND_RUN, "seeding duty"),
}
"""The notification of each risk: its kind and its title."""


class AccountMonitor:
    """Handles each check of the account."""

    def __init__(self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock

    async def account_checked(self, event: AccountChecked) -> None:
        """Queue a notification for each risk that has become near."""
        at = event.checked_at
        for warning in event.warnings:
            kind, title = RISKS[warning.risk]
            async with self._transaction() as tx:
                outage, change = await update_stored_outage(tx, f"limit: {title}", POLICY, at, healthy=not warning.near)
                if outage is not None and change is Change.DOWN:
                    key = f"limit:{title}:{outage.bad_since.isoformat()}"
                    notification = Notification(key=key, kind=kind, at=at, title=title, words=warning.words)
                    await self._ledger.add(tx, notification, self._clock.now())
