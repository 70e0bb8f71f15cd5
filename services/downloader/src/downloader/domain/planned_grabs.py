"""The releases that a dry run has chosen so far; it stores none of them."""

from dataclasses import dataclass, replace

from shared.contracts.mam.grabs import MAX_SIZE_RATIO
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GrabContext, is_of_mam, key_of


@dataclass(frozen=True, slots=True)
class PlannedGrabs:
    """The chosen releases, each with the title of its book."""

    choices: tuple[tuple[str, Release], ...] = ()

    def with_grab(self, title: str, release: Release) -> "PlannedGrabs":
        """These grabs and one more."""
        return PlannedGrabs((*self.choices, (title, release)))

    def applied_to(self, context: GrabContext) -> GrabContext:
        """The context as if these grabs were stored. The account is assessed with `of_mam`."""
        free = context.free_bytes
        return replace(
            context,
            taken_by=context.taken_by | {key_of(release): title for title, release in self.choices},
            free_bytes=None if free is None else free - int(self.size_bytes * MAX_SIZE_RATIO),
        )

    @property
    def size_bytes(self) -> int:
        return sum(release.size_bytes for _, release in self.choices)

    @property
    def of_mam(self) -> list[Release]:
        """Those that count for the account at MyAnonamouse."""
        return [release for _, release in self.choices if is_of_mam(release)]

    @property
    def slots(self) -> int:
        """How many of them count against the account's limit of unsatisfied torrents."""
        return len(self.of_mam)
