"""What may be grabbed: the figures that people set, and what is known at the moment of a decision."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.account import Standing
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingReason

from downloader.domain.reservations import Reservation

GIB = 2**30
MAM_S_NAME = "myanonamouse"
"""In the names that trackers have at indexers, folded and without spaces."""
LARGEST = 1.1
"""Times its listed size that a torrent may have: sizes in listings are rounded. So much is kept free for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The figures that people set; `auto_download` are the reasons for which nobody is asked."""

    min_bitrate_kbps: float = 16.0
    max_bitrate_kbps: float = 512.0
    min_free_disk_bytes: int = 5 * GIB
    mam_min_ratio: float = 1.0
    mam_unsatisfied_reserve: int = 1
    top10_min_seeders: int = 50
    auto_download: frozenset[MissingReason] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a rule may look at beside the release.

    `standing` is None while nobody has asked for it; `reserved` is what our other grabs at MyAnonamouse take of the
    account and it does not show yet. `blocked` gives the reason for each release on the blocklist, `taken` the book for
    each release that another download has, `ours` what we grabbed before: all by indexer and id.
    `free_bytes` is what is free less what is still to come.
    """

    wanted: MissingBook
    limits: Limits
    now: datetime
    free_bytes: int | None = None
    standing: Standing | None = None
    reserved: Reservation = field(default_factory=Reservation)
    blocked: dict[tuple[str, str], str] = field(default_factory=dict)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    ours: frozenset[tuple[str, str]] = frozenset()


def key_of(release: Release) -> tuple[str, str]:
    """What a release is known by."""
    return (release.indexer.value, release.id)


def is_of_mam(release: Release) -> bool:
    """Whether the account's rules at MyAnonamouse apply, also when Prowlarr found it there."""
    return MAM_S_NAME in release.indexer_name.casefold().replace(" ", "")
