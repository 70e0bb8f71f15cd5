"""Stores since when the doctor has found what is wrong."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from shared.chassis.clock import Clock
from shared.chassis.database import Transaction, Transactions
from shared.chassis.logging import logger
from shared.contracts.gateway.doctor import DoctorFinding, Severity
from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from gateway.postgres.tables import SeenFindingRow

FORGET_AFTER = timedelta(hours=1)
"""A finding that is gone for this long is a new one when it comes back."""
_NAMESPACE = UUID("5f2b8f7e-6f0a-4c36-9f0e-3f8f5d0a7c11")


class FindingAges:
    """Knows the first time of each finding that is still there."""

    def __init__(self, transaction: Transactions[Transaction], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def dated(self, findings: Sequence[DoctorFinding]) -> list[DoctorFinding]:
        """Return the findings, each that is wrong with the time since when it has been found.

        Without Postgres the times are unknown; the findings are returned all the same.
        """
        ids = {_id_of(each) for each in findings if each.severity is not Severity.OK}
        try:
            since = await self._record(ids)
        except (SQLAlchemyError, OSError) as error:
            logger(service="gateway").warning("finding_ages_unknown", because=type(error).__name__)
            return list(findings)
        return [each.model_copy(update={"since": since.get(_id_of(each))}) for each in findings]

    async def _record(self, ids: set[UUID]) -> dict[UUID, datetime]:
        now, row = self._clock.now(), SeenFindingRow
        async with self._transaction() as tx:
            await tx.session.execute(delete(row).where(row.last_seen_at < now - FORGET_AFTER, row.id.not_in(ids)))
            if not ids:
                return {}
            # The rows are written in one order, so that two replicas do not wait for each other.
            values = [{"id": each, "first_seen_at": now, "last_seen_at": now} for each in sorted(ids)]
            seen = insert(row).values(values)
            updated = seen.on_conflict_do_update(
                index_elements=[row.id], set_={"last_seen_at": seen.excluded.last_seen_at}
            )
            stored = await tx.session.execute(updated.returning(row.id, row.first_seen_at))
            return {seen_id: first_seen_at for seen_id, first_seen_at in stored}


def _id_of(finding: DoctorFinding) -> UUID:
    """The same id for the same finding, whatever the numbers and times in its words."""
    return uuid5(_NAMESPACE, "\0".join((finding.area, finding.subject, re.sub(r"\d+", "#", finding.words))))
