"""One rule a module: what each finds of a release, or None where it has nothing to say."""

from collections.abc import Callable

from shared.books.releases.description import Finding
from shared.contracts.mam.releases import Release

from downloader.domain.limits import Situation
from downloader.domain.rules.blocklist import blocklist
from downloader.domain.rules.duration import duration
from downloader.domain.rules.edition import edition
from downloader.domain.rules.free_disk import FREE_DISK, free_disk
from downloader.domain.rules.seeders import seeders
from downloader.domain.rules.size import size
from downloader.domain.rules.snatched_before import snatched_before
from downloader.domain.rules.standing import STANDING, standing
from downloader.domain.rules.taken import taken

RULES: tuple[Callable[[Release, Situation], Finding | None], ...] = (
    blocklist, taken, edition, duration, size, seeders, snatched_before, standing, free_disk,
)  # fmt: skip

PASSING = frozenset({STANDING, FREE_DISK})
"""Rules that speak of the account and the disk, not of the release: what they reject now may be taken later."""
