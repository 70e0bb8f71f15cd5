"""Search and decision for one download: ask MAM, then Prowlarr; judge; take the best, wait, or try again later."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads import AddToClient, ErrorType, SearchForDownload, Verdict
from shared.contracts.mam import Release

from downloader.domain.decision import Decision, best, judge_all
from downloader.domain.download import Attempt, Download
from downloader.domain.limits import is_of_mam, key_of
from downloader.domain.ports import Clock, DownloadsTransaction, Indexer, Transactions
from downloader.handlers.failing import error_type_of, fail
from downloader.handlers.surroundings import Outside, Surroundings

TASK = "search"


@dataclass(slots=True)
class _Found:
    """What the indexers answered; `away` names each one that could not be asked, and `error` the first reason."""

    releases: list[Release] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    error: ErrorType = ErrorType.NETWORK
    outside: Outside = field(default_factory=Outside)

    def note_away(self, words: str, error: ErrorType) -> None:
        if not self.away:
            self.error = error
        self.away.append(words)


class Searching:
    """Each search asks anew and replaces the candidates of the one before."""

    def __init__(
        self, transaction: Transactions, indexers: Sequence[Indexer], surroundings: Surroundings, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._indexers = indexers
        self._surroundings = surroundings
        self._clock = clock

    async def search(self, command: SearchForDownload) -> None:
        """Decide for one download; with a run its item is settled here, or where the release is added."""
        begun = await self._begin(command)
        if begun is None:
            return
        found = await self._ask(begun)
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

    async def _ask(self, download: Download) -> _Found:
        """Ask one indexer after the other, until one has something acceptable that may be grabbed now."""
        found = _Found()
        for indexer in self._indexers:
            try:
                offers = await indexer.search(download.wanted)
            except RemoteError as error:
                found.note_away(str(error), error_type_of(error))
                continue
            found.releases += offers.releases
            if offers.away:
                found.note_away(offers.away, ErrorType.NETWORK)
            if await self._acceptable(found, download):
                await self._look_outside(found)
                if await self._acceptable(found, download):
                    break
        return found

    async def _acceptable(self, found: _Found, download: Download) -> bool:
        async with self._transaction() as tx:
            situation = await self._surroundings.situation(tx, download, found.releases, found.outside)
        return best(judge_all(found.releases, situation)) is not None

    async def _look_outside(self, found: _Found) -> None:
        """The account and the disk; where they cannot be read, nothing is grabbed that depends on them."""
        standing, of_mam = None, any(is_of_mam(release) for release in found.releases)
        try:
            free_bytes = await self._surroundings.free_bytes()
            if of_mam:
                standing = await self._surroundings.standing()
        except OSError as error:
            found.releases = []
            found.note_away(f"DOWNLOAD_PATH cannot be used: {error.strerror}", ErrorType.CLIENT)
        except RemoteError as error:
            found.releases = [release for release in found.releases if not is_of_mam(release)]
            found.note_away(f"no grab without the account's standing: {error}", error_type_of(error))
            found.outside = Outside(None, free_bytes)
        else:
            found.outside = Outside(standing, free_bytes)

    async def _conclude(self, tx: DownloadsTransaction, download: Download, found: _Found, run_id: UUID | None) -> None:
        now = self._clock.now()
        situation = await self._surroundings.situation(tx, download, found.releases, found.outside)
        decisions = judge_all(found.releases, situation)
        ids = await tx.candidates.replace(download.id, decisions, now)
        if not found.away:
            download.searched(now)
        download.note("searched", _searched(found, decisions))
        chosen = best(decisions)
        if chosen is not None and download.wanted.reason in self._surroundings.limits.auto_download:
            download.chose(ids[key_of(chosen.release)], chosen.release, by_person=False, now=now)
            await tx.downloads.save(download)
            tx.send(AddToClient(download_id=download.id, run_id=run_id))
            _log(download, "release_chosen", release=chosen.release.title, score=chosen.score)
            return
        words = _waits_for(chosen, decisions)
        if words is not None:
            download.waits_for(words)
            await tx.downloads.save(download)
            await tx.runs.settle(run_id, str(download.id), words=f"{download.wanted.title}: {words}")
            _log(download, "download_waits", because=words)
            return
        attempt = _attempt(found, decisions)
        await fail(tx, download, attempt, now)
        away = attempt.error_type is not ErrorType.NO_RELEASE
        await tx.runs.settle(
            run_id, str(download.id), succeeded=not away, words=f"{download.wanted.title}: {attempt.reason}"
        )
        _log(download, "search_failed", because=attempt.reason)


async def _settle(tx: DownloadsTransaction, command: SearchForDownload, download: Download | None) -> None:
    """Nothing is left to search. What this very message chose before it came again is settled where it is added."""
    if download is None or not download.handed_over or await tx.first_time():
        await tx.runs.settle(command.run_id, str(command.download_id))


def _searched(found: _Found, decisions: Sequence[Decision]) -> str:
    counts = Counter(one.verdict for one in decisions)
    figures = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])
    words = f"searched: {len(decisions)} releases on offer ({figures})" if decisions else "searched: nothing on offer"
    return f"{words}; {'; '.join(found.away)}" if found.away else words


def _waits_for(chosen: Decision | None, decisions: Sequence[Decision]) -> str | None:
    """What a person has to decide or put right before it goes on; None when there is nothing to decide on."""
    if chosen is not None:
        return f"approval: “{chosen.release.title}” from {chosen.release.indexer_name}, score {chosen.score:.2f}"
    later = next((one for one in decisions if one.only_for_now), None)
    if later is not None:
        return f"“{later.release.title}” may not be grabbed now: {later.against()}"
    doubtful = [one for one in decisions if one.verdict is Verdict.DOUBTFUL]
    if doubtful:
        named = "; ".join(f"“{one.release.title}” ({one.against()})" for one in doubtful[:3])
        return f"a decision on {len(doubtful)} doubtful: {named}"
    return None


def _attempt(found: _Found, decisions: Sequence[Decision]) -> Attempt:
    if found.away:
        return Attempt(TASK, found.error, "; ".join(found.away))
    if not decisions:
        return Attempt(TASK, ErrorType.NO_RELEASE, "no indexer has anything on offer")
    nearest = decisions[0]
    return Attempt(
        TASK,
        ErrorType.NO_RELEASE,
        f"none of {len(decisions)} releases is acceptable; “{nearest.release.title}”: {nearest.against()}",
    )


def _log(download: Download, event: str, **values: object) -> None:
    logger().info(event, download_id=str(download.id), title=download.wanted.title, **values)
