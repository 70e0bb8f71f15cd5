"""Merges the entries of all providers for one work: one record for each edition, the best first."""

from collections.abc import Sequence
from typing import Any

from shared.contracts.metadata.editions import FoundEdition
from shared.contracts.values import Confidence

from metadata.domain import covers
from metadata.domain.confidence import Judged, Judgement
from metadata.domain.descriptions import book_with, of_entry
from metadata.domain.editions import names_recording
from metadata.domain.field_choice import choose
from metadata.domain.sanity import Sanity
from metadata.domain.series_choice import WeightOf

MAX_EDITIONS = 10


def found_editions(judged: Sequence[Judged], weight_of: WeightOf, *, all_answered: bool) -> list[FoundEdition]:
    """The editions of the work, at most ten. Entries that are not surely the work are left out.

    Each edition gets the values that an owned book of this edition with nothing but a title would get, so the rules of
    corrections hold here too. An entry that names no recording, such as a printed book, adds to the values of others.
    If no entry names one, all of them are one record.
    """
    works = sorted((each for each in judged if each.same_work), key=lambda each: _rank(each, weight_of))
    recordings = [each for each in works if names_recording(each.entry)]
    left, found = recordings or works, list[FoundEdition]()
    while left and len(found) < MAX_EDITIONS:
        edition = _of_edition(left[0], works)
        found.append(_merged(left[0], edition, works, weight_of, all_answered=all_answered))
        same = {each.entry.id for each in edition if each.same_edition} | {left[0].entry.id}
        left = [each for each in left if each.entry.id not in same]
        if not recordings:
            break
    return found


def _rank(judged: Judged, weight_of: WeightOf) -> tuple[bool, bool, int, float, float, int]:
    """The edition that a person decided on first, then the one that was asked for, then the surest; of equally sure
    ones, by weight and readers."""
    entry = judged.entry
    sureness = list(Confidence).index(judged.confidence)
    return (
        not judged.decided,
        not judged.same_edition,
        sureness,
        round(judged.distance, 2),
        -weight_of(entry.provider),
        -entry.popularity,
    )


def _of_edition(first: Judged, works: Sequence[Judged]) -> list[Judged]:
    """All entries of the work, judged for the edition that the first one describes."""
    return Judgement(of_entry(first.entry))([each.entry for each in works])


def _merged(
    first: Judged, edition: Sequence[Judged], works: Sequence[Judged], weight_of: WeightOf, *, all_answered: bool
) -> FoundEdition:
    same = [each.entry for each in edition if each.same_edition and each.entry.is_audio is not False] or [first.entry]
    same.sort(key=lambda entry: -weight_of(entry.provider))
    empty = book_with({"title": first.entry.title})
    title = Sanity(empty, [each.entry for each in works]).sane("title", same[0], same[0].title)
    changes = choose(empty, edition, weight_of, fill_only=True, all_answered=all_answered)
    values: dict[str, Any] = {each.field: each.new for each in changes if each.field in FoundEdition.model_fields}
    values.setdefault("authors", first.entry.authors)
    return FoundEdition(
        **{
            **values,
            "title": title or same[0].title,
            "cover": next((each.entry.cover for each in covers.candidates(edition, weight_of)), None),
            "duration_minutes": next((each.duration_minutes for each in same if each.duration_minutes), None),
            "confidence": first.confidence,
            "providers": sorted({each.provider.lower() for each in same}),
        }
    )
