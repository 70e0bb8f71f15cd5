"""What the handlers of the account need from the site and the database."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from shared.chassis.runs import Runs
from shared.contracts.mam.account import AccountPoint, AccountWarning, Standing
from shared.contracts.mam.grabs import GrabAssessment, ReportGrab, ReserveGrab
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.mam.spending import Balance, Spending, SpendingKind, SpendingState
from shared.contracts.page import Page

from mam_search.domain.grab_rule import Reserved
from mam_search.domain.spending import Purchase


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """The store's answer. `bonus_points` are left after a purchase, if the store says so."""

    bought: bool
    words: str
    bonus_points: float | None = None


class Store(Protocol):
    """The bonus store."""

    async def buy(self, purchase: Purchase, now: datetime) -> StoreAnswer:
        """Send one purchase. Raises the `RemoteError` family; the purchase may then have been carried out anyway."""
        ...


class SnatchList(Protocol):
    """The detailed list of the account's torrents."""

    async def duties(self, uid: int, now: datetime) -> list[SeedingDuty]:
        """Every torrent that still has to seed. Raises the `RemoteError` family."""
        ...


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


@dataclass(frozen=True, slots=True)
class OpenPurchase:
    """A purchase whose result is unknown, and the end of the VIP status before it."""

    entry: Spending
    vip_until_before: datetime | None


class SpendingLedger(Protocol):
    """The ledger of everything that was ever spent, within one transaction."""

    async def open(self) -> OpenPurchase | None:
        """The purchase whose result is unknown, or None. It is locked until the transaction ends."""
        ...

    async def begin(self, purchase: Purchase, standing: Standing, now: datetime) -> UUID | None:
        """Store the request before it is sent. None if another purchase is open, or the torrent has a wedge already."""
        ...

    async def end(
        self, entry_id: UUID, state: SpendingState, *, answer: str, after: Balance | None, now: datetime
    ) -> None:
        """Store the result of a purchase, unless it was stored before."""
        ...

    async def spent_since(self, kind: SpendingKind, since: datetime) -> int:
        """The purchases of a kind since then, including one whose result is unknown."""
        ...

    async def recent(self, since: datetime) -> list[Spending]:
        """The purchases since then that were or may have been made."""
        ...

    async def has_wedge(self, torrent_id: str) -> bool:
        """Whether a wedge was certainly spent for a torrent."""
        ...

    async def get(self, entry_id: UUID) -> Spending:
        """One entry, which exists."""
        ...

    async def page(self, limit: int, offset: int) -> Page[Spending]:
        """One page, newest first."""
        ...


class SeedingDuties(Protocol):
    """The seeding duties as they were last read, within one transaction."""

    async def read_at(self) -> datetime | None:
        """When the list was last read, or None."""
        ...

    async def replace(self, duties: Sequence[SeedingDuty], now: datetime) -> None:
        """Replace the list with what was read now."""
        ...

    async def all(self) -> list[SeedingDuty]:
        """Every duty, the most urgent first."""
        ...

    async def count(self) -> int:
        """The number of duties."""
        ...

    async def page(self, limit: int, offset: int) -> Page[SeedingDuty]:
        """One page, the most urgent first."""
        ...


class AccountTransaction(Protocol):
    """One database transaction; its messages are sent when it is committed."""

    @property
    def runs(self) -> Runs: ...

    @property
    def reservations(self) -> GrabReservations: ...

    @property
    def ledger(self) -> SpendingLedger: ...

    @property
    def duties(self) -> SeedingDuties: ...


class AccountTransactions(Protocol):
    """Opens a transaction, which is committed at the end of the block, or rolled back by an exception."""

    def __call__(self) -> AbstractAsyncContextManager[AccountTransaction]: ...
