"""A person chooses the release that is grabbed."""

from shared.chassis.errors import NotFound
from shared.contracts.downloads.candidates import Candidate, GrabRelease, Verdict
from shared.contracts.downloads.commands import AddToClient
from shared.contracts.downloads.downloads import Download as DownloadShown
from shared.contracts.downloads.downloads import DownloadStatus
from shared.translatable import translatable

from downloader.domain.decision import against, rejected
from downloader.domain.download import Download
from downloader.domain.download_view import shown
from downloader.domain.ports import Clock, Transactions
from downloader.domain.refusals import AlreadyGrabbed, NotNow, ReleaseRejected
from downloader.workflow.next_step import load_download

_IN_PROGRESS = frozenset(
    {DownloadStatus.DOWNLOADING, DownloadStatus.COMPLETED, DownloadStatus.IMPORTING, DownloadStatus.IMPORTED}
)


class GrabReleaseHandler:
    """Handles `GrabRelease`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def grab(self, request: GrabRelease) -> DownloadShown:
        """Choose one judged release. The account and the disk are checked again before it is added to the client.

        Raises `NotFound`, `AlreadyGrabbed`, `NotNow` and `ReleaseRejected`.
        """
        async with self._transaction() as tx:
            download = await load_download(tx, request.download_id)
            candidate = await tx.candidates.get(request.candidate_id)
            if candidate is None or candidate.download_id != download.id:
                raise NotFound(f"the download {download.id} has no candidate {request.candidate_id}")
            _check_may_be_grabbed(download, candidate)
            download.chose(candidate.id, candidate.release, by_person=True, now=self._clock.now())
            await tx.downloads.save(download)
            tx.send(AddToClient(download_id=download.id))
        return shown(download)


def _check_may_be_grabbed(download: Download, candidate: Candidate) -> None:
    if download.status in _IN_PROGRESS or (download.awaits_grab and not download.is_deferred):
        release_title = download.release.title if download.release else "its release"
        raise AlreadyGrabbed(
            translatable(
                "refused.already_grabbed",
                f"“{download.wanted.title}” is {download.status} with “{release_title}”",
                title=download.wanted.title,
                release=release_title,
            ),
            download.id,
        )
    if download.status is DownloadStatus.CANCELLED:
        raise NotNow(translatable("refused.cancelled", "the download is cancelled: retry it first"))
    if candidate.verdict is Verdict.REJECTED:
        raise ReleaseRejected(rejected(candidate.release.title, against(candidate.reasons)))
