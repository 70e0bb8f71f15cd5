"""Deletes old rows of the gateway, and counts rows for its statistics."""

from datetime import UTC, datetime, timedelta

from shared.chassis.database import Transaction, Transactions
from shared.chassis.retention import prune, prune_chassis
from shared.contracts.system import CleanedUp, CleanUp, Statistics, TellStatistics
from sqlalchemy import ColumnElement, func, select

from gateway.middleware.idempotency_store import expired
from gateway.postgres.tables import (
    CHASSIS,
    METADATA,
    ApiKeyRow,
    ApiLogRow,
    BrowserSessionRow,
    IdempotentAnswerRow,
    NotificationMessageRow,
    NotificationRow,
)
from gateway.sign_in.sessions import SESSION_DAYS

SERVICE = "gateway"
STATISTICS_HOURS = 24


class Retention:
    """Deletes calls, notifications and stored answers that have passed their retention period.

    Also deletes the chassis' records of handled messages.
    """

    def __init__(
        self, transaction: Transactions[Transaction], api_logs_keep_days: int, notifications_keep_days: int
    ) -> None:
        self._transaction = transaction
        self._api_log_retention = timedelta(days=api_logs_keep_days)
        self._notification_retention = timedelta(days=notifications_keep_days)

    async def clean_up(self, request: CleanUp) -> CleanedUp:
        """Delete, or only count what would be deleted."""
        notifications_before = func.now() - self._notification_retention
        old: dict[str, ColumnElement[bool]] = {
            ApiLogRow.__tablename__: ApiLogRow.at < func.now() - self._api_log_retention,
            BrowserSessionRow.__tablename__: BrowserSessionRow.last_used_at < func.now() - timedelta(days=SESSION_DAYS),
            IdempotentAnswerRow.__tablename__: expired(),
            NotificationRow.__tablename__: NotificationRow.noted_at < notifications_before,
            NotificationMessageRow.__tablename__: NotificationMessageRow.created_at < notifications_before,
        }
        async with self._transaction() as tx:
            deleted = {
                name: await prune(tx.session, METADATA.tables[f"gateway.{name}"], condition, dry_run=request.dry_run)
                for name, condition in old.items()
            }
            deleted |= await prune_chassis(tx.session, CHASSIS, now=datetime.now(UTC), dry_run=request.dry_run)
        return CleanedUp(service=SERVICE, deleted=deleted)

    async def tell_statistics(self, _request: TellStatistics) -> Statistics:
        """The number of keys; and of the calls in the last day: their number by status, and their duration."""
        recent = ApiLogRow.at > func.now() - timedelta(hours=STATISTICS_HOURS)
        by_status = select(ApiLogRow.status, func.count()).where(recent).group_by(ApiLogRow.status)
        median, slowest = (func.percentile_cont(share).within_group(ApiLogRow.milliseconds) for share in (0.5, 0.99))
        async with self._transaction() as tx:
            keys = await tx.session.scalar(select(func.count()).select_from(ApiKeyRow))
            message = NotificationMessageRow.status
            messages = await tx.session.execute(select(message, func.count()).group_by(message))
            notifications = {status: count for status, count in messages}
            answers = {str(status): count for status, count in await tx.session.execute(by_status)}
            p50, p99 = (await tx.session.execute(select(median, slowest).where(recent))).one()
        figures: dict[str, float | int | str | dict[str, int]] = {
            "api_keys": keys or 0,
            "calls_last_24_hours": sum(answers.values()),
            "answers_last_24_hours": answers,
            "notifications": notifications,
        }
        if p50 is not None:
            figures |= {"median_milliseconds": float(p50), "p99_milliseconds": float(p99)}
        return Statistics(service=SERVICE, figures=figures)
