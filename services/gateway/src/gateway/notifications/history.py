"""Reads the sent and pending notifications for the API."""

from collections.abc import Sequence

from shared.chassis.database import Transaction, Transactions
from shared.contracts.gateway.notifications import MessageStatus, NewsKind, NotificationMessage, NotificationTarget
from shared.contracts.page import Page
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from gateway.notifications.targets import Target
from gateway.postgres.tables import NotificationMessageRow, NotificationRow


class History:
    """Queries the messages of the ledger."""

    def __init__(self, transaction: Transactions[Transaction]) -> None:
        self._transaction = transaction

    async def messages(
        self, limit: int, offset: int, *, kind: NewsKind | None, status: MessageStatus | None
    ) -> Page[NotificationMessage]:
        """Return one page of messages, newest first."""
        row = NotificationMessageRow
        wanted = [row.kind == kind.value] if kind else []
        wanted += [row.status == status.value] if status else []
        newest = select(row).where(*wanted).order_by(row.created_at.desc(), row.id).limit(limit).offset(offset)
        async with self._transaction() as tx:
            total = await tx.session.scalar(select(func.count()).select_from(row).where(*wanted)) or 0
            found = (await tx.session.scalars(newest)).all()
        items = [NotificationMessage.model_validate(each, from_attributes=True) for each in found]
        return Page(items=items, total=total, limit=limit, offset=offset)

    async def of_targets(self, targets: Sequence[Target]) -> list[NotificationTarget]:
        """Return how these targets are shown: without their secrets, each with its last message."""
        waiting, last = await self.waiting(), await self.last()
        return [
            NotificationTarget(
                id=target.id,
                service=target.service,
                kinds=sorted(target.kinds),
                waiting=waiting.get(target.id, 0),
                last=last.get(target.id),
            )
            for target in targets
        ]

    async def last(self) -> dict[str, NotificationMessage]:
        """Return the newest message to each target, by target id."""
        row = NotificationMessageRow
        newest = select(row).ext(distinct_on(row.target)).order_by(row.target, row.created_at.desc())
        async with self._transaction() as tx:
            found = (await tx.session.scalars(newest)).all()
        return {each.target: NotificationMessage.model_validate(each, from_attributes=True) for each in found}

    async def waiting(self) -> dict[str, int]:
        """Count the pending notifications, by target id."""
        row = NotificationRow
        counted = select(row.target, func.count()).where(row.message_id.is_(None)).group_by(row.target)
        async with self._transaction() as tx:
            return {target: count for target, count in await tx.session.execute(counted)}
