"""The quality profile of a wanted book: the most specific one that is assigned to it, or the default."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from shared.contracts.downloads.quality_profiles import NewQualityProfile, ProfileRules, QualityProfile, SeriesNarrator
from shared.contracts.library.missing_books import MissingBook

DEFAULT_NAME = "Default"


class Scope(StrEnum):
    """What a profile is assigned to, the most specific first."""

    BOOK = "book"
    SERIES = "series"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A book, series or author to which a profile applies. A series or an author is also recognised by its name."""

    scope: Scope
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class AppliedProfile:
    """The profile that applies to a book."""

    name: str = DEFAULT_NAME
    rules: ProfileRules = field(default_factory=ProfileRules)


DEFAULT_PROFILE = AppliedProfile()
"""The default profile as long as nobody changed it: only the settings decide."""


class QualityProfiles(Protocol):
    """The stored profiles, and what they are assigned to."""

    async def all(self) -> list[QualityProfile]:
        """Every profile, the default first."""

    async def get(self, profile_id: UUID) -> QualityProfile | None:
        """One profile, locked until the transaction ends, or None."""

    async def of(self, wanted: MissingBook) -> AppliedProfile:
        """The profile that applies to a book."""

    async def named(self, name: str) -> UUID | None:
        """The id of the profile with this name, or None."""

    async def add(self, new: NewQualityProfile, assignments: Sequence[Assignment], now: datetime) -> UUID | None:
        """Store a profile and return its id; None if another one has the name."""

    async def replace(
        self, profile_id: UUID, new: NewQualityProfile, assignments: Sequence[Assignment], now: datetime
    ) -> None:
        """Replace everything of a profile."""

    async def make_default(self, profile_id: UUID, now: datetime) -> None:
        """Make a profile the default instead of the present one."""

    async def remove(self, profile_id: UUID) -> None:
        """Delete a profile and its assignments."""

    async def known(self, ids: Sequence[UUID]) -> list[Assignment]:
        """The stored assignments of these ids."""


def most_specific(found: Sequence[tuple[Scope, AppliedProfile]], default: AppliedProfile) -> AppliedProfile:
    """The profile of the book, else of its series, else of an author, else the default."""
    order = list(Scope)
    return min(found, key=lambda each: order.index(each[0]), default=(Scope.AUTHOR, default))[1]


@dataclass(frozen=True, slots=True)
class WantedNarrators:
    """The narrators of which a release should have one, or must have one if `required`.

    `by_profile`: the profile names them; otherwise they are those of the best known edition.
    """

    names: tuple[str, ...]
    required: bool = False
    by_profile: bool = False


def wanted_narrators(wanted: MissingBook, rules: ProfileRules, series_narrator: str | None) -> WantedNarrators:
    """Required narrators come before the narrator of the series, and both before preferred ones."""
    of_series = (series_narrator,) if series_narrator and rules.series_narrator is not SeriesNarrator.ANY else ()
    if rules.required_narrators:
        return WantedNarrators(tuple(rules.required_narrators), required=True, by_profile=True)
    if of_series and rules.series_narrator is SeriesNarrator.REQUIRE:
        return WantedNarrators(of_series, required=True, by_profile=True)
    preferred = (*of_series, *rules.preferred_narrators)
    if preferred:
        return WantedNarrators(preferred, by_profile=True)
    return WantedNarrators(tuple(wanted.narrators))
