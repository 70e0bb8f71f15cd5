"""Filters a provider's results by the requested series and people."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from shared.books.gaps.works import same_series, series_key
from shared.books.text.names import people, same_person
from shared.books.text.titles import fold
from shared.chassis.errors import RemoteAnsweredNonsense
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.values import SeriesPlace

FEWEST_IN_COMMON = 2
MAX_TITLES_SEARCHED = 3
"""Known books of a series that are looked up to find its name in a catalogue."""
Record = TypeVar("Record")
SeriesId = TypeVar("SeriesId", bound=Hashable)


def answers_by_identifier(
    provider: str, entries: Iterable[tuple[Iterable[str | None], list[CataloguedWork]]], asked: Sequence[str]
) -> dict[str, list[CataloguedWork]]:
    """The entries of each identifier that was asked for. An identifier without entries is not known.

    `entries` are the identifiers of a record, and its entries, which are empty if it says that the book is not known.
    Raises `RemoteAnsweredNonsense` if there are records, and none has an identifier that was asked for: the records of
    other books do not show that a book is not known.
    """
    found: dict[str, list[CataloguedWork]] = {each: [] for each in asked}
    records = matching = 0
    for identifiers, works in entries:
        records += 1
        named = {each for each in identifiers if each in found}
        matching += bool(named)
        for each in named:
            found[each] += works
    if records and not matching:
        raise RemoteAnsweredNonsense(provider, "the answer is about other books than those that were asked for")
    return found


def readable(provider: str, records: Sequence[Record], is_readable: Callable[[Record], object]) -> list[Record]:
    """The records that can be read. Raises `RemoteAnsweredNonsense` if there are records, and none can be read."""
    found = [each for each in records if is_readable(each)]
    if records and not found:
        raise RemoteAnsweredNonsense(provider, f"none of the {len(records)} records of the answer has an id")
    return found


def is_series(name: str, wanted: str) -> bool:
    """Whether both name the same series, ignoring words like "Series" or "The"."""
    return same_series(series_key(name), series_key(wanted))


def is_by(people_named: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether one of the people is wanted. True if `wanted` is empty."""
    return not wanted or any(same_person(mine, theirs) for mine in people_named for theirs in wanted)


def surname(name: str) -> str:
    """The surname, or the whole name if it has only one part."""
    found = people([name])
    return (found[0].surname if found else "") or fold(name)


def held_in_common(memberships: Sequence[Iterable[SeriesId]]) -> list[SeriesId]:
    """The series that all given books have in common, if at least two of them are in any series.

    This finds a series that the catalogue lists under another name.
    """
    in_series = [set(each) for each in memberships]
    in_series = [each for each in in_series if each]
    counted = Counter(series for each in in_series for series in each)
    return [series for series, times in counted.items() if times == len(in_series) >= FEWEST_IN_COMMON]


def may_have_in_common(memberships: Sequence[Iterable[SeriesId]], more: int) -> bool:
    """Whether `held_in_common` can still find a series when at most `more` books follow."""
    return sum(1 for each in memberships if any(True for _ in each)) + more >= FEWEST_IN_COMMON


def under_name(work: CataloguedWork, listed: str, name: str) -> CataloguedWork:
    """A work of a series that the catalogue lists under another name, with its position under the requested name."""
    place = next((each for each in work.series if each.name == listed), None)
    if place is None or is_series(listed, name):
        return work
    return work.model_copy(update={"series": [SeriesPlace(name=name, sequence=place.sequence), *work.series]})
