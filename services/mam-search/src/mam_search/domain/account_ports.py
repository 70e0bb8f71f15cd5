"""What the handlers of the account need from the database."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from shared.contracts.mam.account import AccountPoint, AccountWarning, Standing
from shared.contracts.mam.grabs import GrabAssessment, ReportGrab, ReserveGrab

from mam_search.domain.grab_rule import Reserved


class Standings(Protocol):
    """The history of the account's standing."""

    async def latest(self, no_older_than: datetime | None = None) -> Standing | None:
        """The newest standing; None if there is none or it is older than that."""
        ...

    async def add(self, standing: Standing, warnings: Sequence[AccountWarning] = ()) -> None:
        """Store the standing and announce it with its warnings."""
        ...

    async def announce(self, checked_at: datetime, warnings: Sequence[AccountWarning]) -> None:
        """Announce warnings without a new standing."""
        ...

    async def points(self, since: datetime, span: timedelta) -> list[AccountPoint]:
        """The last standing of each span since then, oldest first."""
        ...


class GrabReservations(Protocol):
    """The reservations of grabs, within one transaction."""

    async def lock(self) -> None:
        """Lock the reservations until the transaction ends."""
        ...

    async def total(self, standing: Standing, now: datetime, *, excluding: UUID | None = None) -> Reserved:
        """What the other grabs use that this standing does not fully include."""
        ...

    async def held(self, grab_id: UUID, now: datetime) -> GrabAssessment | None:
        """The assessment of a reservation that is in use; None if there is none, or it was returned or abandoned."""
        ...

    async def store(self, request: ReserveGrab, assessment: GrabAssessment, now: datetime) -> None:
        """Store the reservation of an allowed grab. It replaces an earlier one of the same grab."""
        ...

    async def renew(self, request: ReserveGrab, now: datetime) -> None:
        """Renew a reservation that is in use, so that an earlier report does not drop it."""
        ...

    async def drop(self, grab_id: UUID, now: datetime) -> None:
        """Return the reservation of a grab that turned out not to be allowed."""
        ...

    async def report(self, report: ReportGrab) -> None:
        """Record the stage of a grab."""
        ...


class AccountTransaction(Protocol):
    """One database transaction; its messages are sent when it is committed."""

    @property
    def reservations(self) -> GrabReservations: ...


class AccountTransactions(Protocol):
    """Opens a transaction, which is committed at the end of the block, or rolled back by an exception."""

    def __call__(self) -> AbstractAsyncContextManager[AccountTransaction]: ...
