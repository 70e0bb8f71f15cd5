"""Whether two descriptions of a book agree in series, author and year, with the values of both.

Titles alone rarely separate works. Two descriptions that also agree in these three describe the same work.
"""

from shared.books.description import BookDescription, Reason
from shared.books.matching.folded import Folded
from shared.books.matching.same_work import one_series
from shared.books.records import record
from shared.books.text.names import same_name
from shared.translatable import all_of, translatable

_UNKNOWN = translatable("text.unknown", "unknown")
YEARS_APART = 1
"""A book that is published in December is often listed with the next year."""


@record
class Agreement:
    """What two descriptions agree in. None: at least one of them does not say.

    `standalone` is True if neither names a series.
    """

    series: bool | None
    author: bool | None
    year: bool | None
    standalone: bool
    reasons: tuple[Reason, ...]

    @property
    def complete(self) -> bool:
        """Whether author and year agree, and the place in a series too unless neither names a series."""
        return bool(self.author and self.year and (self.series or self.standalone))


def agreement(owned: BookDescription, mine: Folded, listed: BookDescription, theirs: Folded) -> Agreement:
    """Compare an owned book with a listed one; `mine` and `theirs` are the two folded."""
    series, author = _same_place(mine, theirs), _same_author(mine, theirs)
    my_year, their_year = _year(owned), _year(listed)
    year = abs(my_year - their_year) <= YEARS_APART if my_year and their_year else None
    standalone = not (mine.places or theirs.places)
    reasons = (
        _reason("series", series, _places(mine), _places(theirs)),
        _reason("author", author, ", ".join(owned.authors), ", ".join(listed.authors)),
        _reason("year", year, str(my_year or ""), str(their_year or "")),
    )
    return Agreement(series, author, year, standalone, tuple(each for each in reasons if each))


def _same_place(mine: Folded, theirs: Folded) -> bool | None:
    """Whether both have one place in one series. None if one of them lacks the series or the place."""
    if not mine.places or not theirs.places:
        return None
    shared = [
        (place, other)
        for name, place in mine.places
        for other_name, other in theirs.places
        if name == other_name or one_series(name, other_name)
    ]
    if any(place and place == other for place, other in shared):
        return True
    return None if any(not (place and other) for place, other in shared) else False


def _same_author(mine: Folded, theirs: Folded) -> bool | None:
    if not mine.people or not theirs.people:
        return None
    return any(same_name(one, other) for one in mine.people for other in theirs.people)


def _year(one: BookDescription) -> int | None:
    return one.published_year or (one.published.year if one.published else None)


def _places(one: Folded) -> str:
    return all_of([f"{name} {place}" if place else _without_place(name) for name, place in one.places])


def _without_place(name: str) -> str:
    return translatable("match.series_without_place", f"{name} without a place", name=name)


def _reason(rule: str, agrees: bool | None, owned: str, listed: str) -> Reason | None:
    """The values of both sides; None if neither has one."""
    if not owned and not listed:
        return None
    weight = {True: 1.0, False: -1.0, None: 0.0}[agrees]
    mine, theirs = owned or _UNKNOWN, listed or _UNKNOWN
    words = f"{rule} owned: {mine}; listed: {theirs}"
    return Reason(rule, translatable("match.agreement", words, rule=rule, owned=mine, listed=theirs), weight)
