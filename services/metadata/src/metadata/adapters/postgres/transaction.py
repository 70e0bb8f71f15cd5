"""The metadata service's transaction."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from sqlalchemy.ext.asyncio import AsyncSession

from metadata.adapters.postgres.bibliographies import Bibliographies
from metadata.adapters.postgres.corrections import Corrections
from metadata.adapters.postgres.decisions import Decisions
from metadata.adapters.postgres.deferred_books import DeferredBooks
from metadata.adapters.postgres.genre_map import StoredGenreMap
from metadata.adapters.postgres.import_lists import ImportLists
from metadata.adapters.postgres.matches import Matches
from metadata.adapters.postgres.planned_changes import PlannedChanges
from metadata.adapters.postgres.proposals import Proposals
from metadata.adapters.postgres.refreshes import Refreshes


class MetadataTransaction(Transaction):
    """Stores metadata and sends messages in one transaction."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.bibliographies = Bibliographies(session)
        self.corrections = Corrections(session)
        self.decisions = Decisions(session)
        self.genre_map = StoredGenreMap(session)
        self.matches = Matches(session)
        self.import_lists = ImportLists(session)
        self.planned = PlannedChanges(session)
        self.deferred = DeferredBooks(session)
        self.proposals = Proposals(session)
        self.refreshes = Refreshes(session)
