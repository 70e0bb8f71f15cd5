"""Loads what a decision depends on: the account, the disk, the blocklist and the other downloads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from shared.contracts.downloads.quality_profiles import ProfileRules, SeriesNarrator
from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabAssessment, GrabFigures
from shared.contracts.mam.releases import Release

from downloader.domain.download import Download
from downloader.domain.limits import GrabContext, Limits, is_of_mam, key_of
from downloader.domain.planned_grabs import PlannedGrabs
from downloader.domain.ports import Account, Clock, DownloadsTransaction, Library, LibraryFolder
from downloader.domain.quality_profile import AppliedProfile
from downloader.domain.upgrade import rules_for_upgrade
from downloader.workflow.library_path_check import LibraryPathCheck


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the account allows, by indexer and id of the assessed releases, and the free disk space if it was read.

    `costs` has the figures of the account for releases that only a person can choose.
    """

    account: Mapping[tuple[str, str], GrabAssessment] = field(default_factory=dict)
    free_bytes: int | None = None
    costs: Mapping[tuple[str, str], GrabFigures] = field(default_factory=dict)


class GrabContextLoader:
    """Loads a `GrabContext`. `limits` are the configured limits."""

    def __init__(
        self,
        *,
        account: Account,
        folder: LibraryFolder,
        path_check: LibraryPathCheck,
        library: Library,
        limits: Limits,
        clock: Clock,
    ) -> None:
        self._account = account
        self._folder = folder
        self._path_check = path_check
        self._library = library
        self._clock = clock
        self.limits = limits

    async def library_path_problem(self) -> str | None:
        """Why LIBRARY_PATH is wrong, or None. Raises OSError."""
        return await self._path_check.problem()

    async def free_bytes(self) -> int:
        """The free space of the download folder. Raises OSError."""
        return await self._folder.free_bytes()

    async def profile(self, tx: DownloadsTransaction, download: Download) -> AppliedProfile:
        """The quality profile of the book. A release that replaces an owned book must be better than that."""
        profile = await tx.quality_profiles.of(download.wanted)
        if download.replaces is None:
            return profile
        return replace(profile, rules=rules_for_upgrade(download.replaces, profile.rules))

    async def series_narrator(self, wanted: MissingBook, rules: ProfileRules) -> str | None:
        """The narrator of the book's series, if the profile wants one; None if unknown.

        Raises the `RemoteError` family.
        """
        if rules.series_narrator is SeriesNarrator.ANY or wanted.series_id is None:
            return None
        return await self._library.series_narrator(wanted.series_id)

    async def assess(
        self, releases: Sequence[Release], planned: PlannedGrabs, *, by_person: bool
    ) -> dict[tuple[str, str], GrabAssessment]:
        """What the account allows, for those of the releases that are of MyAnonamouse.

        Raises the `RemoteError` family.
        """
        of_mam = [release for release in releases if is_of_mam(release)]
        if not of_mam:
            return {}
        assessments = await self._account.assess(of_mam, planned.of_mam, by_person=by_person)
        return {key_of(release): found for release, found in zip(of_mam, assessments, strict=False)}

    async def reserve(self, grab_id: UUID, release: Release, *, by_person: bool) -> GrabAssessment | None:
        """Reserve a grab, if the account allows it; None if the release is not of MyAnonamouse.

        Raises the `RemoteError` family.
        """
        if not is_of_mam(release):
            return None
        return await self._account.reserve(grab_id, release, by_person=by_person, at=self._clock.now())

    async def load(
        self,
        tx: DownloadsTransaction,
        download: Download,
        releases: Sequence[Release],
        capacity: Capacity,
        series_narrator: str | None = None,
    ) -> GrabContext:
        """Load what the rules need."""
        profile = await self.profile(tx, download)
        context = GrabContext(
            wanted=download.wanted,
            limits=self.limits,
            now=self._clock.now(),
            profile=profile,
            series_narrator=series_narrator,
            blocked=await tx.packs.refused(releases, download.tally_item) | await tx.blocklist.reasons(releases),
            taken_by=await tx.downloads.taken_by(releases, excluding=download.id),
            ours=await tx.candidates.grabbed_before(releases),
            account=capacity.account,
            costs=capacity.costs,
        )
        if capacity.free_bytes is not None:
            remaining = await tx.downloads.remaining_bytes(excluding=download.id)
            context = replace(context, free_bytes=capacity.free_bytes - remaining)
        return context
