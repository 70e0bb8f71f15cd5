"""The handlers with real Postgres and files and the stand-in of qBittorrent; the indexers are fakes."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from downloader.adapters.av_converter import AvConverter
from downloader.adapters.av_probe import AvProbe
from downloader.adapters.clients.qbittorrent.client import QBittorrent
from downloader.adapters.clients.qbittorrent.session import SYSTEM, Session
from downloader.adapters.filesystem import Filesystem
from downloader.adapters.manual_release import ManualReleases
from downloader.adapters.postgres.import_locks import ImportLocks
from downloader.adapters.postgres.refused_logins import RefusedLogins
from downloader.adapters.postgres.tables import CHASSIS
from downloader.adapters.postgres.transaction import PostgresTransaction
from downloader.adapters.replaced_books import ReplacedBooks
from downloader.domain.conversion import ConversionRule
from downloader.domain.folders import SharedFolder
from downloader.domain.given_torrent import SEALED_AS
from downloader.domain.indexer import Indexer as Indexed
from downloader.domain.limits import Limits
from downloader.domain.seeding_end import SeedingEnd
from downloader.handlers.add_to_client import AddToClientHandler
from downloader.handlers.blocklist import BlocklistHandlers
from downloader.handlers.bulk_changes import BulkChangeHandlers
from downloader.handlers.cancel_download import CancelDownloadHandler
from downloader.handlers.check_seeding import CheckSeedingHandler
from downloader.handlers.clean_up import CleanUpHandler
from downloader.handlers.create_download import CreateDownloadHandlers
from downloader.handlers.grab_release import GrabReleaseHandler
from downloader.handlers.list_downloads import ListDownloadsHandlers
from downloader.handlers.missing_books import MissingBookHandlers
from downloader.handlers.monitor_downloads import MonitorDownloadsHandler
from downloader.handlers.move_replaced_book import MoveReplacedBookHandler
from downloader.handlers.quality_profiles import QualityProfileHandlers
from downloader.handlers.retry_download import RetryDownloadHandler
from downloader.handlers.retry_failed_downloads import RetryFailedDownloadsHandler
from downloader.handlers.search_for_download import SearchForDownloadHandler
from downloader.handlers.search_releases import SearchReleasesHandler
from downloader.handlers.search_upgrades import SearchUpgradesHandler
from downloader.handlers.search_wanted import SearchWantedHandler
from downloader.handlers.tell_statistics import TellStatisticsHandler
from downloader.handlers.tell_timeline import TellTimelineHandler
from downloader.handlers.update_download import UpdateDownloadHandlers
from downloader.handlers.waiting_imports import WaitingImportHandlers
from downloader.workflow.disk_check import DiskCheck
from downloader.workflow.grab_context import GrabContextLoader
from downloader.workflow.indexer_search import IndexerSearch
from downloader.workflow.library_path_check import LibraryPathCheck
from downloader.workflow.magnet_packs import MagnetPacks
from downloader.workflow.pack_search import PackSearch
from downloader.workflow.search_plan import SearchPlanner
from sandbox.outcomes import Controlled, Outcome
from sandbox.testing import a_world
from sandbox.world import Offer
from shared.chassis.database import Database, Transactions
from shared.chassis.http import Remote
from shared.chassis.sealing import Seal, SecretKeys
from shared.contracts.downloads.blocklist import ListBlocklist
from shared.contracts.downloads.commands import (
    AddToClient,
    ConvertAudio,
    ImportDownload,
    MonitorDownloads,
    MoveReplacedBook,
    SearchForDownload,
)
from shared.contracts.downloads.downloads import CancelDownload, Download, GetDownload, RetryDownload
from shared.contracts.mam.grabs import GrabAssessment
from shared.contracts.mam.releases import Release
from shared.contracts.message import Command, Message
from shared.contracts.values import Indexer, MissingReason
from shared.testing.clocks import ManualClock
from sqlalchemy import delete, select

from sandbox import qbittorrent

from .account import FakeAccount
from .addresses import FakeAddresses
from .client_seconds import ClientSeconds
from .contents import FakeContents
from .import_bench import ImportBench
from .indexer import FakeIndexer
from .library import FakeLibrary
from .offers import CUT_OFF, DEAD, GOOD, OFFERS, OTHER_BOOK, PACK, SAME_NAME, SISTER

__all__ = ["CUT_OFF", "DEAD", "GOOD", "OTHER_BOOK", "PACK", "SAME_NAME", "SISTER", "Bench"]

SEAL = Seal(SecretKeys("s" * 32), SEALED_AS)
STALLED_AFTER = timedelta(hours=24)


@dataclass
class Bench(ImportBench):
    """All handlers, and the delivery of their messages."""

    transaction: Transactions[PostgresTransaction]
    clock: ManualClock
    server: Controlled
    client: QBittorrent
    session: Session
    """Sends what a person does in the client's own pages."""
    mam: FakeIndexer
    prowlarr: FakeIndexer
    account: FakeAccount
    library: FakeLibrary
    library_path: Path
    downloads_path: Path
    limits: Limits
    seconds: ClientSeconds
    restart_client: Callable[[], None]
    locks: ImportLocks
    addresses: FakeAddresses

    def __post_init__(self) -> None:
        transaction, clock, client = self.transaction, self.clock, self.client
        self.replaced_path = self.library_path.with_name("replaced")
        folder = self.folder = Filesystem(self.library_path, self.downloads_path)
        self.path_check = LibraryPathCheck(self.library, folder, clock, self.library_path)
        context_loader = self.context_loader = GrabContextLoader(
            account=self.account,
            folder=folder,
            path_check=self.path_check,
            library=self.library,
            limits=self.limits,
            clock=clock,
        )
        indexers: list[Indexed] = [self.mam, self.prowlarr]
        self.indexer_search = IndexerSearch(transaction, indexers, context_loader)
        pack_search = self.pack_search = PackSearch(
            transaction,
            indexers,
            client=client,
            library=self.library,
            indexer_search=self.indexer_search,
            context_loader=context_loader,
        )
        self.search_wanted = SearchWantedHandler(
            transaction, self.library, SearchPlanner(transaction, self.indexer_search, pack_search, clock), clock
        )
        self.search_for_download = SearchForDownloadHandler(transaction, self.indexer_search, pack_search, clock)
        grabbed_from = [*indexers, ManualReleases(transaction, SEAL)]
        self.search_upgrades = self.search_upgrades_with(self.replaced_path)
        self.move_replaced_book = MoveReplacedBookHandler(
            transaction, self.library, ReplacedBooks(self.library_path, self.replaced_path)
        )
        self.add_to_client = AddToClientHandler(
            transaction,
            client=client,
            indexers=grabbed_from,
            context_loader=context_loader,
            pack_search=pack_search,
            clock=clock,
        )
        self.missing_books = MissingBookHandlers(transaction, self.limits, clock)
        self.monitor_downloads = MonitorDownloadsHandler(
            transaction,
            client,
            disk_check=DiskCheck(transaction, context_loader),
            magnet_packs=MagnetPacks(transaction, client, pack_search, clock),
            stalled_after=STALLED_AFTER,
            clock=clock,
        )
        self.conversion, self.contents = ConversionRule(), FakeContents()
        self.import_download = self.import_with(AvProbe(decode_all=False))
        self.convert_audio = self.convert_with(AvConverter(self.library_path))
        self.retry_failed_downloads = RetryFailedDownloadsHandler(transaction, clock)
        self.create_download = CreateDownloadHandlers(
            transaction, self.library, context_loader, addresses=self.addresses, seal=SEAL, clock=clock
        )
        self.grab_release = GrabReleaseHandler(transaction, clock)
        self.retry_download = RetryDownloadHandler(transaction, clock)
        self.cancel_download = CancelDownloadHandler(transaction, client)
        self.bulk_changes = BulkChangeHandlers(
            transaction,
            self.library,
            create=self.create_download.create,
            retry=self.retry_download.retry,
            cancel=self.cancel_download.cancel,
            delete=UpdateDownloadHandlers(transaction, client, clock).delete,
        )
        self.check_seeding = self.check_seeding_with(SeedingEnd())
        self.blocklist = BlocklistHandlers(transaction, clock)
        self.update_download = UpdateDownloadHandlers(transaction, client, clock)
        self.tell_timeline = TellTimelineHandler(transaction)
        self.tell_statistics = TellStatisticsHandler(transaction)
        self.clean_up = CleanUpHandler(
            transaction, folder=folder, locks=self.locks, keep_finished=timedelta(days=90), clock=clock
        )
        self.search_releases = SearchReleasesHandler(
            transaction, indexers, library=self.library, context_loader=context_loader, clock=clock
        )
        self.list_downloads = ListDownloadsHandlers(transaction)
        self.waiting_imports = WaitingImportHandlers(transaction, self.folder_import(), clock)
        self.quality_profiles = QualityProfileHandlers(transaction, self.library, clock)

    def search_upgrades_with(self, replaced_path: Path | None) -> SearchUpgradesHandler:
        """The handler with this folder for replaced books."""
        planner = SearchPlanner(self.transaction, self.indexer_search, self.pack_search, self.clock)
        replaced_books = ReplacedBooks(self.library_path, replaced_path)
        return SearchUpgradesHandler(
            self.transaction, self.library, replaced_books, search_planner=planner, clock=self.clock
        )

    def check_seeding_with(self, end: SeedingEnd) -> CheckSeedingHandler:
        """The check of seeding torrents with this rule for those whose duty is met."""
        return CheckSeedingHandler(
            self.transaction, client=self.client, account=self.account, end=end, clock=self.clock
        )

    async def sent_subjects(self) -> list[str]:
        """The subjects of the messages in the outbox, in order."""
        async with self.transaction() as tx:
            rows = await tx.session.execute(select(CHASSIS.outbox.c.subject).order_by(CHASSIS.outbox.c.id))
            return [row[0] for row in rows]

    async def sent(self, kind: type[Message]) -> list[Any]:
        """The messages of one kind in the outbox."""
        async with self.transaction() as tx:
            outbox = CHASSIS.outbox
            rows = await tx.session.execute(
                select(outbox.c.payload).where(outbox.c.subject == kind.subject).order_by(outbox.c.id)
            )
            return [kind.model_validate_json(row[0]) for row in rows]

    async def message_ids(self, kind: type[Message]) -> list[UUID]:
        """The ids of the messages of one kind in the outbox."""
        async with self.transaction() as tx:
            outbox = CHASSIS.outbox
            wanted = select(outbox.c.message_id).where(outbox.c.subject == kind.subject).order_by(outbox.c.id)
            return list(await tx.session.scalars(wanted))

    async def lose_messages(self) -> None:
        """Empty the outbox, as if NATS had lost what the relay sent."""
        async with self.transaction() as tx:
            await tx.session.execute(delete(CHASSIS.outbox))

    async def deliver(self) -> None:
        """Deliver the commands that the downloader sent to itself, until there are none. Events stay in the outbox."""
        while await self._deliver_one():
            pass

    async def _deliver_one(self) -> bool:
        handlers: dict[str, tuple[type[Command], Callable[[Any], Any]]] = {
            SearchForDownload.subject: (SearchForDownload, self.search_for_download.search),
            AddToClient.subject: (AddToClient, self.add_to_client.add_to_client),
            ImportDownload.subject: (ImportDownload, self.import_download.import_download),
            ConvertAudio.subject: (ConvertAudio, self.convert_audio.convert),
            MoveReplacedBook.subject: (MoveReplacedBook, self.move_replaced_book.move),
        }
        async with self.transaction() as tx:
            outbox = CHASSIS.outbox
            query = select(outbox).where(outbox.c.subject.in_(handlers)).order_by(outbox.c.id).limit(1)
            row = (await tx.session.execute(query)).mappings().first()
            if row is None:
                return False
            await tx.session.execute(delete(outbox).where(outbox.c.id == row["id"]))
        kind, handler = handlers[row["subject"]]
        await handler(kind.model_validate_json(row["payload"]))
        return True

    async def monitored(self, *, seconds: float = 60.0, **time: float) -> None:
        """Advance the clocks of the client and the service, then poll the client."""
        self.seconds.now += seconds
        self.clock.forward(seconds=seconds, **time)
        await self.monitor_downloads.monitor(MonitorDownloads())

    async def download(self, download_id: UUID) -> Download:
        return await self.list_downloads.get_download(GetDownload(id=download_id))

    async def stored_release(self, download_id: UUID) -> Release:
        """The release that was chosen for a download, as it is stored."""
        async with self.transaction() as tx:
            download = await tx.downloads.get(download_id)
        assert download is not None
        assert download.release is not None
        return download.release

    async def retry(self, download_id: UUID) -> None:
        """A person retries a download."""
        await self.retry_download.retry(RetryDownload(id=download_id))
        await self.deliver()

    async def cancelled(self, download_id: UUID) -> Download:
        return await self.cancel_download.cancel(CancelDownload(id=download_id))

    async def blocked_releases(self) -> list[str]:
        """The ids of the releases on the blocklist."""
        page = await self.blocklist.list_blocklist(ListBlocklist())
        return [each.release_id for each in page.items]

    def fail_next_add(self) -> None:
        """Let the client be unavailable for the next torrent that is added."""
        self.server.outcomes.switch_on(Outcome(kind="away", path="/api/v2/torrents/add", times=1))

    def adds(self) -> int:
        return sum(call.path == "/api/v2/torrents/add" for call in self.server.outcomes.requests)


@pytest.fixture
def limits() -> Limits:
    return Limits(auto_download=frozenset(MissingReason), min_free_disk_bytes=0)


@pytest.fixture
async def bench(  # noqa: PLR0917 - pytest passes fixtures by name
    database: Database,
    transaction: Transactions[PostgresTransaction],
    clock: ManualClock,
    an_assessment: Callable[..., GrabAssessment],
    download_folder: Path,
    library_folder: Path,
    limits: Limits,
) -> AsyncIterator[Bench]:
    seconds = ClientSeconds()

    def started() -> Controlled:
        return qbittorrent.create(
            a_world(offers=[each.model_dump() for each in OFFERS]),
            default_save_path=download_folder,
            username="admin",
            password="a-password",
            clock=seconds,
        )

    transport = httpx.ASGITransport(server := started())

    def restart_client() -> None:
        """Restart the client as if it was killed before it wrote to disk: its torrents and sessions are lost."""
        transport.app = started()

    remote = Remote(SYSTEM, "http://stand-in", transport=transport)
    refused = RefusedLogins(database.engine, "http://stand-in")
    session = Session(remote, "admin", "a-password", refused=refused, now=clock.now)
    client = QBittorrent(
        remote,
        session,
        category="gapless",
        downloads=SharedFolder(download_folder),
        appears_within_seconds=0.5,
    )
    yield Bench(
        transaction=transaction,
        clock=clock,
        server=server,
        client=client,
        session=session,
        mam=FakeIndexer(),
        prowlarr=FakeIndexer(Indexer.PROWLARR),
        account=FakeAccount(an_assessment),
        library=FakeLibrary(),
        library_path=library_folder,
        downloads_path=download_folder,
        limits=limits,
        seconds=seconds,
        restart_client=restart_client,
        locks=ImportLocks(database.engine),
        addresses=FakeAddresses(),
    )
    await remote.aclose()


@pytest.fixture
def wanted(bench: Bench, stored: Callable[..., Any], a_release: Callable[..., Release]) -> Callable[..., Any]:
    """Queue a download and set the releases that MyAnonamouse has for it; returns the download's id."""

    async def want(*offers: Offer, **changes: Any) -> UUID:
        bench.mam.releases = [
            a_release(id=offer.id, seeders=30 - 10 * place, **changes) for place, offer in enumerate(offers)
        ]
        download_id: UUID = await stored()
        return download_id

    return want


@pytest.fixture
def pack_release(a_release: Callable[..., Release]) -> Release:
    """The listing of a release with five books of a series."""
    return a_release(
        id=PACK.id,
        title=PACK.title,
        series=[{"name": "Oz", "sequence": "2-6"}],
        size_bytes=PACK.size_bytes,
        duration_minutes=1500,
        files=len(PACK.files),
    )
