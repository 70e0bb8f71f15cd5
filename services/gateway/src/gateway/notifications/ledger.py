"""What was told to whom, in Postgres: the one place that keeps anything from being told twice.

A message is claimed before it is sent, in a transaction of its own. Whoever claimed it is the only one that sends it,
and when that process dies nobody knows whether it arrived: it is then `unknown`, and not sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.chassis.database import Transaction, Transactions
from shared.contracts.gateway.notifications import MessageStatus, NewsKind, Outcome
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.notifications.delivery import SEND_TIMEOUT_SECONDS, DeliveryResult
from gateway.notifications.messages import IMMEDIATE, Notification
from gateway.notifications.targets import Target
from gateway.notifications.templates import Templates
from gateway.postgres.tables import NotificationMessageRow, NotificationRow, NotificationTargetRow

ABANDONED_AFTER = timedelta(seconds=10 * SEND_TIMEOUT_SECONDS)
"""A message that is said to be on its way for so long was left behind by a process that died."""


SHORT_DELAY = timedelta(seconds=5)
"""What is told at once waits so long for what happened with it."""


ABANDONED = "the gateway was stopped while it sent this: whether it arrived is not known, and it is not sent again"


RETRY_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""Before the second, third, … attempt of a message that surely did not arrive."""


@dataclass(frozen=True)
class Claimed:
    """A message that is to be sent now, by whoever holds this."""

    id: UUID
    kind: NewsKind
    title: str
    body: str
    attempts: int


class Ledger:
    """Takes news, gives out messages that are due, and keeps what came of them."""

    def __init__(
        self, transaction: Transactions[Transaction], targets: Sequence[Target], templates: Templates, group: timedelta
    ) -> None:
        self._transaction = transaction
        self._targets = targets
        self._templates = templates
        self._group = group

    async def register_targets(self, now: datetime) -> None:
        """Enter targets that are new; those that are gone leave with what waited for them."""
        known, row = [target.id for target in self._targets], NotificationTargetRow
        async with self._transaction() as tx:
            await tx.session.execute(delete(row).where(row.id.not_in(known)))
            waiting = NotificationRow.message_id.is_(None)
            await tx.session.execute(delete(NotificationRow).where(waiting, NotificationRow.target.not_in(known)))
            for target in self._targets:
                values = {"id": target.id, "service": target.service, "added_at": now}
                await tx.session.execute(insert(row).values(values).on_conflict_do_nothing())

    async def note(self, tx: Transaction, news: Notification, now: datetime) -> None:
        """Keep what is to be told, for each target that wants its kind and was there when it happened."""
        wanting = [target.id for target in self._targets if news.kind in target.kinds]
        if not wanting:
            return
        row = NotificationTargetRow
        there = await tx.session.scalars(select(row.id).where(row.id.in_(wanting), row.added_at <= news.at))
        common = {
            "key": news.key,
            "kind": news.kind.value,
            "news": news.model_dump(mode="json"),
            "noted_at": now,
            "due_at": now + (min(self._group, SHORT_DELAY) if news.kind in IMMEDIATE else self._group),
        }
        for target in there:
            values = {**common, "target": target}
            await tx.session.execute(insert(NotificationRow).values(values).on_conflict_do_nothing())

    async def kind_of(self, tx: Transaction, key: str) -> NewsKind | None:
        """As what a thing was told, or is to be; None when it is to nobody."""
        row = NotificationRow
        kind = await tx.session.scalar(select(row.kind).where(row.key == key).limit(1))
        return None if kind is None else NewsKind(kind)

    async def claim(self, target: Target, kinds: Sequence[NewsKind], now: datetime) -> Claimed | None:
        """The next message for a target that is due, of these kinds; None when none is."""
        async with self._transaction() as tx:
            return await self._again(tx, target, kinds, now) or await self._compose(tx, target, kinds, now)

    async def ended(self, claimed: Claimed, delivered: DeliveryResult, now: datetime) -> None:
        """Keep what came of a message; one that surely did not arrive is tried again by the ladder."""
        row = NotificationMessageRow
        values: dict[str, Any] = {"words": delivered.words, "ended_at": now, "next_attempt_at": None}
        if delivered.outcome is Outcome.REFUSED and claimed.attempts <= len(RETRY_DELAYS):
            again_at = now + RETRY_DELAYS[claimed.attempts - 1]
            values |= {"status": MessageStatus.WAITING.value, "ended_at": None, "next_attempt_at": again_at}
        else:
            values["status"] = _ENDS[delivered.outcome].value
        async with self._transaction() as tx:
            await tx.session.execute(update(row).where(row.id == claimed.id).values(values))

    async def mark_abandoned_unknown(self, now: datetime) -> int:
        """Messages whose sender died are `unknown` from now on. Returns how many there were."""
        row = NotificationMessageRow
        values = {"status": MessageStatus.UNKNOWN.value, "words": ABANDONED, "ended_at": now}
        dead = (row.status == MessageStatus.SENDING.value) & (row.claimed_at < now - ABANDONED_AFTER)
        async with self._transaction() as tx:
            found = await tx.session.execute(update(row).where(dead).values(values).returning(row.id))
            return len(found.all())

    async def _again(self, tx: Transaction, target: Target, kinds: Sequence[NewsKind], now: datetime) -> Claimed | None:
        row = NotificationMessageRow
        due = (
            select(row)
            .where(row.status == MessageStatus.WAITING.value, row.next_attempt_at <= now)
            .where(row.target == target.id, row.kind.in_(_values(kinds)))
            .order_by(row.next_attempt_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        message = await tx.session.scalar(due)
        if message is None:
            return None
        message.status, message.claimed_at, message.attempts = MessageStatus.SENDING.value, now, message.attempts + 1
        return _claimed(message)

    async def _compose(
        self, tx: Transaction, target: Target, kinds: Sequence[NewsKind], now: datetime
    ) -> Claimed | None:
        """One message of all that waits of the kind whose time has come."""
        kind = await tx.session.scalar(_kind_due(target, kinds, now))
        if kind is None:
            return None
        row = NotificationRow
        waiting = select(row).where(row.target == target.id, row.kind == kind, row.message_id.is_(None))
        # Another replica may be at it: what it has locked goes with its message, and what came since has its own time.
        taken = (await tx.session.scalars(waiting.order_by(row.noted_at).with_for_update(skip_locked=True))).all()
        if not taken or min(each.due_at for each in taken) > now:
            return None
        told = sorted((Notification.model_validate(each.news) for each in taken), key=lambda news: news.at)
        title, body = self._templates.render(NewsKind(kind), told)
        message = NotificationMessageRow(
            id=uuid4(), target=target.id, kind=kind, title=title, body=body, items=len(taken), attempts=1,
            status=MessageStatus.SENDING.value, created_at=now, claimed_at=now,
        )  # fmt: skip
        tx.session.add(message)
        for each in taken:
            each.message_id = message.id
        return _claimed(message)


_ENDS = {
    Outcome.SENT: MessageStatus.SENT,
    Outcome.REFUSED: MessageStatus.FAILED,
    Outcome.UNKNOWN: MessageStatus.UNKNOWN,
}


def _kind_due(target: Target, kinds: Sequence[NewsKind], now: datetime) -> Select[str]:
    row = NotificationRow
    return (
        select(row.kind)
        .where(row.target == target.id, row.kind.in_(_values(kinds)), row.message_id.is_(None))
        .group_by(row.kind)
        .having(func.min(row.due_at) <= now)
        .order_by(func.min(row.due_at))
        .limit(1)
    )


def _values(kinds: Sequence[NewsKind]) -> list[str]:
    return [kind.value for kind in kinds]


def _claimed(row: NotificationMessageRow) -> Claimed:
    return Claimed(row.id, NewsKind(row.kind), row.title, row.body, row.attempts)
