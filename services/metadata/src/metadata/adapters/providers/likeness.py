"""Which of a provider's series and people are those asked for."""

from collections.abc import Iterable, Sequence

from shared.books.catalogue_works import same_series, series_key
from shared.books.names import people, same_person
from shared.books.titles import fold


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
