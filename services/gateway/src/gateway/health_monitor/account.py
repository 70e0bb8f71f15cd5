"""The account at MyAnonamouse, near a limit: told once, and again only after it was well for a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.contracts.gateway.notifications import NewsKind
from shared.contracts.mam.account import Standing, StandingRead

from gateway.health_monitor.monitor import observe
from gateway.health_monitor.outage_rule import AlertPolicy, Change
from gateway.notifications.ledger import Ledger
from gateway.notifications.messages import Notification

NEAR = 0.1
"""A tenth of a limit away from it is near."""
POLICY = AlertPolicy(patience=timedelta(), calm=timedelta(days=1), gap=timedelta(days=1))


@dataclass(frozen=True)
class AccountRules:
    """What the account must keep, as the downloader's settings say."""

    min_ratio: float
    unsatisfied_reserve: int


@dataclass(frozen=True)
class AccountLimit:
    """One limit of the account, and whether it is near."""

    name: str
    near: bool
    words: str


def limits_of(standing: Standing, rules: AccountRules) -> Iterator[AccountLimit]:
    """The limits that the standing tells of."""
    if standing.unsatisfied is not None and standing.unsatisfied_limit is not None:
        limit = standing.unsatisfied_limit
        left = limit - standing.unsatisfied
        near = left <= max(ceil(limit * NEAR), rules.unsatisfied_reserve)
        yield AccountLimit("unsatisfied torrents", near, f"{standing.unsatisfied} of at most {limit}; {left} left")
    if standing.ratio is not None:
        near = standing.ratio < rules.min_ratio * (1 + NEAR)
        words = f"{standing.ratio:.2f}; below {rules.min_ratio:.2f} only freeleech is grabbed"
        yield AccountLimit("ratio", near, words)


class AccountMonitor:
    """Hears each standing that was read."""

    def __init__(
        self, transaction: Transactions[Transaction], ledger: Ledger, clock: Clock, rules: AccountRules
    ) -> None:
        self._transaction = transaction
        self._ledger = ledger
        self._clock = clock
        self._rules = rules

    async def standing_read(self, event: StandingRead) -> None:
        at = event.standing.read_at
        for limit in limits_of(event.standing, self._rules):
            async with self._transaction() as tx:
                illness, change = await observe(tx, f"limit: {limit.name}", POLICY, at, well=not limit.near)
                if illness is not None and change is Change.DOWN:
                    key = f"limit:{limit.name}:{illness.bad_since.isoformat()}"
                    news = Notification(
                        key=key, kind=NewsKind.ACCOUNT_LIMIT, at=at, title=limit.name, words=limit.words
                    )
                    await self._ledger.note(tx, news, self._clock.now())
