"""The unit of work of this service."""

from shared.chassis.database import Transaction
from shared.chassis.tables import ChassisTables
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from library_scanner.adapters.postgres.book_links import Links
from library_scanner.adapters.postgres.books import Books
from library_scanner.adapters.postgres.books_to_check import BooksToCheck
from library_scanner.adapters.postgres.completion_counts import Counts
from library_scanner.adapters.postgres.cover_sizes import CoverSizes
from library_scanner.adapters.postgres.days import Days
from library_scanner.adapters.postgres.dry_runs import DryRuns
from library_scanner.adapters.postgres.expected_imports import ExpectedImports
from library_scanner.adapters.postgres.findings import Findings
from library_scanner.adapters.postgres.former_contents import FormerContents
from library_scanner.adapters.postgres.history import History
from library_scanner.adapters.postgres.lists import Lists
from library_scanner.adapters.postgres.metrics import GAP_CLOSED
from library_scanner.adapters.postgres.missing_books import MissingBooks
from library_scanner.adapters.postgres.search import Search
from library_scanner.adapters.postgres.series_corrections import SeriesCorrections
from library_scanner.adapters.postgres.series_works import SeriesWorks
from library_scanner.adapters.postgres.statistics import Figures
from library_scanner.adapters.postgres.subjects import Subjects
from library_scanner.adapters.postgres.watchlist import Watchlist
from library_scanner.adapters.postgres.work_lists import WorkLists


class LibraryTransaction(Transaction):
    """The repositories and the outbox of one transaction."""

    def __init__(self, session: AsyncSession, tables: ChassisTables) -> None:
        super().__init__(session, tables)
        self.books = Books(session)
        self.links = Links(session)
        self.counts = Counts(session)
        self.missing_books = MissingBooks(session)
        self.subjects = Subjects(session)
        self.imports = ExpectedImports(session)
        self.lists = Lists(session)
        self.watchlist = Watchlist(session)
        self.history = History(session)
        self.former_contents = FormerContents(session)
        self.figures = Figures(session)
        self.days = Days(session)
        self.dry_runs = DryRuns(session)
        self.search = Search(session)
        self.work_lists = WorkLists(session)
        self.series_works = SeriesWorks(session)
        self.series_corrections = SeriesCorrections(session)
        self.findings = Findings(session)
        self.books_to_check = BooksToCheck(session)
        self.cover_sizes = CoverSizes(session)

    def observe_closed_gap(self, seconds: float) -> None:
        """Record how long a missing book was missing, for `/metrics`."""
        self.observe(GAP_CLOSED, seconds)

    async def lock(self) -> None:
        """Wait for the library lock: the identity of series, authors and missing books depends on what is stored."""
        await self.session.execute(text("select library.lock_for_transaction('library')"))
