"""What a person decides about a download: take this release, try again, give it up."""

from uuid import UUID

from shared.chassis.errors import NotFound, RemoteError
from shared.contracts.downloads.candidates import Candidate, GrabRelease, Verdict
from shared.contracts.downloads.commands import AddToClient, ImportDownload, SearchForDownload
from shared.contracts.downloads.downloads import CancelDownload, DownloadStatus, RetryDownload
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.events import DownloadCancelled
from shared.contracts.library.imports import ConfirmImport

from downloader.domain.download import Download, NextStep, shown
from downloader.domain.ports import Clock, DownloadsTransaction, TorrentClient, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotNow, ReleaseRejected
from downloader.workflow.failures import look_further_if_taken
from downloader.workflow.torrent_removal import remove_if_free

_UNDER_WAY = frozenset(
    {DownloadStatus.DOWNLOADING, DownloadStatus.COMPLETED, DownloadStatus.IMPORTING, DownloadStatus.IMPORTED}
)
_MAY_RETRY = frozenset({DownloadStatus.FAILED, DownloadStatus.ABANDONED, DownloadStatus.CANCELLED})
_OVER = frozenset({DownloadStatus.IMPORTED, DownloadStatus.CANCELLED})


class Deciding:
    """Answers people's decisions."""

    def __init__(self, transaction: Transactions, client: TorrentClient, clock: Clock) -> None:
        self._transaction = transaction
        self._client = client
        self._clock = clock

    async def grab(self, request: GrabRelease) -> DownloadShown:
        """Choose one judged release. The rules of the account and the disk still hold when it is handed over."""
        async with self._transaction() as tx:
            download = await existing(tx, request.download_id)
            candidate = await tx.candidates.get(request.candidate_id)
            if candidate is None or candidate.download_id != download.id:
                raise NotFound(f"the download {download.id} has no candidate {request.candidate_id}")
            _check_may_be_grabbed(download, candidate)
            download.chose(candidate.id, candidate.release, by_person=True, now=self._clock.now())
            await tx.downloads.save(download)
            tx.send(AddToClient(download_id=download.id))
        return shown(download)

    async def retry(self, request: RetryDownload) -> DownloadShown:
        """Begin both ladders anew; what was downloaded already goes on at its import."""
        async with self._transaction() as tx:
            download = await existing(tx, request.id)
            if download.status not in _MAY_RETRY and not download.is_put_off:
                raise NotNow(f"the download is {download.status}: only what failed or was given up is tried again")
            if download.status is DownloadStatus.CANCELLED and download.missing_book_id is not None:
                others = await tx.downloads.of_missing_book(download.missing_book_id)
                if others:
                    raise AlreadyGrabbed(
                        f"“{download.wanted.title}” has another download: {others[0].id}", others[0].id
                    )
            step = download.begun_again()
            if not await look_further_if_taken(tx, download, self._clock.now()):
                send_next(tx, download, step)
                await tx.downloads.save(download)
        return shown(download)

    async def cancel(self, request: CancelDownload) -> DownloadShown:
        """Give it up. Its torrent is removed when no seeding duty is open, and else stays; the answer says which."""
        async with self._transaction() as tx:
            download = await existing(tx, request.id)
            if download.status in _OVER:
                raise NotNow(f"the download is {download.status} already")
            torrent_hash = download.info_hash
            why = "given up by a person"
            download.cancelled(why)
            await tx.downloads.save(download)
            tx.announce(DownloadCancelled(download_id=download.id, missing_book_id=download.missing_book_id, why=why))
        if torrent_hash is not None:
            note = await self._let_go(torrent_hash)
            async with self._transaction() as tx:
                download = await existing(tx, request.id)
                if download.status is DownloadStatus.CANCELLED:
                    download.cancelled(f"given up by a person; {note}")
                    await tx.downloads.save(download)
        return shown(download)

    async def _let_go(self, info_hash: str) -> str:
        try:
            torrent = await self._client.find([info_hash])
        except RemoteError as error:
            return f"the torrent stays in the client, which could not be asked: {error}"
        if torrent is None:
            return "its torrent is not in the client"
        return await remove_if_free(self._client, torrent)


def send_next(tx: DownloadsTransaction, download: Download, step: NextStep) -> None:
    """Send the command by which a download goes on."""
    match step:
        case NextStep.SEARCH:
            tx.send(SearchForDownload(download_id=download.id))
        case NextStep.GRAB:
            tx.send(AddToClient(download_id=download.id))
        case NextStep.IMPORT:
            tx.send(ImportDownload(download_id=download.id))
        case NextStep.CONFIRM:
            send_confirmation(tx, download)


def send_confirmation(tx: DownloadsTransaction, download: Download) -> None:
    """Ask the library to report the book whose files were placed."""
    tx.send(
        ConfirmImport(
            download_id=download.id,
            missing_book_id=download.missing_book_id,
            relative_path=download.library_path or "",
        )
    )


async def existing(tx: DownloadsTransaction, download_id: UUID) -> Download:
    download = await tx.downloads.get(download_id)
    if download is None:
        raise NotFound(f"there is no download {download_id}")
    return download


def _check_may_be_grabbed(download: Download, candidate: Candidate) -> None:
    if download.status in _UNDER_WAY or download.handed_over:
        taken = download.release.title if download.release else "its release"
        raise AlreadyGrabbed(f"“{download.wanted.title}” is {download.status} with “{taken}”", download.id)
    if download.status is DownloadStatus.CANCELLED:
        raise NotNow("the download was given up: try it again first")
    if candidate.verdict is Verdict.REJECTED:
        against = "; ".join(f"{reason.rule}: {reason.words}" for reason in candidate.reasons if reason.weight < 0)
        raise ReleaseRejected(f"“{candidate.release.title}” was rejected: {against}")
