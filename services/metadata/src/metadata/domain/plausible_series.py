"""Chooses a series and position that are plausible but not sure enough to be written."""

from collections.abc import Sequence

from shared.books.gaps.works import same_series, series_key
from shared.books.series.sequence import normalise
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import stored_series
from shared.contracts.values import SeriesPlace

from metadata.domain.changes import Change
from metadata.domain.confidence import Judged
from metadata.domain.series_choice import ListedSeries, WeightOf, change_series, is_occupied, listed_series

BY_EDITION, BY_WORK, CONTRADICTED = 0.8, 0.7, 0.4
"""How likely the series of an entry is right: of the owned edition, of the work, or with contradicting positions."""
REPLACED = 0.5
"""Factor for a series that replaces another one."""


def plausible_series(book: Book, judged: Sequence[Judged], weight_of: WeightOf) -> tuple[Change, float] | None:
    """A change of the series, and how likely it is right from 0 to 1; None if in doubt.

    One provider is enough, unless another one or the texts of the book contradict it.
    """
    listed = listed_series(book, [each for each in judged if each.same_work], weight_of)
    now = stored_series(book)
    if not now:
        return _filled(book, [each for each in listed if each.providers()])
    return _changed(book, now[0], listed, judged) if len(now) == 1 else None


def _filled(book: Book, listed: Sequence[ListedSeries]) -> tuple[Change, float] | None:
    """The series with the most sources, unless another has as many."""
    sources = sorted((len(each.backers(None)) for each in listed), reverse=True)
    if not sources or sources.count(sources[0]) > 1:
        return None
    best = max(listed, key=lambda each: len(each.backers(None)))
    change = change_series(book, [SeriesPlace(name=best.name, sequence=best.place())], best)
    return change, _likelihood(best) * sources[0] / sum(sources)


def _changed(
    book: Book, now: SeriesPlace, listed: Sequence[ListedSeries], judged: Sequence[Judged]
) -> tuple[Change, float] | None:
    """Another position in the series of the book, or the series of the owned edition if no source knows that series."""
    mine = next((each for each in listed if same_series(each.key, series_key(now.name))), None)
    name, factor = now.name, 1.0
    if mine is None:
        of_edition = [each for each in listed if each.by_edition]
        mine = of_edition[0] if len(of_edition) == 1 else None
        name, factor = mine.name if mine else now.name, REPLACED
    if mine is None or not mine.providers():
        return None
    position, better = normalise(now.sequence), mine.place()
    agrees = factor == 1.0 and position is not None and any(position in places for places in mine.places.values())
    if better is None or agrees or (factor == 1.0 and better == position) or is_occupied(mine, judged):
        return None
    return change_series(book, [SeriesPlace(name=name, sequence=better)], mine), _likelihood(mine) * factor


def _likelihood(listed: ListedSeries) -> float:
    if listed.doubtful():
        return CONTRADICTED
    return BY_EDITION if listed.by_edition else BY_WORK
