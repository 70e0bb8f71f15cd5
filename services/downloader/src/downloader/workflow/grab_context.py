"""Loads what a decision depends on: the account, the disk, the blocklist and the other downloads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release

from downloader.domain.download import Download
from downloader.domain.limits import GrabContext, Limits
from downloader.domain.ports import Account, Clock, DownloadsTransaction, LibraryFolder
from downloader.domain.reservations import reserved_by
from downloader.workflow.library_path_check import LibraryPathCheck


@dataclass(frozen=True, slots=True)
class Capacity:
    """The account's standing and the free disk space, each None if it was not read."""

    standing: Standing | None = None
    free_bytes: int | None = None


class GrabContextLoader:
    """Loads a `GrabContext`. `limits` are the configured limits."""

    def __init__(
        self,
        *,
        account: Account,
        folder: LibraryFolder,
        path_check: LibraryPathCheck,
        limits: Limits,
        clock: Clock,
    ) -> None:
        self._account = account
        self._folder = folder
        self._path_check = path_check
        self._clock = clock
        self.limits = limits

    async def library_path_problem(self) -> str | None:
        """Why LIBRARY_PATH is wrong, or None. Raises OSError."""
        return await self._path_check.problem()

    async def free_bytes(self) -> int:
        """The free space of the download folder. Raises OSError."""
        return await self._folder.free_bytes()

    async def standing(self) -> Standing:
        """The account's standing at MyAnonamouse. Raises the `RemoteError` family."""
        return await self._account.standing()

    async def load(
        self,
        tx: DownloadsTransaction,
        download: Download,
        releases: Sequence[Release],
        capacity: Capacity,
        *,
        before: datetime | None = None,
    ) -> GrabContext:
        """Load what the rules need. Other grabs are counted under a lock, so that none uses the same slot or bytes.

        With `before`, the time when this download's release was chosen, releases chosen later are not counted.
        """
        context = GrabContext(
            wanted=download.wanted,
            limits=self.limits,
            now=self._clock.now(),
            blocked=await tx.blocklist.reasons(releases),
            taken_by=await tx.downloads.taken_by(releases, excluding=download.id),
            ours=await tx.candidates.grabbed_before(releases),
        )
        if capacity.free_bytes is not None:
            remaining = await tx.downloads.remaining_bytes(excluding=download.id)
            context = replace(context, free_bytes=capacity.free_bytes - remaining)
        if capacity.standing is not None:
            pending = await tx.account_grabs.pending(capacity.standing, excluding=download.id, before=before)
            reserved = reserved_by(pending, capacity.standing, context.now)
            context = replace(context, standing=capacity.standing, reserved=reserved)
        return context
