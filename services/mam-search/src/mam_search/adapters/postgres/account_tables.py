"""Tables of the account: reservations of grabs, the ledger of what was spent, and the seeding duties."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, DateTime, Double, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from mam_search.adapters.postgres.tables import Row

_MOMENT = DateTime(timezone=True)


class GrabReservationRow(Row):
    """The slot and the bytes of one grab. `requested_at` is by the clock of the service that grabs.

    `grabbed_at`: the download client has the torrent. `ended_at`: the transfer is complete or was stopped.
    `returned_at`: the reservation was returned, because the release was not added to the client.
    """

    __tablename__ = "grab_reservations"

    grab_id: Mapped[UUID] = mapped_column(primary_key=True)
    release: Mapped[dict[str, Any]] = mapped_column(JSONB)
    assessment: Mapped[dict[str, Any]] = mapped_column(JSONB)
    paid_bytes: Mapped[int] = mapped_column(BigInteger)
    requested_at: Mapped[datetime] = mapped_column(_MOMENT)
    reserved_at: Mapped[datetime] = mapped_column(_MOMENT)
    grabbed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    ended_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    returned_at: Mapped[datetime | None] = mapped_column(_MOMENT)


class SpendingRow(Row):
    """One purchase. `state` is `requested` until it is known whether the site carried it out."""

    __tablename__ = "spending"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    amount: Mapped[float] = mapped_column(Double)
    torrent_id: Mapped[str | None] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, server_default=text("''"))
    translatable: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """The codes and figures of `why` and `answer`, by their words."""
    points_before: Mapped[float] = mapped_column(Double)
    wedges_before: Mapped[int] = mapped_column(Integer)
    vip_until_before: Mapped[datetime | None] = mapped_column(_MOMENT)
    points_after: Mapped[float | None] = mapped_column(Double)
    wedges_after: Mapped[int | None] = mapped_column(Integer)
    requested_at: Mapped[datetime] = mapped_column(_MOMENT)
    ended_at: Mapped[datetime | None] = mapped_column(_MOMENT)


class SeedingDutyRow(Row):
    """A torrent that still has to seed, when the list was last read."""

    __tablename__ = "seeding_duties"

    torrent_id: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    seeding: Mapped[bool] = mapped_column(Boolean)
    hit_and_run: Mapped[bool] = mapped_column(Boolean)
    seeded_seconds: Mapped[int] = mapped_column(BigInteger)
    remaining_seconds: Mapped[int] = mapped_column(BigInteger)
    completed_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    due_at: Mapped[datetime | None] = mapped_column(_MOMENT)
    read_at: Mapped[datetime] = mapped_column(_MOMENT)


class SeedingReadRow(Row):
    """When the list of the seeding duties was last read, also if it was empty. There is one row."""

    __tablename__ = "seeding_reads"

    account: Mapped[str] = mapped_column(Text, primary_key=True)
    read_at: Mapped[datetime] = mapped_column(_MOMENT)


Index("ix_grab_reservations_active", GrabReservationRow.reserved_at, postgresql_where=text("returned_at is null"))
Index("uq_spending_open", SpendingRow.state, unique=True, postgresql_where=text("state = 'requested'"))
Index(
    "uq_spending_wedge_torrent_id", SpendingRow.torrent_id, unique=True,
    postgresql_where=text("kind = 'wedge' and state <> 'not_spent'"),
)  # fmt: skip
Index("ix_spending_requested_at", SpendingRow.requested_at.desc())
