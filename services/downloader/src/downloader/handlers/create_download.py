"""A person starts a download: of a missing book, of a release that a search showed, or of a given torrent."""

from datetime import datetime
from uuid import UUID, uuid4

from shared.chassis.errors import NotFound, RemoteError, ServiceUnavailable
from shared.chassis.sealing import Seal
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.commands import AddToClient, SearchForDownload
from shared.contracts.downloads.downloads import CreateDownload, ReleaseReference
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.events import DownloadWanted
from shared.contracts.downloads.interactive_search import GrabFoundRelease
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingStatus, SeriesPlace
from shared.translatable import about, translatable

from downloader.domain.decision import Decision, judge_all, rejected
from downloader.domain.download import Download
from downloader.domain.download_client import Torrent
from downloader.domain.download_view import shown
from downloader.domain.given_torrent import TorrentAddresses, accepted_by_person, explained, release_of
from downloader.domain.limits import key_of
from downloader.domain.manual_download import manual_wanted_book, wanted_from
from downloader.domain.ports import Clock, DownloadsTransaction, Library, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotAMagnet, NotATorrentFile, NotNow, ReleaseRejected
from downloader.domain.torrent_file import NotATorrent, read_magnet, read_torrent
from downloader.workflow.grab_context import Capacity, GrabContextLoader
from downloader.workflow.next_step import retry_by_person


class CreateDownloadHandlers:
    """Handles `CreateDownload` and `GrabFoundRelease`.

    Raises `AlreadyGrabbed`, with the download's id, if the same book or release is in progress or imported, and
    `ServiceUnavailable` if the missing book cannot be read from the library scanner.
    """

    def __init__(
        self,
        transaction: Transactions,
        library: Library,
        context_loader: GrabContextLoader,
        *,
        addresses: TorrentAddresses,
        seal: Seal,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._addresses = addresses
        self._seal = seal
        self._library = library
        self._context_loader = context_loader
        self._clock = clock

    async def create(self, request: CreateDownload) -> DownloadShown:
        """Start the download.

        Raises `NotFound`, `NotNow`, `AlreadyGrabbed`, `ReleaseRejected`, `NotAMagnet` and `NotATorrentFile`.
        """
        if request.gives_torrent:
            return await self._of_torrent(request, await self._read(request))
        if request.missing_book_id is not None:
            return await self._of_missing_book(request.missing_book_id)
        if request.release is None:
            raise NotFound("the request names neither a book nor a release")
        return await self._of_release(request.release, title=request.title, authors=request.authors)

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
                    translatable(
                        "refused.old_release",
                        f"release {reference.id} of {reference.indexer} is not among the last search results:"
                        " search again",
                    )
                )
            await _refuse_if_held(tx, release)
            if missing is None:
                wanted = wanted_from(release, uuid4(), title=title, authors=authors or [], now=self._clock.now())
                download = await tx.downloads.make(wanted, self._clock.now())
            else:
                download = await self._download_for(tx, missing)
            decision = await self._judge(tx, download, release)
            if decision.verdict is Verdict.REJECTED and not decision.only_for_now:
                raise ReleaseRejected(rejected(release.title, decision.against()))
            return await self._choose(tx, download, decision)

    async def _of_missing_book(self, missing_book_id: UUID) -> DownloadShown:
        """Search a missing book that a person asks for. A download that failed or waits is searched again."""
        missing = await self._missing(missing_book_id)
        async with self._transaction() as tx:
            download, new = await self._want(tx, missing)
            if not new and not download.may_be_searched_by_person:
                raise _already_grabbed(download.id, download.wanted.title, download.status)
            download.asked_for()
            if new:
                tx.send(SearchForDownload(download_id=download.id))
                await tx.downloads.save(download)
            else:
                await retry_by_person(tx, download, self._clock.now())
            return shown(download)

    async def _of_torrent(self, request: CreateDownload, torrent: Torrent) -> DownloadShown:
        """Grab a given torrent, unless it is grabbed already or the rules reject it for its book."""
        missing = None if request.missing_book_id is None else await self._missing(request.missing_book_id)
        now, info_hash = self._clock.now(), torrent.identity.info_hash
        async with self._transaction() as tx:
            holder = await tx.downloads.holder_of_torrent(torrent.identity.hashes)
            if holder is not None:
                raise _already_grabbed(*holder)
            if missing is None:
                download = await tx.downloads.make(_named_book(request, now), now)
            else:
                download = await self._download_for(tx, missing)
            decision = await self._judge(tx, download, release_of(torrent, download.wanted))
            accepted = accepted_by_person(decision, named=missing is None, override=request.override)
            if accepted is None:
                raise ReleaseRejected(rejected(decision.release.title, explained(decision)))
            if torrent.content is not None:
                await tx.given_torrents.store(info_hash, self._seal.seal(torrent.content), now)
            return await self._choose(tx, download, accepted)

    async def _read(self, request: CreateDownload) -> Torrent:
        """The given torrent. An address is fetched."""
        if request.magnet is not None:
            return _of_magnet(request.magnet)
        try:
            if request.torrent is not None:
                return Torrent(read_torrent(request.torrent), content=request.torrent)
            return await self._addresses.fetch(request.address or "")
        except NotATorrent as wrong:
            raise NotATorrentFile(f"torrent: {wrong}") from wrong
        except RemoteError as error:
            raise NotATorrentFile(about("address", error.detail)) from error

    async def _missing(self, missing_book_id: UUID) -> MissingBook:
        try:
            missing = await self._library.missing_book(missing_book_id)
        except RemoteError as error:
            raise ServiceUnavailable("library-scanner", error.detail) from error
        if missing is None:
            raise NotFound(
                translatable(
                    "refused.no_missing_book", f"there is no missing book {missing_book_id}", id=str(missing_book_id)
                )
            )
        if missing.status in (MissingStatus.COMPLETED, MissingStatus.IGNORED):
            raise NotNow(
                translatable(
                    "refused.not_missing",
                    f"“{missing.title}” is {missing.status}: only missing books can be downloaded",
                    title=missing.title,
                )
            )
        return missing

    async def _download_for(self, tx: DownloadsTransaction, missing: MissingBook) -> Download:
        """A missing book's download, new or existing. Raises `AlreadyGrabbed` if the existing one is in progress."""
        download, new = await self._want(tx, missing)
        if not new and (not download.has_no_torrent or download.awaits_grab):
            raise _already_grabbed(download.id, download.wanted.title, download.status)
        return download

    async def _want(self, tx: DownloadsTransaction, missing: MissingBook) -> tuple[Download, bool]:
        """A missing book's download, and whether it is new."""
        ((download_id, _, new),) = await tx.downloads.want([missing], self._clock.now())
        download = await tx.downloads.get(download_id)
        if download is None:
            raise NotFound(
                translatable("refused.no_download", f"there is no download {download_id}", id=str(download_id))
            )
        if new:
            tx.announce(DownloadWanted(download_id=download_id, missing_book_id=missing.id))
        return download, new

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


def _named_book(request: CreateDownload, now: datetime) -> MissingBook:
    place = SeriesPlace(name=request.series, sequence=request.sequence) if request.series else None
    return manual_wanted_book(uuid4(), request.title or "", request.authors, place=place, now=now)


def _of_magnet(link: str) -> Torrent:
    try:
        return Torrent(read_magnet(link), magnet=link)
    except (NotATorrent, ValueError) as wrong:
        raise NotAMagnet(f"magnet: {wrong}") from wrong


async def _refuse_if_held(tx: DownloadsTransaction, release: Release) -> None:
    holder = await tx.downloads.holder_of_release(release)
    if holder is not None:
        raise _already_grabbed(*holder)


def _already_grabbed(download_id: UUID, title: str, status: str) -> AlreadyGrabbed:
    return AlreadyGrabbed(f"“{title}” already has a download ({download_id}), which is {status}", download_id)
