"""The audio editions of a work, as the providers know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.books.text.languages import same_language
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.translatable import translatable


@dataclass(frozen=True, slots=True)
class Release:
    """When the first audio edition of a work is or was released: the day, only the year, or unknown."""

    day: date | None = None
    year: int | None = None

    @property
    def wanted_from(self) -> date | None:
        """The day from which the work is wanted: the day of the release, or the first day of its year."""
        if self.day is not None or self.year is None:
            return self.day
        return date(min(max(self.year, date.min.year), date.max.year), 1, 1)

    def is_after(self, day: date) -> bool:
        """Whether the work is not wanted on this day yet."""
        return self.wanted_from is not None and self.wanted_from > day

    @property
    def words(self) -> str:
        """When it is, for a person: "on 2026-05-01", "in 2026" or "on an unknown date"."""
        if self.day is not None:
            day = self.day.isoformat()
            return translatable("work.on_day", f"on {day}", day=day)
        if self.year:
            return translatable("work.in_year", f"in {self.year}", year=str(self.year))
        return translatable("work.undated", "on an unknown date")


@dataclass(frozen=True, slots=True)
class Editions:
    """The best known edition, the durations of all, and the providers. `authors` are those of the work."""

    best: CataloguedWork
    authors: tuple[str, ...]
    isbn: str | None
    asin: str | None
    duration_minutes: int | None
    duration_choices: tuple[int, ...]
    providers: tuple[str, ...]
    popularity: int
    release: Release
    words: str


def editions_of(works: Sequence[CataloguedWork], language: str) -> Editions | None:
    """Return what is known of the audio editions of a work in a language; None if there is none.

    Abridged editions count only if there is no other.
    """
    audio = [each for each in works if each.is_audio and same_language(each.language, language) is not False]
    if not audio:
        return None
    whole = [each for each in audio if not each.abridged] or audio
    ranked = sorted(whole, key=lambda each: (each.duration_minutes is None, each.asin is None, -each.popularity))
    best = ranked[0]
    durations = [each.duration_minutes for each in ranked if each.duration_minutes]
    return Editions(
        best=best,
        authors=_authors(best, works),
        isbn=next((each.isbn for each in (*ranked, *works) if each.isbn), None),
        asin=next((each.asin for each in ranked if each.asin), None),
        duration_minutes=durations[0] if durations else None,
        duration_choices=tuple(sorted(set(durations))),
        providers=tuple(sorted({each.provider for each in works})),
        popularity=sum(each.popularity for each in works),
        release=first_release(audio),
        words=translatable(
            "work.audiobook",
            f"{best.provider} lists an audiobook" + (f", ASIN {best.asin}" if best.asin else ""),
            provider=best.provider,
            asin=best.asin,
        ),
    )


def released(release: Release) -> str:
    """When a work was or is released."""
    return translatable("work.released", f"released {release.words}", when=release.words)


def first_release(audio: Sequence[CataloguedWork]) -> Release:
    """Return the first release of these editions. Editions without a date are ignored if another has one."""
    releases = [Release(each.published, each.published.year) for each in audio if each.published]
    releases += [Release(year=each.published_year) for each in audio if each.published_year and not each.published]
    return min(releases, key=lambda release: release.day or date(release.year or 1, 12, 31), default=Release())


def _authors(best: CataloguedWork, works: Sequence[CataloguedWork]) -> tuple[str, ...]:
    """The names of the most complete entry, without those that have a role ("… - translator")."""
    named = best.authors or next((each.authors for each in works if each.authors), [])
    return tuple(name for name in named if " - " not in name) or tuple(named)
