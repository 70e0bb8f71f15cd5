"""The transaction of the account: its standings, reservations, ledger and seeding duties."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from sqlalchemy.ext.asyncio import AsyncSession

from mam_search.adapters.postgres.grab_reservations import GrabReservations
from mam_search.adapters.postgres.seeding_duties import SeedingDuties
from mam_search.adapters.postgres.spending_ledger import SpendingLedger


class AccountTransaction(Transaction):
    """The repositories of one transaction, whose messages are sent with the commit."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.reservations = GrabReservations(session)
        self.ledger = SpendingLedger(session)
        self.duties = SeedingDuties(session)
