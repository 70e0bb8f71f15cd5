"""The rule for torrents whose seeding duty is met."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from downloader.domain.seeding import SeedingEntry


class AfterSeeding(StrEnum):
    """What happens with a torrent that has seeded long enough."""

    KEEP = "keep"
    REMOVE = "remove"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class SeedingEnd:
    """What is done, after which seeding time and ratio in addition to the tracker's rule."""

    then: AfterSeeding = AfterSeeding.KEEP
    category: str = ""
    after: timedelta = timedelta()
    ratio: float = 0.0

    def applies(self, entry: SeedingEntry) -> bool:
        """Whether the torrent may now be removed or moved. Its book must also be imported."""
        long_enough = entry.seeded_seconds >= self.after.total_seconds() and entry.ratio >= self.ratio
        return self.then is not AfterSeeding.KEEP and entry.is_met and long_enough
