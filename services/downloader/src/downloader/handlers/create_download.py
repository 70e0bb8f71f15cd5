"""A person starts a download: of a missing book, of a release that a search showed, or of a magnet link."""

from uuid import UUID, uuid4

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.commands import AddToClient, SearchForDownload
from shared.contracts.downloads.downloads import CreateDownload, ReleaseReference
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.events import DownloadWanted
from shared.contracts.downloads.interactive_search import GrabFoundRelease
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingStatus, SeriesPlace

from downloader.domain.decision import Decision, judge_all
from downloader.domain.download import Download
from downloader.domain.download_view import shown
from downloader.domain.limits import key_of
from downloader.domain.manual_download import manual_decision, manual_wanted_book, release_of_magnet, wanted_from
from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotAMagnet, NotNow, ReleaseRejected
from downloader.domain.torrent_file import NotATorrent, TorrentIdentity, read_magnet
from downloader.workflow.grab_context import Capacity, GrabContextLoader


class CreateDownloadHandlers:
    """Handles `CreateDownload` and `GrabFoundRelease`.

    Raises `AlreadyGrabbed`, with the download's id, if the same book or release is in progress or imported, and
    `ServiceUnavailable` if the missing book cannot be read from the library scanner.
    """

    def __init__(
        self, transaction: Transactions, library: Library, context_loader: GrabContextLoader, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._library = library
        self._context_loader = context_loader
        self._clock = clock

    async def create(self, request: CreateDownload) -> DownloadShown:
        """Start the download. Raises `NotFound`, `NotNow`, `AlreadyGrabbed`, `ReleaseRejected` and `NotAMagnet`."""
        if request.missing_book_id is not None:
            return await self._of_missing_book(request.missing_book_id)
        if request.release is not None:
            return await self._of_release(request.release, title=request.title, authors=request.authors)
        return await self._of_magnet(request, request.magnet or "")

    async def grab(self, request: GrabFoundRelease) -> DownloadShown:
        """Grab a release that a search showed. Raises `NotFound`, `NotNow`, `AlreadyGrabbed` and `ReleaseRejected`."""
        reference = ReleaseReference(indexer=request.indexer, id=request.release_id)
        return await self._of_release(reference, missing_book_id=request.missing_book_id)

    async def _of_release(
        self,
        reference: ReleaseReference,
        *,
        missing_book_id: UUID | None = None,
        title: str | None = None,
        authors: list[str] | None = None,
    ) -> DownloadShown:
        """Grab a release that a search showed, for a missing book or on its own, unless the rules reject it."""
        missing = None if missing_book_id is None else await self._missing(missing_book_id)
        async with self._transaction() as tx:
            release = await tx.offers.find(reference.indexer, reference.id)
            if release is None:
                raise NotFound(
                    f"release {reference.id} of {reference.indexer} is not among the last search results: search again"
                )
            await _refuse_if_held(tx, release)
            if missing is None:
                wanted = wanted_from(release, uuid4(), title=title, authors=authors or [], now=self._clock.now())
                download = await tx.downloads.make(wanted, self._clock.now())
            else:
                download = await self._download_for(tx, missing, may_exist=True)
            decision = await self._judge(tx, download, release)
            if decision.verdict is Verdict.REJECTED and not decision.only_for_now:
                raise ReleaseRejected(f"“{release.title}” was rejected: {decision.against()}")
            return await self._choose(tx, download, decision)

    async def _of_missing_book(self, missing_book_id: UUID) -> DownloadShown:
        missing = await self._missing(missing_book_id)
        async with self._transaction() as tx:
            download = await self._download_for(tx, missing, may_exist=False)
            tx.send(SearchForDownload(download_id=download.id))
            return shown(download)

    async def _of_magnet(self, request: CreateDownload, link: str) -> DownloadShown:
        identity = _identity(link)
        now = self._clock.now()
        place = SeriesPlace(name=request.series, sequence=request.sequence) if request.series else None
        wanted = manual_wanted_book(uuid4(), request.title or "", request.authors, place=place, now=now)
        release = release_of_magnet(link, identity, wanted)
        async with self._transaction() as tx:
            holder = await tx.downloads.holder_of_torrent(identity.hashes)
            if holder is not None:
                raise _already_grabbed(*holder)
            download = await tx.downloads.make(wanted, now)
            return await self._choose(tx, download, manual_decision(release))

    async def _missing(self, missing_book_id: UUID) -> MissingBook:
        try:
            missing = await self._library.missing_book(missing_book_id)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", error.detail) from error
        if missing is None:
            raise NotFound(f"there is no missing book {missing_book_id}")
        if missing.status in (MissingStatus.COMPLETED, MissingStatus.IGNORED):
            raise NotNow(f"“{missing.title}” is {missing.status}: only missing books can be downloaded")
        return missing

    async def _download_for(self, tx: DownloadsTransaction, missing: MissingBook, *, may_exist: bool) -> Download:
        """A missing book's download, new or existing. Raises `AlreadyGrabbed` if the existing one is in progress."""
        ((download_id, _, new),) = await tx.downloads.want([missing], self._clock.now())
        download = await tx.downloads.get(download_id)
        if download is None:
            raise NotFound(f"there is no download {download_id}")
        if new:
            tx.announce(DownloadWanted(download_id=download_id, missing_book_id=missing.id))
        elif not may_exist or not download.has_no_torrent or download.awaits_grab:
            raise _already_grabbed(download.id, download.wanted.title, download.status)
        return download

    async def _judge(self, tx: DownloadsTransaction, download: Download, release: Release) -> Decision:
        context = await self._context_loader.load(tx, download, [release], Capacity())
        (decision,) = judge_all([release], context)
        return decision

    async def _choose(self, tx: DownloadsTransaction, download: Download, decision: Decision) -> DownloadShown:
        now = self._clock.now()
        ids = await tx.candidates.add(download.id, [decision], now)
        download.chose(ids[key_of(decision.release)], decision.release, by_person=True, now=now)
        await tx.downloads.save(download)
        tx.send(AddToClient(download_id=download.id))
        return shown(download)


def _identity(link: str) -> TorrentIdentity:
    try:
        return read_magnet(link)
    except (NotATorrent, ValueError) as wrong:
        raise NotAMagnet(f"magnet: {wrong}") from wrong


async def _refuse_if_held(tx: DownloadsTransaction, release: Release) -> None:
    holder = await tx.downloads.holder_of_release(release)
    if holder is not None:
        raise _already_grabbed(*holder)


def _already_grabbed(download_id: UUID, title: str, status: str) -> AlreadyGrabbed:
    return AlreadyGrabbed(f"“{title}” already has a download ({download_id}), which is {status}", download_id)
