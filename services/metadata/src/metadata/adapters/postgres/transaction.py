"""The metadata service's transaction."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.bibliographies import Bibliographies
from metadata.adapters.postgres.corrections import Corrections


class MetadataTransaction(Transaction):
    """Bibliographies and corrections, with what is said of them."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.bibliographies = Bibliographies(session)
        self.corrections = Corrections(session)
