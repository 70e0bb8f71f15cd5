"""The audio editions of a work, as the providers know them."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.books.text.languages import same_language
from shared.contracts.metadata.bibliographies import CataloguedWork


@dataclass(frozen=True, slots=True)
class Editions:
    """The edition known best, the playing times of all, and who told. Authors are those of the work."""

    best: CataloguedWork
    authors: tuple[str, ...]
    isbn: str | None
    asin: str | None
    duration_minutes: int | None
    duration_choices: tuple[int, ...]
    providers: tuple[str, ...]
    popularity: int
    words: str


def editions_of(works: Sequence[CataloguedWork], language: str) -> Editions | None:
    """What is known of a work's editions in a language; None when no entry is an audio edition.

    Abridged editions count only where there is no other.
    """
    heard = [each for each in works if each.is_audio and same_language(each.language, language) is not False]
    if not heard:
        return None
    whole = [each for each in heard if not each.abridged] or heard
    ranked = sorted(whole, key=lambda each: (each.duration_minutes is None, each.asin is None, -each.popularity))
    best = ranked[0]
    lasting = [each.duration_minutes for each in ranked if each.duration_minutes]
    return Editions(
        best=best,
        authors=_authors(best, works),
        isbn=next((each.isbn for each in (*ranked, *works) if each.isbn), None),
        asin=next((each.asin for each in ranked if each.asin), None),
        duration_minutes=lasting[0] if lasting else None,
        duration_choices=tuple(sorted(set(lasting))),
        providers=tuple(sorted({each.provider for each in works})),
        popularity=sum(each.popularity for each in works),
        words=f"{best.provider} knows an audiobook of it" + (f", ASIN {best.asin}" if best.asin else ""),
    )


def _authors(best: CataloguedWork, works: Sequence[CataloguedWork]) -> tuple[str, ...]:
    """Names as the fullest entry gives them, without those that carry a role ("… - translator")."""
    named = best.authors or next((each.authors for each in works if each.authors), [])
    return tuple(name for name in named if " - " not in name) or tuple(named)
