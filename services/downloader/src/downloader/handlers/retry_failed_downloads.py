"""Retries failed and deferred downloads when they are due, and downloads that are stuck after a lost message."""

from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.downloads.commands import RetryFailedDownloads
from shared.contracts.downloads.downloads import DownloadStatus
from shared.contracts.runs import Plan, PlannedAction, RunTally
from shared.translatable import translatable

from downloader.domain.download import Download
from downloader.domain.ports import Clock, Transactions
from downloader.domain.retry import Ladder, NextStep
from downloader.workflow.failures import search_again_if_duplicate
from downloader.workflow.next_step import send_next
from downloader.workflow.sweep import Sweep

STUCK_AFTER = timedelta(hours=1)
"""Every step but downloading takes minutes at most, even if its message is redelivered five times."""
_KEEPS_TORRENT = (NextStep.READ_PAGE, NextStep.ANNOUNCE, NextStep.MOVE_ASIDE)
"""The steps that do not make a download live, so that it may share a torrent's hash."""


class RetryFailedDownloadsHandler:
    """Handles `RetryFailedDownloads`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def retry_failed(self, command: RetryFailedDownloads) -> None:
        """Retry each due download in its own transaction, so that a failing one stops no other.

        A dry run only lists them.
        """
        now = self._clock.now()
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            ids = await tx.downloads.due(now, STUCK_AFTER, in_transit=command.at_once)
        planned: list[PlannedAction] = []
        sweep = Sweep("download_retry")
        for download_id in ids:
            with sweep.row(_not_retried(download_id)):
                planned += await self._retry(download_id, command, now)
        tally = RunTally(expected=len(ids), processed=len(ids), succeeded=len(planned), failed=sweep.failed)
        details = Plan.of(planned).as_details() if command.dry_run else None
        async with self._transaction() as tx:
            tx.runs.finished(command.run_id, tally, problems=sweep.problems, details=details)

    async def _retry(self, download_id: UUID, command: RetryFailedDownloads, now: datetime) -> list[PlannedAction]:
        """The retry that was made or planned; empty when the download is not due."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(download_id)
            step = None if download is None else _next_step(download, now, at_once=command.at_once)
            if download is None or step is None:
                return []
            if step in (NextStep.IMPORT, NextStep.CONVERT) and await tx.downloads.import_is_running(download.id):
                return []
            action = _planned(download, step)
            if not command.dry_run and (
                step in _KEEPS_TORRENT or not await search_again_if_duplicate(tx, download, now)
            ):
                if download.next_retry_at is not None:
                    download.retried()
                if step is NextStep.READ_PAGE:
                    download.page_asked_at = now
                send_next(tx, download, step)
                await tx.downloads.save(download)
            return [action]


def _next_step(download: Download, now: datetime, *, at_once: bool) -> NextStep | None:
    """The step to retry now; None when the download is not due."""
    if download.next_retry_at is not None:
        soon = at_once and download.ladder is Ladder.TRANSIT
        return download.next_step() if soon or download.next_retry_at <= now else None
    if download.status is DownloadStatus.DOWNLOADING:
        is_stuck = download.page_asked_at is not None and download.page_asked_at < now - STUCK_AFTER
        return NextStep.READ_PAGE if is_stuck else None
    return _next_step_of_stuck(download) if download.updated_at < now - STUCK_AFTER else None


def _next_step_of_stuck(download: Download) -> NextStep | None:
    """The step whose message was lost; None when no message is awaited."""
    if download.status is DownloadStatus.SEARCHING:
        return NextStep.GRAB if download.awaits_grab else NextStep.SEARCH
    if download.status is DownloadStatus.IMPORTED:
        return _next_step_of_imported(download)
    return _next_step_of_import(download)


def _next_step_of_import(download: Download) -> NextStep | None:
    if download.awaits_confirmation:
        return NextStep.CONFIRM
    if download.awaits_conversion:
        return NextStep.CONVERT
    return NextStep.IMPORT if download.may_be_imported() else None


def _next_step_of_imported(download: Download) -> NextStep | None:
    """The metadata service comes first, because moving the replaced book may fail again and again."""
    if download.awaits_description:
        return NextStep.ANNOUNCE
    return NextStep.MOVE_ASIDE if download.awaits_move else None


def _planned(download: Download, step: NextStep) -> PlannedAction:
    if download.is_delayed and download.delayed_release is not None:
        title = download.delayed_release.title
        why = translatable("plan.delay_ended", f"the delay for “{title}” has ended", title=title)
    elif download.next_retry_at:
        state, because = download.status.value, download.error or download.waiting_for or ""
        why = translatable("plan.in_state", f"{state}: {because}", state=state, why=because)
    else:
        why = translatable("plan.stuck", "it is stuck: its message was lost")
    return PlannedAction.of(f"{step}_again", download.wanted.title, why)


def _not_retried(download_id: UUID) -> str:
    return translatable("run.not_retried", f"the download {download_id} cannot be retried", id=str(download_id))
