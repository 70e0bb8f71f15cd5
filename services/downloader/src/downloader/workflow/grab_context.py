"""What a decision has to look at beside the releases: the account, the disk, the blocklist, the other downloads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release

from downloader.domain.download import Download
from downloader.domain.limits import Limits, Situation
from downloader.domain.ports import Account, Clock, DownloadsTransaction, LibraryFolder
from downloader.domain.reservations import reserved_by
from downloader.workflow.library_path_check import LibraryPlace


@dataclass(frozen=True, slots=True)
class Outside:
    """What was asked of the account and the disk; None where nobody asked."""

    standing: Standing | None = None
    free_bytes: int | None = None


class Surroundings:
    """Reads them; `limits` are what people set."""

    def __init__(
        self, *, account: Account, folder: LibraryFolder, place: LibraryPlace, limits: Limits, clock: Clock
    ) -> None:
        self._account = account
        self._folder = folder
        self._place = place
        self._clock = clock
        self.limits = limits

    async def wrong_place(self) -> str | None:
        """Why imports would not be shown, in words; None when they would be. Raises OSError."""
        return await self._place.problem()

    async def free_bytes(self) -> int:
        """Raises OSError."""
        return await self._folder.free_bytes()

    async def standing(self) -> Standing:
        """Raises the `RemoteError` family."""
        return await self._account.standing()

    async def situation(
        self,
        tx: DownloadsTransaction,
        download: Download,
        releases: Sequence[Release],
        outside: Outside,
        *,
        before: datetime | None = None,
    ) -> Situation:
        """All that the rules look at. Other grabs are counted under a lock: no two take one place or the same bytes.

        `before` is when this download's own release was chosen: later choices wait for it, not it for them.
        """
        situation = Situation(
            wanted=download.wanted,
            limits=self.limits,
            now=self._clock.now(),
            blocked=await tx.blocklist.reasons(releases),
            taken=await tx.downloads.taken(releases, but=download.id),
            ours=await tx.candidates.grabbed_before(releases),
        )
        if outside.free_bytes is not None:
            to_come = await tx.downloads.bytes_to_come(but=download.id)
            situation = replace(situation, free_bytes=outside.free_bytes - to_come)
        if outside.standing is not None:
            pending = await tx.account_grabs.pending(outside.standing, but=download.id, before=before)
            reserved = reserved_by(pending, outside.standing, situation.now)
            situation = replace(situation, standing=outside.standing, reserved=reserved)
        return situation
