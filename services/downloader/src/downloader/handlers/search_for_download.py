"""Search and decision for one download: ask MAM, then Prowlarr; judge; take the best, wait, or try again later."""

from uuid import UUID, uuid4

from shared.chassis.logging import logger
from shared.contracts.downloads.commands import AddToClient, SearchForDownload

from downloader.domain.conclusion import Away, Conclusion, carry_out, concluded
from downloader.domain.download import Download
from downloader.domain.limits import key_of
from downloader.domain.ports import Clock, DownloadsTransaction, Transactions
from downloader.workflow.failures import tell_failed
from downloader.workflow.indexer_search import Asking, Found
from downloader.workflow.waiting import tell_waiting


class Searching:
    """Each search asks anew and replaces the candidates of the one before."""

    def __init__(self, transaction: Transactions, asking: Asking, clock: Clock) -> None:
        self._transaction = transaction
        self._asking = asking
        self._clock = clock

    async def search(self, command: SearchForDownload) -> None:
        """Decide for one download; with a run its item is settled here, or where the release is added."""
        begun = await self._begin(command)
        if begun is None:
            return
        found = await self._asking.about(begun)
        async with self._transaction() as tx:
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.is_searching():
                await _settle(tx, command, download)
                return
            await tx.first_time()
            await self._conclude(tx, download, found, command.run_id)

    async def _begin(self, command: SearchForDownload) -> Download | None:
        """The download, or None when there is nothing to search (any more)."""
        async with self._transaction() as tx:
            now = self._clock.now()
            download = await tx.downloads.get(command.download_id)
            if download is None or not download.may_be_searched(now):
                await _settle(tx, command, download)
                return None
            download.search_began(now)
            await tx.downloads.save(download)
            return download

    async def _conclude(self, tx: DownloadsTransaction, download: Download, found: Found, run_id: UUID | None) -> None:
        now = self._clock.now()
        decisions = await self._asking.judged(tx, download, found)
        ids = await tx.candidates.replace(download.id, decisions, now)
        conclusion = concluded(decisions, found.away, may_grab=self._asking.may_grab(download))
        choice_id = ids[key_of(conclusion.grab.release)] if conclusion.grab else uuid4()
        carry_out(conclusion, download, choice_id, now)
        if conclusion.nothing is not None:
            await tell_failed(tx, download, conclusion.nothing, now)
        else:
            await tx.downloads.save(download)
            tell_waiting(tx, download)
        if conclusion.grab is not None:
            refused = found.away.words if found.away.refused else ""
            tx.send(AddToClient(download_id=download.id, run_id=run_id, search_problem=refused))
        else:
            words = f"{download.wanted.title}: {_outcome(conclusion, found.away)}"
            complete = conclusion.away is None and not found.away.refused
            await tx.runs.settle(run_id, str(download.id), succeeded=complete, words=words)
        logger().info(
            "download_searched",
            download_id=str(download.id),
            title=download.wanted.title,
            outcome=_outcome(conclusion, found.away),
        )


async def _settle(tx: DownloadsTransaction, command: SearchForDownload, download: Download | None) -> None:
    """Nothing is left to search. What this very message chose before it came again is settled where it is added."""
    if download is None or not download.handed_over or await tx.first_time():
        await tx.runs.settle(command.run_id, str(command.download_id))


def _outcome(conclusion: Conclusion, away: Away) -> str:
    if conclusion.away is not None:
        return f"put off, as {conclusion.away.words}"
    if conclusion.grab is not None:
        words = f"“{conclusion.grab.release.title}” chosen, score {conclusion.grab.score:.2f}"
    else:
        words = conclusion.waits_for or (conclusion.nothing.reason if conclusion.nothing else "")
    return f"{words}; {away.words}" if away.told else words
