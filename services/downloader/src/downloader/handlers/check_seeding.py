"""Updates the ledger of seeding times, warns of interrupted torrents, and cleans up those whose duty is met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.seeding import CheckSeeding, ListSeeding, SeedingInterrupted, SeedingTorrent
from shared.contracts.mam.seeding import SeedingDuty
from shared.contracts.page import Page
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.contracts.values import Indexer

from downloader.domain.download_client import DownloadClient, TorrentSnapshot
from downloader.domain.ports import Account, Clock, Transactions
from downloader.domain.seeding import SeedingEntry
from downloader.domain.seeding_end import AfterSeeding, SeedingEnd

_BATCH = 200


@dataclass(slots=True)
class _Result:
    """What a check did, or would do."""

    checked: int = 0
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

        If the client is unavailable, the run fails unchanged. If the tracker's list is unavailable, its last state
        counts. A dry run only plans.
        """
        result = _Result()
        try:
            _, seen = await self._client.changes()
        except RemoteError as error:
            result.problems.append(str(error))
            await self._finish(command, result, RunOutcome.FAILED)
            return
        duties = await self._duties(result)
        after = ""
        while True:
            async with self._transaction() as tx:
                entries = await tx.seeding.open(after, _BATCH)
            if not entries:
                break
            after = entries[-1].info_hash
            await self._check(entries, seen, duties, result, dry_run=command.dry_run)
        await self._finish(command, result, RunOutcome.COMPLETED)

    async def _duties(self, result: _Result) -> Mapping[str, SeedingDuty] | None:
        try:
            return {duty.torrent_id: duty for duty in await self._account.seeding_duties()}
        except RemoteError as error:
            result.problems.append(f"the tracker's list of seeding torrents: {error}")
            return None

    async def _check(
        self,
        entries: list[SeedingEntry],
        seen: TorrentSnapshot,
        duties: Mapping[str, SeedingDuty] | None,
        result: _Result,
        *,
        dry_run: bool,
    ) -> None:
        now = self._clock.now()
        for entry in entries:
            if duties is not None and entry.indexer is Indexer.MAM:
                entry.listed(duties.get(entry.release_id))
            entry.saw(seen.get(entry.info_hash), now)
        result.checked += len(entries)
        interrupted = [entry for entry in entries if entry.interruption and entry.warned_at is None]
        result.actions += [PlannedAction(kind="warn", what=e.title, words=e.interruption or "") for e in interrupted]
        if not dry_run:
            await self._store(entries, interrupted, now)
        await self._clean_up(entries, seen, result, dry_run=dry_run)

    async def _store(self, entries: Iterable[SeedingEntry], interrupted: Iterable[SeedingEntry], now: datetime) -> None:
        async with self._transaction() as tx:
            for entry in interrupted:
                entry.warned_at = now
                words = entry.interruption or ""
                tx.announce(
                    SeedingInterrupted(
                        info_hash=entry.info_hash, download_id=entry.download_id, title=entry.title, words=words
                    )
                )
                logger().warning("seeding_interrupted", info_hash=entry.info_hash, because=words)
            await tx.seeding.store(list(entries))

    async def _clean_up(
        self, entries: Iterable[SeedingEntry], seen: TorrentSnapshot, result: _Result, *, dry_run: bool
    ) -> None:
        """Remove or move the torrents for which the rule says so. One that fails is tried again by the next check."""
        done = {entry.info_hash: entry for entry in entries if self._end.applies(entry)}
        if not done:
            return
        async with self._transaction() as tx:
            imported = await tx.seeding.are_imported(done)
        for info_hash in sorted(imported):
            torrent, entry = seen.get(info_hash), done[info_hash]
            if torrent is None or torrent.category != self._client.category:
                continue
            result.actions.append(PlannedAction(kind=self._end.then, what=entry.title, words=entry.words))
            if dry_run:
                continue
            try:
                if self._end.then is AfterSeeding.REMOVE:
                    await self._client.remove(torrent, with_files=True)
                else:
                    await self._client.set_category(torrent, self._end.category)
            except RemoteError as error:
                result.problems.append(f"{entry.title}: {error}")
            else:
                logger().info("seeding_ended", info_hash=info_hash, action=self._end.then, because=entry.words)

    async def _finish(self, command: CheckSeeding, result: _Result, outcome: RunOutcome) -> None:
        if command.run_id is None:
            return
        actions = Plan.of(result.actions).as_details() if command.dry_run else {"actions": len(result.actions)}
        async with self._transaction() as tx:
            await tx.runs.started(command.run_id)
            tx.runs.finished(
                command.run_id,
                RunTally(expected=result.checked, processed=result.checked, succeeded=result.checked),
                outcome=outcome,
                problems=result.problems,
                details={"checked": result.checked} | actions,
            )
