"""The rules for a grab, one in each module. A rule returns its finding, or None if it does not apply."""

from collections.abc import Callable

from shared.books.releases.description import Finding
from shared.contracts.mam.releases import Release

from downloader.domain.limits import GrabContext
from downloader.domain.rules.blocklist import blocklist
from downloader.domain.rules.duration import duration
from downloader.domain.rules.forbidden_words import forbidden_words
from downloader.domain.rules.free_disk import free_disk
from downloader.domain.rules.seeders import seeders
from downloader.domain.rules.size import size
from downloader.domain.rules.size_per_hour import size_per_hour
from downloader.domain.rules.snatched_before import snatched_before
from downloader.domain.rules.standing import standing
from downloader.domain.rules.taken import taken

RULES: tuple[Callable[[Release, GrabContext], Finding | None], ...] = (
    blocklist, taken, forbidden_words, duration, size, size_per_hour, seeders, snatched_before, standing, free_disk,
)  # fmt: skip
