"""Which gaps are wanted, by how a series or an author is followed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.contracts.library.authors import AuthorEntry, AuthorUpdate
from shared.contracts.library.following import FollowMode
from shared.contracts.library.series import SeriesEntry, SeriesUpdate
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.translatable import translatable

from library_scanner.domain.editions import Release
from library_scanner.domain.found_gap import FoundGap
from library_scanner.domain.identity import keys_of_series
from library_scanner.domain.ports import Following


def series_mode(change: SeriesEntry | SeriesUpdate, mode: FollowMode) -> FollowMode:
    """Return the mode of a series after a change. `monitored` is the older form of it, and `follow` overrides it."""
    if change.follow is not None:
        return FollowMode(change.follow)
    if change.monitored is None or change.monitored == (mode is not FollowMode.NONE):
        return mode
    return FollowMode.ALL if change.monitored else FollowMode.NONE


def author_mode(change: AuthorEntry | AuthorUpdate, mode: FollowMode) -> FollowMode:
    """Return the mode of an author after a change. `followed` is the older form of it, and `follow` overrides it."""
    if change.follow is not None:
        return FollowMode(change.follow)
    if change.followed is None or change.followed == (mode in (FollowMode.ALL, FollowMode.FROM_NOW_ON)):
        return mode
    return FollowMode.ALL if change.followed else FollowMode.AUTOMATIC


def why_not_wanted(following: Following, release: Release, whose: str) -> str | None:
    """Return why a work with this release is not wanted, in words, or None if it is. `whose` names the followed."""
    if following.mode is FollowMode.NONE:
        return translatable("work.not_followed", f"its {whose} is not followed", whose=whose)
    if following.mode is FollowMode.FROM_NOW_ON and not release.is_after(following.since or date.max):
        since, when = str(following.since), release.words
        words = f"its {whose} is followed from {since} on, and it was released {when}"
        return translatable("work.before_following", words, whose=whose, since=since, when=when)
    return None


@dataclass(frozen=True, slots=True)
class FollowRules:
    """How the compared series or author is followed, and how the series of the library are, by their keys."""

    of: BibliographyOf
    subject: Following
    series: Mapping[str, Following] = field(default_factory=dict)

    def why_not_wanted(self, gap: FoundGap) -> str | None:
        """Return why a gap is not wanted, in words, or None if it is."""
        release = gap.editions.release
        if gap.series is not None:
            for key in keys_of_series(gap.series.name):
                following = self.series.get(key)
                refused = why_not_wanted(following, release, "series") if following is not None else None
                if refused is not None:
                    return refused
        return why_not_wanted(self.subject, release, self.of)
