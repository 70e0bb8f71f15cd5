"""The reservations of grabs: what our grabs use of the account and the site's figures do not include yet."""

from datetime import datetime
from uuid import UUID

from shared.contracts.mam.account import Standing
from shared.contracts.mam.grabs import GrabAssessment, GrabStage, ReportGrab, ReserveGrab
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.account_tables import GrabReservationRow as Row
from mam_search.domain.grab_rule import ABANDONED_AFTER, LONGEST_TRANSFER, SHOWN_AFTER, Reserved

_LOCK = "grabs of the account"


class GrabReservations:
    """The reservations, within one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self) -> None:
        """Lock the reservations until the transaction ends, so that no other grab uses the same slot or bytes."""
        await self._session.execute(select(func.mam.lock_for_transaction(_LOCK)))

    async def total(self, standing: Standing, now: datetime, *, excluding: UUID | None = None) -> Reserved:
        """What the other grabs use that this standing does not fully include.

        A grab uses a slot and its bytes until the standing was read some time after its transfer ended: a torrent that
        waits in the queue of the client is unknown to the site, however long ago it was added. While a torrent is
        transferred, the site may count its slot too, so that it is counted twice rather than not at all.
        """
        figures_of = standing.read_at - SHOWN_AFTER
        pending = and_(Row.grabbed_at.is_(None), Row.reserved_at > now - ABANDONED_AFTER)
        unended = and_(Row.ended_at.is_(None), Row.grabbed_at > now - LONGEST_TRANSFER)
        transferring = and_(Row.grabbed_at.is_not(None), or_(unended, Row.ended_at > figures_of))
        other: list[ColumnElement[bool]] = [] if excluding is None else [Row.grab_id != excluding]
        found = await self._session.execute(
            select(func.count(), func.coalesce(func.sum(Row.paid_bytes), 0)).where(
                Row.returned_at.is_(None), or_(pending, transferring), *other
            )
        )
        slots, paid_bytes = found.one()
        return Reserved(int(slots), int(paid_bytes))

    async def held(self, grab_id: UUID, now: datetime) -> GrabAssessment | None:
        """The assessment of a reservation that is in use; None if there is none, or it was returned or abandoned."""
        row = await self._session.get(Row, grab_id)
        if row is None or row.returned_at is not None or row.ended_at is not None:
            return None
        if row.grabbed_at is None and row.reserved_at <= now - ABANDONED_AFTER:
            return None
        return GrabAssessment.model_validate(row.assessment)

    async def store(self, request: ReserveGrab, assessment: GrabAssessment, now: datetime) -> None:
        """Store the reservation of an allowed grab. It replaces an earlier one of the same grab."""
        values = {
            "release": request.release.model_dump(mode="json"),
            "assessment": assessment.model_dump(mode="json"),
            "paid_bytes": assessment.figures.paid_bytes,
            "requested_at": request.requested_at,
            "reserved_at": now,
            "grabbed_at": None,
            "ended_at": None,
            "returned_at": None,
        }
        statement = insert(Row).values(grab_id=request.grab_id, **values)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["grab_id"], set_=values))

    async def renew(self, request: ReserveGrab, now: datetime) -> None:
        """Renew a reservation that is in use, so that an earlier report does not drop it."""
        values = {"requested_at": request.requested_at, "reserved_at": now}
        await self._session.execute(update(Row).where(Row.grab_id == request.grab_id).values(values))

    async def drop(self, grab_id: UUID, now: datetime) -> None:
        """Return the reservation of a grab that turned out not to be allowed."""
        unused = (Row.grab_id == grab_id, Row.grabbed_at.is_(None))
        await self._session.execute(update(Row).where(*unused).values(returned_at=now))

    async def report(self, report: ReportGrab) -> None:
        """Record the stage of a grab. That it ended or was dropped does not affect a later reservation."""
        this = Row.grab_id == report.grab_id
        match report.stage:
            case GrabStage.GRABBED:
                values = {"grabbed_at": func.coalesce(Row.grabbed_at, report.at), "returned_at": None}
                statement = update(Row).where(this).values(values)
            case GrabStage.ENDED:
                values = {"ended_at": func.coalesce(Row.ended_at, report.at)}
                statement = update(Row).where(this, Row.requested_at <= report.at).values(values)
            case GrabStage.DROPPED:
                unused = (Row.grabbed_at.is_(None), Row.requested_at <= report.at, Row.returned_at.is_(None))
                statement = update(Row).where(this, *unused).values(returned_at=report.at)
        await self._session.execute(statement)
