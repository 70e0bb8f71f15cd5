"""Asks MAM, then Prowlarr, for one book, and judges what they have; changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shared.chassis.errors import RemoteError
from shared.contracts.mam.releases import Release

from downloader.domain.conclusion import Away
from downloader.domain.decision import Decision, best, judge_all
from downloader.domain.download import Download
from downloader.domain.limits import is_of_mam, key_of
from downloader.domain.planned_grabs import Ahead
from downloader.domain.ports import DownloadsTransaction, Indexer, Transactions
from downloader.workflow.failures import note_away
from downloader.workflow.grab_context import Outside, Surroundings

_NOBODY = Ahead()
MOST_QUERIES = 12
"""Queries that one indexer is sent for one book."""


@dataclass(slots=True)
class Found:
    """What the indexers answered, what could not be asked, and how the account and the disk stood."""

    releases: list[Release] = field(default_factory=list)
    away: Away = field(default_factory=Away)
    outside: Outside = field(default_factory=Outside)

    def add(self, releases: Sequence[Release]) -> bool:
        """Take in the releases that were not found before; whether there was one."""
        known = {key_of(release) for release in self.releases}
        fresh = {key_of(release): release for release in releases if key_of(release) not in known}
        self.releases += fresh.values()
        return bool(fresh)


class Asking:
    """What a search asks and how it judges; `ahead` is what a dry run would have given to other books before."""

    def __init__(self, transaction: Transactions, indexers: Sequence[Indexer], surroundings: Surroundings) -> None:
        self._transaction = transaction
        self._indexers = indexers
        self._surroundings = surroundings

    def may_grab(self, download: Download) -> bool:
        """Whether nobody need be asked before a book wanted for this reason is grabbed."""
        return download.wanted.reason in self._surroundings.limits.auto_download

    async def about(self, download: Download, ahead: Ahead = _NOBODY) -> Found:
        """Ask one indexer after the other, query by query, until something acceptable may be grabbed now."""
        found = Found()
        for indexer in self._indexers:
            if await self._ask(indexer, found, download, ahead):
                break
        return found

    async def _ask(self, indexer: Indexer, found: Found, download: Download, ahead: Ahead) -> bool:
        """Add what an indexer has to what was found; True when that will do.

        Its further queries are sent while nothing acceptable was found: a first hit may be another book.
        """
        number, queries = 0, 1
        while number < queries:
            try:
                offers = await indexer.search(download.wanted, number)
            except RemoteError as error:
                note_away(found.away, error)
                return False
            number, queries = number + 1, min(offers.queries, MOST_QUERIES)
            if offers.away:
                found.away.note(offers.away)
            if found.add(offers.releases) and await self._acceptable(found, download, ahead):
                await self._look_outside(found)
                return await self._acceptable(found, download, ahead)
        return False

    async def judged(
        self, tx: DownloadsTransaction, download: Download, found: Found, ahead: Ahead = _NOBODY
    ) -> list[Decision]:
        """What was found, best first, by what is so at this moment."""
        situation = await self._surroundings.situation(tx, download, found.releases, found.outside)
        return judge_all(found.releases, ahead.of(situation))

    async def _acceptable(self, found: Found, download: Download, ahead: Ahead) -> bool:
        async with self._transaction() as tx:
            return best(await self.judged(tx, download, found, ahead)) is not None

    async def _look_outside(self, found: Found) -> None:
        """The account and the disk; where they cannot be read, nothing is grabbed that depends on them."""
        standing, of_mam = None, any(is_of_mam(release) for release in found.releases)
        try:
            free_bytes = await self._surroundings.free_bytes()
            if of_mam:
                standing = await self._surroundings.standing()
        except OSError as error:
            found.releases = []
            note_away(found.away, error)
        except RemoteError as error:
            found.releases = [release for release in found.releases if not is_of_mam(release)]
            note_away(found.away, error, "no grab without the account's standing: ")
            found.outside = Outside(None, free_bytes)
        else:
            found.outside = Outside(standing, free_bytes)
