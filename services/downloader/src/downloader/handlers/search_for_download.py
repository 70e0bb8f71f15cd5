"""Searches the indexers for one download, judges the releases, and grabs the best, waits, or retries later."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from shared.books.packs.description import PackPart
from shared.chassis.logging import logger
from shared.contracts.downloads.commands import AddToClient, SearchForDownload
from shared.contracts.translatable import translatables
from shared.translatable import about, all_of, translatable

from downloader.domain.conclusion import Conclusion, Unavailable, apply_conclusion, conclude, deferred_because
from downloader.domain.decision import Decision
from downloader.domain.delay import Delay, kept_words
from downloader.domain.download import Download
from downloader.domain.limits import key_of
from downloader.domain.packs import PackInClient
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.workflow.failures import record_failure
from downloader.workflow.indexer_search import Found, IndexerSearch
from downloader.workflow.pack_members import choose_for
from downloader.workflow.pack_search import PackSearch, merged
from downloader.workflow.waiting import announce_waiting


class SearchForDownloadHandler:
    """Handles `SearchForDownload`. Each search replaces the candidates of the previous one."""

    def __init__(
        self, transaction: Transactions, indexer_search: IndexerSearch, pack_search: PackSearch, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._indexer_search = indexer_search
        self._pack_search = pack_search
        self._clock = clock

    async def search(self, command: SearchForDownload) -> None:
        """Search and decide for one download. Its item of the run is settled here, or when the release is added."""
        begun = await self._begin(command)
        if begun is None:
            return
        shared = await self._pack_search.in_client(begun)
        if shared is not None and await self._share_torrent(command, *shared):
            return
        found = await self._indexer_search.run(begun)
        packs = await self._pack_search.offered(begun, found)
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.is_searching():
                await _settle(tx, command, download)
                return
            await tx.first_time()
            await self._conclude(tx, download, found, packs, command.run_id)

    async def _share_torrent(self, command: SearchForDownload, pack: PackInClient, part: PackPart) -> bool:
        """Use the files of a torrent that the client has for other books. False if the download changed meanwhile."""
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.is_searching() or await tx.packs.lead_of([pack.info_hash]) is None:
                return False
            await tx.first_time()
            await choose_for(tx, download, pack.release, part, self._clock.now())
            download.joins_pack(pack.lead_id, pack.info_hash, part.files, part.size_bytes)
            await tx.downloads.save(download)
            tx.send(AddToClient(download_id=download.id, run_id=command.run_id))
            return True

    async def _begin(self, command: SearchForDownload) -> Download | None:
        """The download; None if it may not be searched."""
        async with self._transaction() as tx:
            now = self._clock.now()
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.may_be_searched(now):
                await _settle(tx, command, download)
                return None
            download.search_began(now)
            await tx.downloads.save(download)
            return download

    async def _conclude(
        self,
        tx: DownloadsTransaction,
        download: Download,
        found: Found,
        packs: Sequence[Decision],
        run_id: UUID | None,
    ) -> None:
        now = self._clock.now()
        decisions = merged(await self._indexer_search.judge(tx, download, found), packs)
        ids = await tx.candidates.replace(download.id, decisions, now)
        conclusion = conclude(
            decisions,
            found.unavailable,
            may_grab=self._indexer_search.may_grab(download),
            delay=Delay(now, found.profile.rules, download.delayed_until),
            is_upgrade=download.replaces is not None,
        )
        choice_id = ids[key_of(conclusion.grab.release)] if conclusion.grab else uuid4()
        apply_conclusion(conclusion, download, choice_id, now)
        if conclusion.nothing is not None:
            await record_failure(tx, download, conclusion.nothing, now)
        else:
            await tx.downloads.save(download)
            announce_waiting(tx, download)
        if conclusion.grab is not None and conclusion.delayed_until is None:
            refused = found.unavailable.words if found.unavailable.refused else ""
            codes = translatables(search_problem=refused)
            tx.send(AddToClient(download_id=download.id, run_id=run_id, search_problem=refused, translatable=codes))
        else:
            words = about(download.wanted.title, _outcome(conclusion, found.unavailable))
            complete = conclusion.unavailable is None and not found.unavailable.refused
            await tx.runs.settle(run_id, str(download.id), succeeded=complete, words=words)
        logger().info(
            "download_searched",
            download_id=str(download.id),
            title=download.wanted.title,
            outcome=_outcome(conclusion, found.unavailable),
        )


async def _settle(tx: DownloadsTransaction, command: SearchForDownload, download: Download | None) -> None:
    """Settle the item of a download that is not searched.

    If this is a redelivered message that chose a release before, the item is settled when the release is added.
    """
    if download is None or not download.awaits_grab or await tx.first_time():
        await tx.runs.settle(command.run_id, str(command.download_id))


def _outcome(conclusion: Conclusion, unavailable: Unavailable) -> str:
    if conclusion.unavailable is not None:
        return deferred_because(conclusion.unavailable.words)
    if conclusion.grab is not None and conclusion.delayed_until is not None:
        words = kept_words(conclusion.grab.release, conclusion.delayed_until)
    elif conclusion.grab is not None:
        title, score = conclusion.grab.release.title, conclusion.grab.score
        words = translatable("run.chosen", f"“{title}” chosen, score {score:.2f}", title=title, score=score)
    else:
        words = conclusion.waits_for or conclusion.kept or (conclusion.nothing.reason if conclusion.nothing else "")
    return all_of([words, unavailable.words]) if unavailable.reasons else words
