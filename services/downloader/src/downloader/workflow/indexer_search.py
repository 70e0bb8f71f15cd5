"""Searches the indexers, in order, for one book, and judges the releases; it stores nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shared.chassis.errors import RemoteError
from shared.chassis.logging import logger
from shared.contracts.downloads.candidates import Verdict
from shared.contracts.downloads.quality_profiles import SeriesNarrator
from shared.contracts.mam.grabs import GrabAssessment
from shared.contracts.mam.releases import Release

from downloader.domain.conclusion import Unavailable
from downloader.domain.decision import Decision, best, judge_all
from downloader.domain.download import Download
from downloader.domain.indexer import Indexer
from downloader.domain.limits import is_of_mam, key_of
from downloader.domain.planned_grabs import PlannedGrabs
from downloader.domain.ports import DownloadsTransaction, Transactions
from downloader.domain.quality_profile import DEFAULT_PROFILE, AppliedProfile
from downloader.workflow.failures import note_unavailable
from downloader.workflow.grab_context import Capacity, GrabContextLoader

_NO_GRABS = PlannedGrabs()
MAX_QUERIES = 12
"""Queries sent to one indexer for one book."""


@dataclass(slots=True)
class Found:
    """The releases found, what was unavailable, and what the decision depends on."""

    profile: AppliedProfile = DEFAULT_PROFILE
    series_narrator: str | None = None
    releases: list[Release] = field(default_factory=list)
    unavailable: Unavailable = field(default_factory=Unavailable)
    capacity: Capacity = field(default_factory=Capacity)

    def add(self, releases: Sequence[Release]) -> bool:
        """Add the releases that were not found before; whether there were any."""
        known = {key_of(release) for release in self.releases}
        fresh = {key_of(release): release for release in releases if key_of(release) not in known}
        self.releases += fresh.values()
        return bool(fresh)


class IndexerSearch:
    """Searches and judges. `planned_grabs` are those that a dry run made for earlier books."""

    def __init__(
        self, transaction: Transactions, indexers: Sequence[Indexer], context_loader: GrabContextLoader
    ) -> None:
        self._transaction = transaction
        self._indexers = indexers
        self._context_loader = context_loader

    def may_grab(self, download: Download) -> bool:
        """Whether a release for this download is grabbed without a person's approval.

        A better release of an owned book is, because its quality profile allows upgrades, and so is that of a book that
        a person asked for. Other books are grabbed as the settings say.
        """
        if download.replaces is not None or download.wanted_by_person:
            return True
        return self._context_loader.limits.may_grab_without_approval(download.wanted)

    async def run(self, download: Download, planned_grabs: PlannedGrabs = _NO_GRABS) -> Found:
        """Search one indexer after the other, query by query, until an acceptable release can be grabbed now.

        If the profile has a delay, every indexer is searched. A release that is kept for the delay is found too.
        """
        found = Found()
        async with self._transaction() as tx:
            found.profile = await self._context_loader.profile(tx, download)
        if not await self._read_series_narrator(found, download):
            return found
        for indexer in self._indexers:
            if await self._search(indexer, found, download, planned_grabs) and not found.profile.rules.delay_hours:
                break
        if download.delayed_release is not None:
            await self._add(found, [download.delayed_release], download, planned_grabs)
        await self._read_costs(found, download, planned_grabs)
        return found

    async def _read_series_narrator(self, found: Found, download: Download) -> bool:
        """False if the narrator of the series is required and cannot be read: the search is then deferred."""
        rules = found.profile.rules
        try:
            found.series_narrator = await self._context_loader.series_narrator(download.wanted, rules)
        except RemoteError as error:
            if rules.series_narrator is SeriesNarrator.REQUIRE:
                note_unavailable(found.unavailable, error, "the narrator of the series could not be read: ")
                return False
        return True

    async def _search(self, indexer: Indexer, found: Found, download: Download, planned_grabs: PlannedGrabs) -> bool:
        """Add an indexer's releases to those found; True if one of them can be grabbed.

        Further queries are sent until an acceptable release is found: the first hits may be other books.
        """
        number, queries = 0, 1
        while number < queries:
            try:
                offers = await indexer.search(download.wanted, number)
            except RemoteError as error:
                note_unavailable(found.unavailable, error)
                return False
            number, queries = number + 1, min(offers.queries, MAX_QUERIES)
            if offers.unavailable:
                found.unavailable.note(offers.unavailable)
            if await self._add(found, offers.releases, download, planned_grabs):
                return True
        return False

    async def _add(
        self, found: Found, releases: Sequence[Release], download: Download, planned_grabs: PlannedGrabs
    ) -> bool:
        """Add releases to those found; True if one of all can be grabbed now."""
        if found.add(releases) and await self._acceptable(found, download, planned_grabs):
            await self.read_capacity(found, download, planned_grabs)
            return await self._acceptable(found, download, planned_grabs)
        return False

    async def judge(
        self, tx: DownloadsTransaction, download: Download, found: Found, planned_grabs: PlannedGrabs = _NO_GRABS
    ) -> list[Decision]:
        """The decisions on the releases found, best first, by the current state."""
        context = await self._context_loader.load(tx, download, found.releases, found.capacity, found.series_narrator)
        return judge_all(found.releases, planned_grabs.applied_to(context))

    async def _acceptable(self, found: Found, download: Download, planned_grabs: PlannedGrabs) -> bool:
        async with self._transaction() as tx:
            return best(await self.judge(tx, download, found, planned_grabs)) is not None

    async def read_capacity(self, found: Found, download: Download, planned_grabs: PlannedGrabs = _NO_GRABS) -> None:
        """Read the disk and what the account allows. Releases that depend on what cannot be read are dropped."""
        try:
            free_bytes = await self._context_loader.free_bytes()
        except OSError as error:
            found.releases = []
            note_unavailable(found.unavailable, error)
            return
        account: dict[tuple[str, str], GrabAssessment] = {}
        try:
            account = await self._context_loader.assess(
                found.releases, planned_grabs, by_person=not self.may_grab(download)
            )
        except RemoteError as error:
            found.releases = [release for release in found.releases if not is_of_mam(release)]
            note_unavailable(found.unavailable, error, "nothing is grabbed without the account's standing: ")
        found.capacity = Capacity(account, free_bytes)

    async def _read_costs(self, found: Found, download: Download, planned_grabs: PlannedGrabs) -> None:
        """Read what doubtful releases cost, so that a person can see it. The figures do not change a decision."""
        if found.capacity.account or not found.releases:
            return
        async with self._transaction() as tx:
            decisions = await self.judge(tx, download, found, planned_grabs)
        doubtful = [each.release for each in decisions if each.verdict is Verdict.DOUBTFUL]
        try:
            account = await self._context_loader.assess(doubtful, planned_grabs, by_person=True)
        except RemoteError as error:
            logger().info("costs_of_releases_unknown", because=str(error))
            return
        costs = {key: assessment.figures for key, assessment in account.items()}
        found.capacity = replace(found.capacity, costs=costs)
