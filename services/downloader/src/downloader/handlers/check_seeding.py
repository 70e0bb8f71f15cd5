"""Updates the ledger of seeding times, warns of interrupted torrents, and cleans up those whose duty is met."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.seeding import CheckSeeding, ListSeeding, SeedingInterrupted, SeedingTorrent
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.page import Page
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.contracts.values import Indexer
from shared.translatable import about, translatable

from downloader.domain.download_client import DownloadClient, TorrentSnapshot
from downloader.domain.ports import Account, Clock, DownloadsTransaction, Transactions
from downloader.domain.seeding import SeedingEntry
from downloader.domain.seeding_end import AfterSeeding, SeedingEnd
from downloader.workflow.sweep import Sweep

_ENDED_WITHIN = timedelta(days=1)
"""How long an ended torrent is still checked: a client that has just started may not list it yet."""


@dataclass(slots=True)
class _Result:
    """What a check did, or would do."""

    done: list[SeedingEntry] = field(default_factory=list)
    """Torrents after whose seeding the rule applies."""
    actions: list[PlannedAction] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


class CheckSeedingHandler:
    """Handles `CheckSeeding` and `ListSeeding`."""

    def __init__(
        self, transaction: Transactions, *, client: DownloadClient, account: Account, end: SeedingEnd, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._client = client
        self._account = account
        self._end = end
        self._clock = clock

    async def list_seeding(self, request: ListSeeding) -> Page[SeedingTorrent]:
        """One page of the ledger."""
        async with self._transaction() as tx:
            page = await tx.seeding.page(request)
        items = [entry.shown() for entry in page.items]
        return Page(items=items, total=page.total, limit=page.limit, offset=page.offset)

    async def check(self, command: CheckSeeding) -> None:
        """Compare the ledger with the client and with the tracker's list.

        Each torrent has its own transaction, so that one that fails stops no other. If the client is unavailable, the
        run fails unchanged. If the tracker's list is unavailable, its last state counts. A dry run only plans.
        """
        result, sweep = _Result(), Sweep("seeding_check")
        try:
            _, seen = await self._client.changes()
        except RemoteError as error:
            result.problems.append(error.words)
            await self._finish(command, result, RunTally(), RunOutcome.FAILED)
            return
        duties = await self._duties(result)
        async with self._transaction() as tx:
            hashes = await tx.seeding.to_check(self._clock.now() - _ENDED_WITHIN)
        for info_hash in hashes:
            with sweep.row(_torrent(info_hash)):
                await self._check(info_hash, seen, duties, result, dry_run=command.dry_run)
        for entry in result.done:
            with sweep.row(_torrent(entry.info_hash)):
                await self._clean_up(entry, seen, result, dry_run=command.dry_run)
        result.problems += sweep.problems
        checked = len(hashes)
        tally = RunTally(
            expected=checked, processed=checked, succeeded=max(0, checked - sweep.failed), failed=sweep.failed
        )
        await self._finish(command, result, tally, RunOutcome.COMPLETED)

    async def _duties(self, result: _Result) -> Mapping[str, SeedingDuty] | None:
        try:
            return {duty.torrent_id: duty for duty in await self._account.seeding_duties()}
        except RemoteError as error:
            words = f"the tracker's list of seeding torrents: {error}"
            result.problems.append(translatable("run.no_duties", words, why=error.words))
            return None

    async def _check(
        self,
        info_hash: str,
        seen: TorrentSnapshot,
        duties: Mapping[str, SeedingDuty] | None,
        result: _Result,
        *,
        dry_run: bool,
    ) -> None:
        now = self._clock.now()
        async with self._transaction() as tx:
            entry = await tx.seeding.locked(info_hash)
            if entry is None:
                return
            if duties is not None and entry.indexer is Indexer.MAM:
                entry.listed(duties.get(entry.release_id))
            entry.saw(seen.get(info_hash), now)
            words = entry.interruption if entry.warned_at is None else None
            if words is not None:
                entry.warned_at = now
            if not dry_run:
                await tx.seeding.store(entry)
                _announce_interruption(tx, entry, words)
        if words is not None:
            result.actions.append(PlannedAction.of("warn", entry.title, words))
        if self._end.applies(entry):
            result.done.append(entry)

    async def _clean_up(self, entry: SeedingEntry, seen: TorrentSnapshot, result: _Result, *, dry_run: bool) -> None:
        """Remove or move a torrent for which the rule says so. One that fails is tried again by the next check."""
        torrent = seen.get(entry.info_hash)
        if torrent is None or torrent.category != self._client.category:
            return
        async with self._transaction() as tx:
            if not await tx.seeding.is_imported(entry.info_hash):
                return
        result.actions.append(PlannedAction.of(self._end.then, entry.title, entry.words))
        if dry_run:
            return
        try:
            if self._end.then is AfterSeeding.REMOVE:
                await self._client.remove(torrent, with_files=True)
            else:
                await self._client.set_category(torrent, self._end.category)
        except RemoteError as error:
            result.problems.append(about(entry.title, error.words))
        else:
            logger().info("seeding_ended", info_hash=entry.info_hash, action=self._end.then, because=entry.words)

    async def _finish(self, command: CheckSeeding, result: _Result, tally: RunTally, outcome: RunOutcome) -> None:
        if command.run_id is None:
            return
        figures = Plan.of(result.actions).as_details() if command.dry_run else {"actions": len(result.actions)}
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            tx.runs.finished(
                command.run_id,
                tally,
                outcome=outcome,
                problems=result.problems,
                details={"checked": tally.expected or 0} | figures,
            )


def _torrent(info_hash: str) -> str:
    return translatable("run.torrent", f"the torrent {info_hash}", hash=info_hash)


def _announce_interruption(tx: DownloadsTransaction, entry: SeedingEntry, words: str | None) -> None:
    if words is None:
        return
    tx.announce(
        SeedingInterrupted(info_hash=entry.info_hash, download_id=entry.download_id, title=entry.title, words=words)
    )
    logger().warning("seeding_interrupted", info_hash=entry.info_hash, because=words)
