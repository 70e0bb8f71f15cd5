"""The downloader's unit of work."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from sqlalchemy.ext.asyncio import AsyncSession

from downloader.adapters.postgres.account_grabs import AccountGrabs
from downloader.adapters.postgres.blocklist import Blocklist
from downloader.adapters.postgres.candidates import Candidates
from downloader.adapters.postgres.download_views import ShownDownloads
from downloader.adapters.postgres.downloads import Downloads
from downloader.adapters.postgres.failed_attempts import FailedAttempts
from downloader.adapters.postgres.offers import Offers
from downloader.adapters.postgres.retention import Housekeeping
from downloader.adapters.postgres.statistics import Telling


class PostgresTransaction(Transaction):
    """Downloads, candidates, blocklist and failures, stored together with what is said about them."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.downloads = Downloads(session)
        self.account_grabs = AccountGrabs(session)
        self.shown = ShownDownloads(session)
        self.candidates = Candidates(session)
        self.history = Telling(session)
        self.housekeeping = Housekeeping(session)
        self.offers = Offers(session)
        self.blocklist = Blocklist(session)
        self.failed_attempts = FailedAttempts(session)
