"""Polls the download client and stores what changed: progress, completion and failures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.chassis.rollback import rolled_back
from shared.contracts.downloads.commands import AddToClient, ImportDownload, MonitorDownloads
from shared.contracts.downloads.downloads import DownloadStatus, ErrorType
from shared.contracts.downloads.events import DownloadCompleted, DownloadProgressed
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import translatable

from downloader.domain.client_changes import ChangeKind, ClientChange, compare
from downloader.domain.client_state import ClientState
from downloader.domain.download import Download
from downloader.domain.download_client import ContentFile, DownloadClient
from downloader.domain.history import Attempt
from downloader.domain.packs import progress_of
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.domain.torrent import ClientTorrent
from downloader.workflow.disk_check import DiskCheck
from downloader.workflow.failures import block_and_search_again, fail, fail_for_removal
from downloader.workflow.magnet_packs import MagnetPacks
from downloader.workflow.search_plan import planned_action
from downloader.workflow.sweep import Sweep
from downloader.workflow.torrent_removal import remove_if_free

TASK = "download"
_MAX_TRACKER_CHECKS = 20
_RUNNING = frozenset(
    {
        ClientState.METADATA,
        ClientState.DOWNLOADING,
        ClientState.STALLED,
        ClientState.QUEUED,
        ClientState.CHECKING,
        ClientState.MOVING,
    }
)
_CANCELLED_WITHIN = timedelta(days=1)
"""How long after its cancellation a torrent that appears in the client is still removed."""


class MonitorDownloadsHandler:
    """Handles `MonitorDownloads`. While nothing changes, a poll costs one delta and one indexed query."""

    def __init__(
        self,
        transaction: Transactions,
        client: DownloadClient,
        *,
        disk_check: DiskCheck,
        magnet_packs: MagnetPacks,
        stalled_after: timedelta,
        clock: Clock,
    ) -> None:
        self._transaction = transaction
        self._client = client
        self._disk_check = disk_check
        self._magnet_packs = magnet_packs
        self._stalled_after = stalled_after
        self._clock = clock
        self._last_checked = ""
        """The last download whose tracker was asked."""

    async def monitor(self, command: MonitorDownloads) -> None:
        """Compare every running download with the client. If the client is unavailable, the run fails unchanged.

        Each download has its own transaction, so that one that fails stops no other. A dry run applies the changes in
        transactions that are rolled back.
        """
        at = self._clock.now()
        async with self._transaction() as tx:
            running, unreadable = await tx.downloads.running()
            cancelled = await tx.downloads.cancelled_hashes(at - _CANCELLED_WITHIN)
        try:
            _, seen = await self._client.changes()
        except RemoteError as error:
            await self._end(command.run_id, RunTally(expected=len(running)), {}, [error.words], RunOutcome.FAILED)
            return
        sweep = Sweep("download_monitor")
        words = f"{unreadable} downloads cannot be read"
        sweep.count(translatable("run.unreadable", words, count=unreadable), unreadable)
        counts: dict[ChangeKind, int] = {}
        planned: list[PlannedAction] = []
        torrents = {download.id: seen.get(download.info_hash or "") for download in running}
        to_check = self._next_to_check(torrents)
        files: dict[str, Sequence[ContentFile]] = {}
        for download in running:
            with sweep.row(_download(download.id)):
                torrent = torrents[download.id]
                if torrent is not None and download.id in to_check:
                    torrent = await self._with_tracker(torrent)
                torrent = await self._as_seen_by(download, torrent, files)
                no_room = None if torrent is None else await self._disk_check.no_room(download, torrent)
                change = self._compare(download, torrent, at, no_room)
                if torrent is not None and not command.dry_run and await self._is_no_book(download, torrent, change):
                    continue  # the next poll sees the files of each book
                if change.kind is ChangeKind.NOTHING:
                    continue
                counts[change.kind] = counts.get(change.kind, 0) + 1
                if command.dry_run:
                    planned += await self._plan(download, torrent, change, at, no_room)
                elif torrent is None or not change.stops_torrent or await self._stopped(torrent):
                    await self._apply(download.id, torrent, at, no_room)
        for info_hash in cancelled:
            with sweep.row(_torrent(info_hash)):
                planned += await self._remove_cancelled(seen.get(info_hash), dry_run=command.dry_run)
        plan = Plan.of(planned).as_details() if command.dry_run else {}
        checked = len(running) + unreadable
        tally = RunTally(
            expected=checked, processed=checked, succeeded=max(0, checked - sweep.failed), failed=sweep.failed
        )
        await self._end(command.run_id, tally, counts, sweep.problems, details=plan)

    async def _remove_cancelled(self, torrent: ClientTorrent | None, *, dry_run: bool) -> list[PlannedAction]:
        """Remove a torrent that appeared after its download was cancelled: the client may add it late."""
        if torrent is None or torrent.progress > 0 or torrent.category != self._client.category:
            return []
        if not dry_run:
            note = await remove_if_free(self._transaction, self._client, torrent)
            logger().info("cancelled_torrent", info_hash=torrent.hashes[0], torrent=note)
        words = translatable("plan.cancelled", "its download was cancelled")
        return [PlannedAction.of("remove_torrent", torrent.name, words)]

    def _next_to_check(self, torrents: Mapping[UUID, ClientTorrent | None]) -> Collection[UUID]:
        """The downloads whose trackers are asked now. Each poll asks others, until every stalled one had its turn."""
        stalled = sorted((str(each), each) for each, found in torrents.items() if found and _may_be_refused(found))
        later = [pair for pair in stalled if pair[0] > self._last_checked]
        chosen = [*later, *(pair for pair in stalled if pair not in later)][:_MAX_TRACKER_CHECKS]
        self._last_checked = chosen[-1][0] if chosen else ""
        return {download_id for _, download_id in chosen}

    def _compare(
        self, download: Download, torrent: ClientTorrent | None, at: datetime, no_room: str | None
    ) -> ClientChange:
        """Use the time of the poll: many downloads take a while, and the last one would seem stalled."""
        return compare(
            download,
            torrent,
            now=at,
            stalled_after=self._stalled_after,
            session_began_at=self._client.session_began_at,
            no_room=no_room,
        )

    async def _with_tracker(self, torrent: ClientTorrent) -> ClientTorrent:
        """The torrent with its tracker's error: its state does not show a refusal."""
        try:
            return replace(torrent, tracker_fault=await self._client.tracker_fault(torrent))
        except RemoteError:
            return torrent

    async def _is_no_book(self, download: Download, torrent: ClientTorrent, change: ClientChange) -> bool:
        """Whether the torrent of a magnet link holds several books, or may do so. It is then divided."""
        to_divide = _is_to_be_divided(download, torrent, change)
        return to_divide and not await self._magnet_packs.is_one_book(download, torrent)

    async def _as_seen_by(
        self, download: Download, torrent: ClientTorrent | None, files: dict[str, Sequence[ContentFile]]
    ) -> ClientTorrent | None:
        """The torrent as one of its books sees it: complete only if the files of the book are.

        A torrent is complete for a moment when the files of another book have just been chosen. `files` caches the
        files of each torrent for one poll.
        """
        if torrent is None or not download.is_in_pack or torrent.state is not ClientState.COMPLETE:
            return torrent
        info_hash = download.info_hash or ""
        try:
            if info_hash not in files:
                files[info_hash] = await self._client.files(torrent)
        except RemoteError as error:
            logger().warning("files_not_listed", info_hash=info_hash, because=str(error))
            return replace(torrent, state=ClientState.DOWNLOADING, progress=download.progress)
        done = progress_of(download.pack_files, files[info_hash])
        if all(each >= 1.0 for each in done):
            return torrent
        return replace(torrent, state=ClientState.DOWNLOADING, progress=sum(done) / len(done))

    async def _apply(self, download_id: UUID, torrent: ClientTorrent | None, at: datetime, no_room: str | None) -> None:
        async with self._transaction() as tx:
            change = await self._carry_out(tx, download_id, torrent, at, no_room)
        if change is not None and change.why:
            logger().warning("download_failed", download_id=str(download_id), because=change.why)
        if change is not None and torrent is not None and _is_dead(change, torrent):
            await self._remove_dead(torrent)
        if change is not None and torrent is not None and change.stops_torrent:
            note = await remove_if_free(self._transaction, self._client, torrent)
            logger().info("torrent_stopped", download_id=str(download_id), torrent=note)

    async def _stopped(self, torrent: ClientTorrent) -> bool:
        """Stop a torrent before anything else, so that it cannot fill the disk. False: the next poll tries again.

        A client may ignore it, as Transmission does while it checks the files of a torrent that it has just added.
        """
        try:
            await self._client.stop(torrent)
            found = await self._client.find(torrent.hashes)
        except RemoteError as error:
            logger().warning("torrent_not_stopped", info_hash=torrent.hashes[0], because=str(error))
            return False
        return found is None or found.state not in _RUNNING

    async def _plan(
        self,
        download: Download,
        torrent: ClientTorrent | None,
        change: ClientChange,
        at: datetime,
        no_room: str | None,
    ) -> list[PlannedAction]:
        title = download.wanted.title
        async with rolled_back(self._transaction) as tx:
            await self._carry_out(tx, download.id, torrent, at, no_room)
            actions = [planned_action(of, each) for of, each in tx.downloads.new_events]
        if change.kind is ChangeKind.PROGRESSED:
            state, done = change.client_state, change.progress
            words = translatable("plan.progress", f"{state}, {done:.0%}", state=state, progress=done)
            actions.append(PlannedAction.of("progress", title, words))
        if change.stops_torrent:
            actions.append(PlannedAction.of("stop_torrent", title, change.why))
        if torrent is not None and _is_dead(change, torrent):
            words = translatable("plan.nothing_downloaded", "nothing of it was ever downloaded")
            actions.append(PlannedAction.of("remove_torrent", title, words))
        return actions

    async def _carry_out(
        self,
        tx: DownloadsTransaction,
        download_id: UUID,
        torrent: ClientTorrent | None,
        at: datetime,
        no_room: str | None,
    ) -> ClientChange | None:
        """Apply the change; None when the download is no longer downloading."""
        download = await tx.downloads.get(download_id)
        if download is None or download.status is not DownloadStatus.DOWNLOADING:
            return None
        change = self._compare(download, torrent, at, no_room)
        before = download.progress
        if torrent is not None and torrent.size_bytes > 0 and not download.is_in_pack:
            download.size_bytes = torrent.size_bytes
            download.set_hashes((*download.hashes, *torrent.hashes))
        download.seen(
            change.client_state, change.progress, state_since=change.state_since, progressed_at=change.progressed_at
        )
        if change.kind is ChangeKind.COMPLETED and torrent is not None:
            download.completed(content_path=torrent.content_path, now=self._clock.now())
            tx.announce(DownloadCompleted(download_id=download.id))
            tx.send(ImportDownload(download_id=download.id))
            await tx.downloads.save(download)
        elif change.kind is ChangeKind.LOST:
            download.lost(self._clock.now())
            tx.send(AddToClient(download_id=download.id))
            await tx.downloads.save(download)
        elif change.error_type is not None:
            await self._store_failure(tx, download, change, change.error_type)
        else:
            await tx.downloads.save(download)
            _announce_progress(tx, download, before)
        return change

    async def _store_failure(
        self, tx: DownloadsTransaction, download: Download, change: ClientChange, error_type: ErrorType
    ) -> None:
        attempt = Attempt(TASK, error_type, change.why, download.release.id if download.release else "")
        now = self._clock.now()
        if change.kind in (ChangeKind.RELEASE_IS_BAD, ChangeKind.TOO_LARGE):
            await block_and_search_again(tx, download, attempt, now=now)
        elif change.kind is ChangeKind.REMOVED:
            await fail_for_removal(tx, download, attempt, now)
        else:
            await fail(tx, download, attempt, now)

    async def _remove_dead(self, torrent: ClientTorrent) -> None:
        """Remove a torrent without downloaded data, which has no seeding duty. A failure to remove it is harmless."""
        try:
            await self._client.remove(torrent, with_files=True)
        except RemoteError as error:
            logger().warning("dead_torrent_not_removed", because=str(error))

    async def _end(
        self,
        run_id: UUID | None,
        tally: RunTally,
        counts: dict[ChangeKind, int],
        problems: Sequence[str],
        outcome: RunOutcome = RunOutcome.COMPLETED,
        *,
        details: dict[str, Any] | None = None,
    ) -> None:
        if run_id is None:
            return
        figures = {"checked": tally.expected or 0} | {kind.value: count for kind, count in counts.items()}
        async with self._transaction() as tx:
            await tx.runs.started(run_id)
            tx.runs.finished(run_id, tally, outcome=outcome, problems=list(problems), details=figures | (details or {}))


def _download(download_id: UUID) -> str:
    return translatable("run.download", f"the download {download_id}", id=str(download_id))


def _torrent(info_hash: str) -> str:
    return translatable("run.torrent", f"the torrent {info_hash}", hash=info_hash)


def _announce_progress(tx: DownloadsTransaction, download: Download, before: float) -> None:
    """Announce the progress when its whole percentage changed."""
    if int(download.progress * 100) != int(before * 100):
        tx.announce(
            DownloadProgressed(download_id=download.id, progress=download.progress, client_state=download.client_state)
        )


def _is_to_be_divided(download: Download, torrent: ClientTorrent, change: ClientChange) -> bool:
    """Whether the torrent is of a magnet link, and its files are known and were not looked into yet."""
    goes_on = change.kind in (ChangeKind.NOTHING, ChangeKind.PROGRESSED, ChangeKind.COMPLETED)
    return download.awaits_files and goes_on and torrent.size_bytes > 0 and torrent.state is not ClientState.METADATA


def _is_dead(change: ClientChange, torrent: ClientTorrent) -> bool:
    return change.kind is ChangeKind.RELEASE_IS_BAD and torrent.progress == 0


def _may_be_refused(torrent: ClientTorrent) -> bool:
    return torrent.state is ClientState.STALLED and torrent.seeds == 0
