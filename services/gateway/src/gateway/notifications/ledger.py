"""The queue of notifications in Postgres, which ensures that nothing is sent twice.

A process claims a message in a separate transaction before it sends it, and only that process sends it. If the process
dies, it is unknown whether the message arrived: its status becomes `unknown`, and it is not sent again.
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
from gateway.notifications.kinds import BY_KIND
from gateway.notifications.messages import Notification
from gateway.notifications.targets import Target
from gateway.notifications.templates import Templates
from gateway.postgres.tables import NotificationMessageRow, NotificationRow, NotificationTargetRow

ABANDONED_AFTER = timedelta(seconds=10 * SEND_TIMEOUT_SECONDS)
"""A message that has been `sending` for this long belongs to a process that died."""


SHORT_DELAY = timedelta(seconds=5)
"""Immediate kinds still wait this long for notifications of the same incident."""


ABANDONED = "the gateway stopped while it was sending this; it may have arrived and is not sent again"


RETRY_DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
"""The delays before the second, third, … attempt of a message that certainly did not arrive."""


@dataclass(frozen=True)
class Claimed:
    """A message that the holder of this object must send now."""

    id: UUID
    kind: NewsKind
    title: str
    body: str
    attempts: int


class Ledger:
    """Stores notifications, hands out due messages, and records their results."""

    def __init__(
        self, transaction: Transactions[Transaction], targets: Sequence[Target], templates: Templates, group: timedelta
    ) -> None:
        self._transaction = transaction
        self._targets = targets
        self._templates = templates
        self._group = group

    async def register_targets(self, now: datetime) -> None:
        """Add new targets. Delete removed targets with their pending notifications."""
        known, row = [target.id for target in self._targets], NotificationTargetRow
        async with self._transaction() as tx:
            for target in self._targets:
                await _rename_former(tx, target)
            await tx.session.execute(delete(row).where(row.id.not_in(known)))
            waiting = NotificationRow.message_id.is_(None)
            await tx.session.execute(delete(NotificationRow).where(waiting, NotificationRow.target.not_in(known)))
            for target in self._targets:
                values = {"id": target.id, "service": target.service, "added_at": now}
                await tx.session.execute(insert(row).values(values).on_conflict_do_nothing())

    async def add(self, tx: Transaction, notification: Notification, now: datetime) -> None:
        """Queue a notification for each target that wants its kind and existed when it happened."""
        wanting = [target.id for target in self._targets if notification.kind in target.kinds]
        if not wanting:
            return
        row = NotificationTargetRow
        there = await tx.session.scalars(select(row.id).where(row.id.in_(wanting), row.added_at <= notification.at))
        common = {
            "key": notification.key,
            "kind": notification.kind.value,
            "news": notification.model_dump(mode="json"),
            "noted_at": now,
            "due_at": now + (min(self._group, SHORT_DELAY) if BY_KIND[notification.kind].immediate else self._group),
        }
        for target in there:
            values = {**common, "target": target}
            await tx.session.execute(insert(NotificationRow).values(values).on_conflict_do_nothing())

    async def kind_of(self, tx: Transaction, key: str) -> NewsKind | None:
        """Return the kind under which a notification was queued, or None if it was queued for no target."""
        row = NotificationRow
        kind = await tx.session.scalar(select(row.kind).where(row.key == key).limit(1))
        return None if kind is None else NewsKind(kind)

    async def claim(self, target: Target, kinds: Sequence[NewsKind], now: datetime) -> Claimed | None:
        """Claim the next due message of these kinds for a target. Returns None if no message is due."""
        async with self._transaction() as tx:
            return await self._claim_retry(tx, target, kinds, now) or await self._claim_new(tx, target, kinds, now)

    async def record_result(self, claimed: Claimed, delivered: DeliveryResult, now: datetime) -> None:
        """Store the result of a message. A message that certainly did not arrive is retried after `RETRY_DELAYS`."""
        row = NotificationMessageRow
        values: dict[str, Any] = {"words": delivered.words, "ended_at": now, "next_attempt_at": None}
        if delivered.outcome is Outcome.REFUSED and claimed.attempts <= len(RETRY_DELAYS):
            again_at = now + RETRY_DELAYS[claimed.attempts - 1]
            values |= {"status": MessageStatus.WAITING.value, "ended_at": None, "next_attempt_at": again_at}
        else:
            values["status"] = _FINAL_STATUS[delivered.outcome].value
        async with self._transaction() as tx:
            await tx.session.execute(update(row).where(row.id == claimed.id).values(values))

    async def mark_abandoned_unknown(self, now: datetime) -> int:
        """Set messages whose sender died to `unknown`. Returns their number."""
        row = NotificationMessageRow
        values = {"status": MessageStatus.UNKNOWN.value, "words": ABANDONED, "ended_at": now}
        dead = (row.status == MessageStatus.SENDING.value) & (row.claimed_at < now - ABANDONED_AFTER)
        async with self._transaction() as tx:
            found = await tx.session.execute(update(row).where(dead).values(values).returning(row.id))
            return len(found.all())

    async def _claim_retry(
        self, tx: Transaction, target: Target, kinds: Sequence[NewsKind], now: datetime
    ) -> Claimed | None:
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

    async def _claim_new(
        self, tx: Transaction, target: Target, kinds: Sequence[NewsKind], now: datetime
    ) -> Claimed | None:
        """Compose one message of all pending notifications of a kind that is due."""
        kind = await tx.session.scalar(_kind_due(target, kinds, now))
        if kind is None:
            return None
        row = NotificationRow
        waiting = select(row).where(row.target == target.id, row.kind == kind, row.message_id.is_(None))
        # Another replica may be composing too. Its locked rows go with its message, and newer rows may not be due yet.
        acquired = (await tx.session.scalars(waiting.order_by(row.noted_at).with_for_update(skip_locked=True))).all()
        if not acquired or min(each.due_at for each in acquired) > now:
            return None
        notifications = [Notification.model_validate(each.news) for each in acquired]
        notifications.sort(key=lambda each: each.at)
        title, body = self._templates.render(NewsKind(kind), notifications)
        message = NotificationMessageRow(
            id=uuid4(), target=target.id, kind=kind, title=title, body=body, items=len(acquired), attempts=1,
            status=MessageStatus.SENDING.value, created_at=now, claimed_at=now,
        )  # fmt: skip
        tx.session.add(message)
        for each in acquired:
            each.message_id = message.id
        return _claimed(message)


_FINAL_STATUS = {
    Outcome.SENT: MessageStatus.SENT,
    Outcome.REFUSED: MessageStatus.FAILED,
    Outcome.UNKNOWN: MessageStatus.UNKNOWN,
}


async def _rename_former(tx: Transaction, target: Target) -> None:
    """Give a target that was registered with a former SECRET_KEY its new id, unless it is registered with both."""
    row = NotificationTargetRow
    registered = {*await tx.session.scalars(select(row.id).where(row.id.in_([target.id, *target.former_ids])))}
    if not registered or target.id in registered:
        return
    former = next(each for each in target.former_ids if each in registered)
    await tx.session.execute(update(row).where(row.id == former).values(id=target.id))
    for table in (NotificationRow, NotificationMessageRow):
        await tx.session.execute(update(table).where(table.target == former).values(target=target.id))


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
