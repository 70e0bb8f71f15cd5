"""The scheduler's tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from shared.chassis.tables import chassis_tables, service_metadata
from sqlalchemy import DateTime, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

METADATA = service_metadata("scheduler")
CHASSIS = chassis_tables(METADATA)


class Row(DeclarativeBase):
    """The base of the tables of the service's schema."""

    metadata = METADATA


class ScheduleRow(Row):
    """When a task is due. With an empty `cron` and no `next_due_at`, it runs only by hand."""

    __tablename__ = "schedules"

    task: Mapped[str] = mapped_column(Text, primary_key=True)
    cron: Mapped[str] = mapped_column(Text)
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    next_due_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    time_zone: Mapped[str] = mapped_column(Text, server_default=text("'UTC'"))
    ticked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    caught_up: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    merged: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    missed: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    overlapped: Mapped[int] = mapped_column(Integer, server_default=text("0"))

    def is_due(self, now: datetime) -> bool:
        """Whether a due time has passed that no tick has handled yet."""
        return self.next_due_at is not None and self.next_due_at <= now


class RunRow(Row):
    """One execution of a task."""

    __tablename__ = "runs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    heard_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expected: Mapped[int | None] = mapped_column(Integer)
    processed: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    succeeded: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    failed: Mapped[int] = mapped_column(Integer, server_default=text("0"))
    log: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    problems: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    sent_again_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    dry_run: Mapped[bool] = mapped_column(server_default=text("false"))
    parameters: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    trace_id: Mapped[str | None] = mapped_column(Text)


Index("ix_runs_task_due_at", RunRow.task, RunRow.due_at.desc())
Index("ix_runs_due_at", RunRow.due_at.desc())
Index("uq_runs_one_under_way", RunRow.task, unique=True, postgresql_where=text("status in ('scheduled', 'running')"))
Index("uq_runs_due_time", RunRow.task, RunRow.due_at, unique=True, postgresql_where=text("by = 'schedule'"))
