"""The configured limits, and what a decision on a release depends on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.contracts.library.missing_books import MissingBook
from shared.contracts.mam.grabs import GrabAssessment, GrabFigures
from shared.contracts.mam.releases import Release
from shared.contracts.values import MissingReason

from downloader.domain.quality_profile import DEFAULT_PROFILE, AppliedProfile

GIB = 2**30
MAM_NAME = "myanonamouse"
"""The tracker's name in `indexer_name`, in lower case and without spaces."""
_SHOWN_MAM_NAME = "MyAnonamouse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The configured limits. Books missing for a reason in `auto_download` are grabbed without approval."""

    min_bitrate_kbps: float = 16.0
    max_bitrate_kbps: float = 512.0
    min_free_disk_bytes: int = 5 * GIB
    top10_min_seeders: int = 50
    pack_min_books: int = 2
    pack_min_wanted_share: float = 0.5
    auto_download: frozenset[MissingReason] = frozenset()

    def may_grab_without_approval(self, book: MissingBook) -> bool:
        """Whether a release for this book is grabbed without a person's approval."""
        return book.reason in self.auto_download and book.auto_download


@dataclass(frozen=True, slots=True, kw_only=True)
class GrabContext:
    """What the rules use in addition to the release.

    `profile` is the quality profile of the book. `series_narrator` reads most of the owned books of its series.
    `account` has the assessment of each release that the account at MyAnonamouse was checked for.
    `costs` has the figures of the account for releases that only a person can choose; they decide nothing.
    `blocked` has the reason for each release that is blocked, or whose files are not the book. `taken_by` has the book
    of each release that another download has. `ours` are the releases that we grabbed before. All are by indexer and
    id.
    `free_bytes` is the free disk space minus what running downloads still need.
    """

    wanted: MissingBook
    limits: Limits
    now: datetime
    profile: AppliedProfile = DEFAULT_PROFILE
    series_narrator: str | None = None
    free_bytes: int | None = None
    account: Mapping[tuple[str, str], GrabAssessment] = field(default_factory=dict)
    costs: Mapping[tuple[str, str], GrabFigures] = field(default_factory=dict)
    blocked: dict[tuple[str, str], str] = field(default_factory=dict)
    taken_by: dict[tuple[str, str], str] = field(default_factory=dict)
    ours: frozenset[tuple[str, str]] = frozenset()


def key_of(release: Release) -> tuple[str, str]:
    """The indexer and the id, which identify a release."""
    return (release.indexer.value, release.id)


def is_of_mam(release: Release) -> bool:
    """Whether the release is on MyAnonamouse, found there directly or through Prowlarr."""
    return _names_mam(release.indexer_name)


def with_mam_name(indexer_name: str) -> str:
    """The name of an indexer that is MyAnonamouse. If a person named it otherwise, the tracker's name is added."""
    if _names_mam(indexer_name):
        return indexer_name
    return f"{indexer_name} ({_SHOWN_MAM_NAME})" if indexer_name else _SHOWN_MAM_NAME


def _names_mam(indexer_name: str) -> bool:
    return MAM_NAME in indexer_name.casefold().replace(" ", "")
