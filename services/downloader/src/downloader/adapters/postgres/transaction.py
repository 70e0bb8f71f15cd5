"""The downloader's database transaction."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from shared.contracts.values import Indexer
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.blocklist import Blocklist
from downloader.adapters.postgres.candidates import Candidates
from downloader.adapters.postgres.download_views import ShownDownloads
from downloader.adapters.postgres.downloads import Downloads
from downloader.adapters.postgres.failed_attempts import FailedAttempts
from downloader.adapters.postgres.given_torrents import GivenTorrents
from downloader.adapters.postgres.import_questions import ImportQuestions
from downloader.adapters.postgres.metrics import GRABS, IMPORTS
from downloader.adapters.postgres.offers import Offers
from downloader.adapters.postgres.packs import Packs
from downloader.adapters.postgres.quality_profiles import QualityProfiles
from downloader.adapters.postgres.retention import Retention
from downloader.adapters.postgres.seeding import Seeding
from downloader.adapters.postgres.statistics import DownloadStatistics
from downloader.adapters.postgres.timelines import Timelines
from downloader.adapters.postgres.watched_folders import WatchedFolders
from downloader.domain.placement import ImportOutcome


class PostgresTransaction(Transaction):
    """The repositories of one transaction, whose messages are sent with the commit."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.downloads = Downloads(session, self.send, self.announce)
        self.packs = Packs(session, self.downloads)
        self.shown = ShownDownloads(session)
        self.candidates = Candidates(session, self.count)
        self.timelines = Timelines(session)
        self.retention = Retention(session)
        self.statistics = DownloadStatistics(session)
        self.offers = Offers(session)
        self.given_torrents = GivenTorrents(session)
        self.import_questions = ImportQuestions(session)
        self.watched_folders = WatchedFolders(session)
        self.blocklist = Blocklist(session)
        self.seeding = Seeding(session)
        self.quality_profiles = QualityProfiles(session)
        self.failed_attempts = FailedAttempts(session)

    def count_grab(self, indexer: Indexer) -> None:
        """Count a torrent that was added to the client, for `/metrics`."""
        self.count(GRABS, indexer.value)

    def count_import(self, outcome: ImportOutcome, mode: str = "none") -> None:
        """Count an attempt to import a download, for `/metrics`."""
        self.count(IMPORTS, mode, outcome.value)
