"""Spends points and wedges: never twice, and never without the ledger.

Each purchase is stored before its request is sent. While its result is unknown, nothing else is bought, and it is
settled only by a balance that was read later. Nothing is repeated.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.mam.account import Standing
from shared.contracts.mam.spending import Balance, Spending, SpendingKind, SpendingState
from shared.translatable import translatable

from mam_search.domain.account_ports import AccountTransaction, AccountTransactions, Store, StoreAnswer
from mam_search.domain.grab_rule import SHOWN_AFTER
from mam_search.domain.spending import (
    ONCE_WITHIN,
    SETTLED_AFTER,
    Purchase,
    balance,
    known_balance,
    lacks_a_wedge,
    was_spent,
)
from mam_search.workflow.standing_reader import StandingReader

Decide = Callable[[Standing, int], Purchase | None]
"""The purchase to make with this balance and this many wedges spent today, or None."""
_ANSWER_LOST = translatable("account.answer_lost", "the answer was lost; the balance shows the result")


class Spender:
    """Makes purchases and settles those whose answer was lost."""

    def __init__(
        self, transaction: AccountTransactions, store: Store, standing_reader: StandingReader, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._store = store
        self._standing_reader = standing_reader
        self._clock = clock

    async def spend(self, decide: Decide) -> Spending | None:
        """Make the purchase that is decided with the current balance, which is read first.

        None if none is made: nothing was decided, another purchase is open, it was made before, or it is a wedge and
        the balance may lack the last one. The entry is still `requested` if the answer was lost. Raises the
        `RemoteError` family if the balance cannot be read first.
        """
        standing = await self._standing_reader.read()
        begun = await self._begin(standing, decide)
        if begun is None:
            return None
        entry, purchase = begun
        log = logger().bind(purchase=purchase.kind.value, amount=purchase.amount, why=purchase.why)
        try:
            answer = await self._store.buy(purchase, self._clock.now())
        except RemoteError as error:
            log.warning("purchase_result_unknown", because=error.detail)
            return entry
        state = SpendingState.SPENT if answer.bought else SpendingState.NOT_SPENT
        after = await self._balance_after(answer) if answer.bought else entry.before
        async with self._transaction() as tx:
            await tx.ledger.end(entry.id, state, answer=answer.words, after=after, now=self._clock.now())
            ended = await tx.ledger.get(entry.id)
        log.info("purchase_ended", state=ended.state.value, answer=answer.words)
        return ended

    async def settle(self, standing: Standing) -> bool:
        """Settle the purchase whose answer was lost with this balance. False if one stays open: the balance is older.

        The site caches its figures, so that a balance counts only some time after the purchase.
        """
        async with self._transaction() as tx:
            return await self._settle(tx, standing)

    async def _settle(self, tx: AccountTransaction, standing: Standing) -> bool:
        purchase = await tx.ledger.open()
        if purchase is None:
            return True
        entry = purchase.entry
        if standing.read_at < entry.requested_at + SETTLED_AFTER:
            return False
        spent = was_spent(entry, purchase.vip_until_before, standing)
        state = SpendingState.SPENT if spent else SpendingState.NOT_SPENT
        await tx.ledger.end(entry.id, state, answer=_ANSWER_LOST, after=balance(standing), now=self._clock.now())
        logger().info("purchase_settled", purchase=entry.kind.value, state=state.value)
        return True

    async def _begin(self, standing: Standing, decide: Decide) -> tuple[Spending, Purchase] | None:
        now = self._clock.now()
        async with self._transaction() as tx:
            if not await self._settle(tx, standing):
                return None
            today = await tx.ledger.spent_since(SpendingKind.WEDGE, midnight(now))
            recent = await tx.ledger.recent(now - SHOWN_AFTER)
            known = known_balance(standing, recent)
            purchase = decide(known, today)
            if purchase is None or await self._was_made(tx, purchase, now):
                return None
            if purchase.kind is SpendingKind.WEDGE and lacks_a_wedge(standing, recent):
                logger().info("wedge_not_spent", because="the balance may lack the last wedge")
                return None
            entry_id = await tx.ledger.begin(purchase, known, now)
            return None if entry_id is None else (await tx.ledger.get(entry_id), purchase)

    async def _was_made(self, tx: AccountTransaction, purchase: Purchase, now: datetime) -> bool:
        if purchase.kind is SpendingKind.WEDGE:
            return False
        return await tx.ledger.spent_since(purchase.kind, now - ONCE_WITHIN) > 0

    async def _balance_after(self, answer: StoreAnswer) -> Balance | None:
        """The balance after a purchase, with the points that the store answered; None if it cannot be read now."""
        try:
            after = balance(await self._standing_reader.read())
        except RemoteError:
            return None
        return after if answer.bonus_points is None else after.model_copy(update={"bonus_points": answer.bonus_points})


def midnight(now: datetime) -> datetime:
    """The start of the day in UTC, as the caps of a day count it."""
    return now - timedelta(hours=now.hour, minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
