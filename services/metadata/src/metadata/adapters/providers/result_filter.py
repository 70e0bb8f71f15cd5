"""Which of a provider's series and people are those asked for."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from shared.books.gaps.works import same_series, series_key
from shared.books.text.names import people, same_person
from shared.books.text.titles import fold
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

FEWEST_IN_COMMON = 2
MOST_TITLES_ASKED = 3
"""Books known to be in a series that are looked up to learn what a catalogue calls it."""
SeriesId = TypeVar("SeriesId", bound=Hashable)


def is_series(told: str, wanted: str) -> bool:
    """Whether both name one series, whatever words like "Series" or "The" stand around the name."""
    return same_series(series_key(told), series_key(wanted))


def is_by(told: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether one of the people told is one of those wanted; nobody wanted is no objection."""
    return not wanted or any(same_person(mine, theirs) for mine in told for theirs in wanted)


def surname(name: str) -> str:
    """The name by which a person is found however the rest of it is spelled; the whole name where there is no other."""
    found = people([name])
    return (found[0].surname if found else "") or fold(name)


def held_in_common(memberships: Sequence[Iterable[SeriesId]]) -> list[SeriesId]:
    """The series that two or more books known to be in one series share, and all of them that are in any series.

    It is how a series is found that a catalogue knows by another name.
    """
    told = [set(each) for each in memberships]
    told = [each for each in told if each]
    counted = Counter(series for each in told for series in each)
    return [series for series, times in counted.items() if times == len(told) >= FEWEST_IN_COMMON]


def under_name(work: CataloguedWork, told: str, name: str) -> CataloguedWork:
    """A work of a series that the catalogue calls otherwise, with its place told under the name it was asked by."""
    place = next((each for each in work.series if each.name == told), None)
    if place is None or is_series(told, name):
        return work
    return work.model_copy(update={"series": [SeriesPlace(name=name, sequence=place.sequence), *work.series]})
