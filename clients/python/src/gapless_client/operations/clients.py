"""The clients, with all operations.

`make messages` generates this file from the description of the API. Do not edit it.
"""

from gapless_client.async_connection import AsyncConnection
from gapless_client.connection import Connection
from gapless_client.operations.account import Account, AsyncAccount
from gapless_client.operations.authors import AsyncAuthors, Authors
from gapless_client.operations.books import AsyncBooks, Books
from gapless_client.operations.calendar import AsyncCalendar, Calendar
from gapless_client.operations.downloads import AsyncDownloads, Downloads
from gapless_client.operations.events import AsyncEvents, Events
from gapless_client.operations.findings import AsyncFindings, Findings
from gapless_client.operations.guides import AsyncGuides, Guides
from gapless_client.operations.import_lists import AsyncImportLists, ImportLists
from gapless_client.operations.imports import AsyncImports, Imports
from gapless_client.operations.keys import AsyncKeys, Keys
from gapless_client.operations.metadata import AsyncMetadata, Metadata
from gapless_client.operations.notifications import AsyncNotifications, Notifications
from gapless_client.operations.quality_profiles import AsyncQualityProfiles, QualityProfiles
from gapless_client.operations.releases import AsyncReleases, Releases
from gapless_client.operations.scheduler import AsyncScheduler, Scheduler
from gapless_client.operations.series import AsyncSeries, Series
from gapless_client.operations.settings import AsyncSettings, Settings
from gapless_client.operations.sign_in import AsyncSignIn, SignIn
from gapless_client.operations.system import AsyncSystem, System
from gapless_client.operations.top_lists import AsyncTopLists, TopLists
from gapless_client.operations.triggers import AsyncTriggers, Triggers
from gapless_client.operations.webhooks import AsyncWebhooks, Webhooks


class Gapless(Connection):
    """A client of the REST API. See `Connection` for what its parameters mean."""

    def __init__(
        self, url: str, key: str, *, retry_seconds: float = 0.0, timeout_seconds: float = 60.0, verify: bool = True
    ) -> None:
        super().__init__(url, key, retry_seconds=retry_seconds, timeout_seconds=timeout_seconds, verify=verify)
        self.account = Account(self)
        """The account at MyAnonamouse: its standing, its risks, and what was spent."""
        self.authors = Authors(self)
        """Authors of the library, with their owned and missing books."""
        self.books = Books(self)
        """Books of the library, and missing books: works that the library does not contain."""
        self.calendar = Calendar(self)
        """Releases of followed series and authors by date, and the keys of calendar addresses."""
        self.downloads = Downloads(self)
        """Downloads from the search to the import, with their decisions; and the blocklist."""
        self.events = Events(self)
        """A stream of events."""
        self.findings = Findings(self)
        """What is wrong in the library: evidence, remedy and repair."""
        self.guides = Guides(self)
        """Guides and forum topics of MyAnonamouse: search, answers and the crawler."""
        self.import_lists = ImportLists(self)
        """Lists of wanted books at other sites or in files, and what became of each book."""
        self.imports = Imports(self)
        """The folders of imported books, imports that wait for a decision, and imports by hand."""
        self.keys = Keys(self)
        """API keys and their scopes."""
        self.metadata = Metadata(self)
        """Corrections, providers, and the completeness of the metadata."""
        self.notifications = Notifications(self)
        """Notifications sent through Apprise, their targets, and a test."""
        self.quality_profiles = QualityProfiles(self)
        """What a release must be, and which one is preferred, by book, series or author."""
        self.releases = Releases(self)
        """Search releases and grab one of them."""
        self.scheduler = Scheduler(self)
        """Tasks, their schedules and their runs."""
        self.series = Series(self)
        """Series of the library and their completeness."""
        self.settings = Settings(self)
        """The settings of every service: what they are, where they come from, tests and changes."""
        self.sign_in = SignIn(self)
        """Sign in with a browser: the password, and the sessions of browsers."""
        self.system = System(self)
        """Health, statistics and diagnostics of the services and of the systems that they use."""
        self.top_lists = TopLists(self)
        """The most popular releases of each genre."""
        self.triggers = Triggers(self)
        """Short paths that run common tasks."""
        self.webhooks = Webhooks(self)
        """Calls from other systems, authenticated with a secret."""


class AsyncGapless(AsyncConnection):
    """A client of the REST API, for programs that use asyncio. See `Connection` for what its parameters mean."""

    def __init__(
        self, url: str, key: str, *, retry_seconds: float = 0.0, timeout_seconds: float = 60.0, verify: bool = True
    ) -> None:
        super().__init__(url, key, retry_seconds=retry_seconds, timeout_seconds=timeout_seconds, verify=verify)
        self.account = AsyncAccount(self)
        """The account at MyAnonamouse: its standing, its risks, and what was spent."""
        self.authors = AsyncAuthors(self)
        """Authors of the library, with their owned and missing books."""
        self.books = AsyncBooks(self)
        """Books of the library, and missing books: works that the library does not contain."""
        self.calendar = AsyncCalendar(self)
        """Releases of followed series and authors by date, and the keys of calendar addresses."""
        self.downloads = AsyncDownloads(self)
        """Downloads from the search to the import, with their decisions; and the blocklist."""
        self.events = AsyncEvents(self)
        """A stream of events."""
        self.findings = AsyncFindings(self)
        """What is wrong in the library: evidence, remedy and repair."""
        self.guides = AsyncGuides(self)
        """Guides and forum topics of MyAnonamouse: search, answers and the crawler."""
        self.import_lists = AsyncImportLists(self)
        """Lists of wanted books at other sites or in files, and what became of each book."""
        self.imports = AsyncImports(self)
        """The folders of imported books, imports that wait for a decision, and imports by hand."""
        self.keys = AsyncKeys(self)
        """API keys and their scopes."""
        self.metadata = AsyncMetadata(self)
        """Corrections, providers, and the completeness of the metadata."""
        self.notifications = AsyncNotifications(self)
        """Notifications sent through Apprise, their targets, and a test."""
        self.quality_profiles = AsyncQualityProfiles(self)
        """What a release must be, and which one is preferred, by book, series or author."""
        self.releases = AsyncReleases(self)
        """Search releases and grab one of them."""
        self.scheduler = AsyncScheduler(self)
        """Tasks, their schedules and their runs."""
        self.series = AsyncSeries(self)
        """Series of the library and their completeness."""
        self.settings = AsyncSettings(self)
        """The settings of every service: what they are, where they come from, tests and changes."""
        self.sign_in = AsyncSignIn(self)
        """Sign in with a browser: the password, and the sessions of browsers."""
        self.system = AsyncSystem(self)
        """Health, statistics and diagnostics of the services and of the systems that they use."""
        self.top_lists = AsyncTopLists(self)
        """The most popular releases of each genre."""
        self.triggers = AsyncTriggers(self)
        """Short paths that run common tasks."""
        self.webhooks = AsyncWebhooks(self)
        """Calls from other systems, authenticated with a secret."""
