"""What failed or was put off, and is due, is tried again; what stands still, its message lost, is set going."""

from datetime import datetime, timedelta

from shared.contracts.downloads import DownloadStatus, RetryFailedDownloads
from shared.contracts.runs import Plan, PlannedAction, RunTally

from downloader.domain.download import Download, NextStep
from downloader.domain.ports import Clock, Transactions
from downloader.domain.retry import Ladder
from downloader.handlers.deciding import send_next

STUCK_AFTER = timedelta(hours=1)
"""Every step but downloading takes minutes at most, also with a message that is tried five times."""


class Retrying:
    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def retry_failed(self, command: RetryFailedDownloads) -> None:
        """A run of one piece: what it sets going tells its own story. A dry run names it."""
        now = self._clock.now()
        planned: list[PlannedAction] = []
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            ids = [each.id for each in await tx.downloads.due(now, STUCK_AFTER, in_transit=command.at_once)]
            for download_id in ids:
                download = await tx.downloads.get(download_id)
                step = None if download is None else _next_step(download, now, at_once=command.at_once)
                if download is None or step is None:
                    continue
                if step is NextStep.IMPORT and await tx.downloads.import_is_running(download.id):
                    continue
                planned.append(_planned(download, step))
                if not command.dry_run:
                    if download.next_retry_at is not None:
                        download.tried_again()
                    send_next(tx, download, step)
                    await tx.downloads.save(download)
            tx.runs.finished(
                command.run_id,
                RunTally(expected=len(ids), processed=len(ids), succeeded=len(planned)),
                details=Plan.of(planned).as_details() if command.dry_run else None,
            )


def _next_step(download: Download, now: datetime, *, at_once: bool) -> NextStep | None:
    """Where it goes on now; None when it is not its turn."""
    if download.next_retry_at is not None:
        soon = at_once and download.ladder is Ladder.TRANSIT
        return download.next_step() if soon or download.next_retry_at <= now else None
    if download.updated_at >= now - STUCK_AFTER:
        return None
    if download.status is DownloadStatus.SEARCHING:
        return NextStep.GRAB if download.handed_over else NextStep.SEARCH
    return NextStep.IMPORT if download.may_be_imported() else None


def _planned(download: Download, step: NextStep) -> PlannedAction:
    why = f"{download.status}: {download.error}" if download.next_retry_at else "it stands still: its message was lost"
    return PlannedAction(kind=f"{step}_again", what=download.wanted.title, words=why)
