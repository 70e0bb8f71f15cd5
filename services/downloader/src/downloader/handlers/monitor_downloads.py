"""Takes over what changed in the client: progress, completion, and every way a download can go wrong."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.rollback import taken_back
from shared.contracts.downloads.commands import AddToClient, ImportDownload, MonitorDownloads
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.events import DownloadCompleted, DownloadProgressed
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally

from downloader.domain.client_changes import Meaning, Sight, look
from downloader.domain.client_state import ClientState
from downloader.domain.download import Attempt, Download
from downloader.domain.ports import Clock, DownloadsTransaction, TorrentClient, TorrentsSeen, Transactions
from downloader.domain.torrent import ClientTorrent
from downloader.workflow.failures import block_and_look_further, fail, fail_for_removal
from downloader.workflow.search_plan import planned
from downloader.workflow.torrent_removal import remove_if_free

TASK = "download"
_TRACKERS_ASKED = 20
_CANCELLED_WITHIN = timedelta(days=1)
"""How long after its cancellation a torrent that appears in the client is still removed."""


class Monitoring:
    """One look at the client costs one delta and one indexed query while nothing changes."""

    def __init__(
        self, transaction: Transactions, client: TorrentClient, *, stalled_after: timedelta, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._client = client
        self._stalled_after = stalled_after
        self._clock = clock

    async def monitor(self, command: MonitorDownloads) -> None:
        """Look at every download under way; a client that is away ends the run with the reason and changes nothing.

        A dry run takes over what it sees in transactions that are taken back.
        """
        at = self._clock.now()
        async with self._transaction() as tx:
            under_way = await tx.downloads.under_way()
            cancelled = await tx.downloads.cancelled_hashes(at - _CANCELLED_WITHIN)
        try:
            _, seen = await self._client.changes()
        except RemoteError as error:
            await self._end(command.run_id, len(under_way), {}, problem=str(error))
            return
        meanings: dict[Meaning, int] = {}
        planned: list[PlannedAction] = []
        asked = 0
        for download in under_way:
            torrent = seen.get(download.info_hash or "")
            if torrent is not None and _may_be_refused(torrent) and asked < _TRACKERS_ASKED:
                torrent, asked = await self._with_tracker(torrent), asked + 1
            sight = self._look(download, torrent, at)
            if sight.meaning is not Meaning.NOTHING:
                meanings[sight.meaning] = meanings.get(sight.meaning, 0) + 1
                if command.dry_run:
                    planned += await self._plan(download, torrent, sight, at)
                else:
                    await self._take_over(download.id, torrent, at)
        planned += await self._remove_cancelled(cancelled, seen, dry_run=command.dry_run)
        plan = Plan.of(planned).as_details() if command.dry_run else {}
        await self._end(command.run_id, len(under_way), meanings, details=plan)

    async def _remove_cancelled(
        self, hashes: Sequence[str], seen: TorrentsSeen, *, dry_run: bool
    ) -> list[PlannedAction]:
        """Remove torrents that came into the client after their download was cancelled: an add may be answered late."""
        planned = []
        for info_hash in hashes:
            torrent = seen.get(info_hash)
            if torrent is None or torrent.progress > 0 or torrent.category != self._client.category:
                continue
            planned.append(PlannedAction(kind="remove_torrent", what=torrent.name, words="its download was cancelled"))
            if not dry_run:
                note = await remove_if_free(self._client, torrent)
                logger().info("cancelled_torrent", info_hash=info_hash, torrent=note)
        return planned

    def _look(self, download: Download, torrent: ClientTorrent | None, at: datetime) -> Sight:
        """What it was when the client was asked: many downloads take a while, and the last would seem stalled."""
        return look(
            download,
            torrent,
            now=at,
            stalled_after=self._stalled_after,
            session_began_at=self._client.session_began_at,
        )

    async def _with_tracker(self, torrent: ClientTorrent) -> ClientTorrent:
        """What its tracker said: a refusal does not show in the torrent's state."""
        try:
            return replace(torrent, tracker_fault=await self._client.tracker_fault(torrent))
        except RemoteError:
            return torrent

    async def _take_over(self, download_id: UUID, torrent: ClientTorrent | None, at: datetime) -> None:
        async with self._transaction() as tx:
            sight = await self._carry_out(tx, download_id, torrent, at)
        if sight is not None and sight.why:
            logger().warning("download_went_wrong", download_id=str(download_id), because=sight.why)
        if sight is not None and torrent is not None and _is_dead(sight, torrent):
            await self._remove_dead(torrent)

    async def _plan(
        self, download: Download, torrent: ClientTorrent | None, sight: Sight, at: datetime
    ) -> list[PlannedAction]:
        title = download.wanted.title
        async with taken_back(self._transaction) as tx:
            await self._carry_out(tx, download.id, torrent, at)
            actions = [planned(of, each) for of, each in tx.downloads.happened]
        if sight.meaning is Meaning.PROGRESSED:
            actions.append(PlannedAction(kind="progress", what=title, words=f"{sight.word}, {sight.progress:.0%}"))
        if torrent is not None and _is_dead(sight, torrent):
            actions.append(PlannedAction(kind="remove_torrent", what=title, words="nothing of it ever came"))
        return actions

    async def _carry_out(
        self, tx: DownloadsTransaction, download_id: UUID, torrent: ClientTorrent | None, at: datetime
    ) -> Sight | None:
        """What was seen, when it still mattered."""
        download = await tx.downloads.get(download_id)
        if download is None or download.status is not DownloadStatus.DOWNLOADING:
            return None
        sight = self._look(download, torrent, at)
        before = download.progress
        download.seen(sight.word, sight.progress, state_since=sight.state_since, progressed_at=sight.progressed_at)
        if sight.meaning is Meaning.COMPLETED and torrent is not None:
            download.completed(content_path=torrent.content_path, now=self._clock.now())
            tx.announce(DownloadCompleted(download_id=download.id))
            tx.send(ImportDownload(download_id=download.id))
            await tx.downloads.save(download)
        elif sight.meaning is Meaning.LOST:
            download.lost(self._clock.now())
            tx.send(AddToClient(download_id=download.id))
            await tx.downloads.save(download)
        elif sight.error_type is not None:
            await self._went_wrong(tx, download, sight, sight.error_type)
        else:
            await tx.downloads.save(download)
            _tell_progress(tx, download, before)
        return sight

    async def _went_wrong(
        self, tx: DownloadsTransaction, download: Download, sight: Sight, error_type: ErrorType
    ) -> None:
        attempt = Attempt(TASK, error_type, sight.why, download.release.id if download.release else "")
        now = self._clock.now()
        if sight.meaning is Meaning.RELEASE_IS_BAD:
            await block_and_look_further(tx, download, attempt, now=now)
        elif sight.meaning is Meaning.REMOVED:
            await fail_for_removal(tx, download, attempt, now)
        else:
            await fail(tx, download, attempt, now)

    async def _remove_dead(self, torrent: ClientTorrent) -> None:
        """Nothing of it ever came, so no seeding duty was taken on. Left in the client it does no harm."""
        try:
            await self._client.remove(torrent, with_files=True)
        except RemoteError as error:
            logger().warning("dead_torrent_left", because=str(error))

    async def _end(
        self,
        run_id: UUID | None,
        checked: int,
        meanings: dict[Meaning, int],
        *,
        problem: str = "",
        details: dict[str, Any] | None = None,
    ) -> None:
        if run_id is None:
            return
        async with self._transaction() as tx:
            await tx.runs.started(run_id)
            tx.runs.finished(
                run_id,
                RunTally(expected=checked, processed=0 if problem else checked, succeeded=0 if problem else checked),
                outcome=RunOutcome.FAILED if problem else RunOutcome.COMPLETED,
                problems=[problem] if problem else [],
                details={"checked": checked}
                | {meaning.value: count for meaning, count in meanings.items()}
                | (details or {}),
            )


def _tell_progress(tx: DownloadsTransaction, download: Download, before: float) -> None:
    """Told by the hundredth: whoever looks on needs no more."""
    if int(download.progress * 100) != int(before * 100):
        told = DownloadProgressed(
            download_id=download.id, progress=download.progress, client_state=download.client_state
        )
        tx.announce(told)


def _is_dead(sight: Sight, torrent: ClientTorrent) -> bool:
    return sight.meaning is Meaning.RELEASE_IS_BAD and torrent.progress == 0


def _may_be_refused(torrent: ClientTorrent) -> bool:
    return torrent.state is ClientState.STALLED and torrent.seeds == 0
