"""Checks books against the editions that the providers list: their place in the series and their duration."""

from collections.abc import Iterator, Sequence

from shared.books.gaps.works import same_series, series_key
from shared.books.series.sequence import is_range, normalise
from shared.contracts.library.books import Book
from shared.contracts.library.findings import FindingKind
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group

TOO_SHORT, TOO_LONG = 0.85, 1.2
"""The duration, as a share of that of the edition, from which it is far: a part is missing, or it is another book."""
LEAST_MINUTES = 15
"""Smaller differences are credits and pauses."""
_PART_MISSING = translatable("finding.part_missing", "a part may be missing")
_ANOTHER_BOOK = translatable("finding.another_book", "it may be another book, or two books")
FEWEST_EDITIONS = 2
"""Editions that only have the same title must be so many, and all far, to contradict the duration."""


def check_editions(group: Group) -> Iterator[Found]:
    """Books whose duration is far from their edition, or whose place in a series every provider contradicts."""
    for book in group.books:
        editions = group.editions.get(book.id, ())
        if editions:
            yield from _duration(book, editions)
            yield from _places(group, book, editions)


def _duration(book: Book, editions: Sequence[KnownEdition]) -> Iterator[Found]:
    if not book.duration_seconds:
        return
    minutes = book.duration_seconds / 60
    identified = [each for each in editions if each.identified and each.duration_minutes]
    listed = identified or [each for each in editions if each.duration_minutes]
    if len(listed) < (1 if identified else FEWEST_EDITIONS) or not all(_is_far(minutes, each) for each in listed):
        return
    nearest = min(listed, key=lambda each: abs(minutes - (each.duration_minutes or 0)))
    share = minutes / (nearest.duration_minutes or 1)
    guess = _PART_MISSING if share < 1 else _ANOTHER_BOOK
    reasons = tuple(Reason.of("duration", _minutes_of(each), 0.8) for each in listed[:5])
    yield Found(
        FindingKind.DURATION_FAR,
        (book.id,),
        translatable(
            "finding.duration",
            f"“{book.title}” is {round(minutes)} minutes long, {round(share * 100)} % of its edition: {guess}",
            title=book.title,
            minutes=round(minutes),
            share=share,
            guess=guess,
        ),
        (str(round(minutes)), *(f"{each.id} {each.duration_minutes}" for each in listed)),
        reasons,
    )


def _is_far(minutes: float, edition: KnownEdition) -> bool:
    listed = edition.duration_minutes or 0
    return abs(minutes - listed) > LEAST_MINUTES and not TOO_SHORT <= minutes / listed <= TOO_LONG


def _places(group: Group, book: Book, editions: Sequence[KnownEdition]) -> Iterator[Found]:
    for place in group.in_abs[book.id]:
        mine = normalise(place.sequence)
        key = series_key(place.name)
        listed = [
            (each, theirs)
            for each in editions
            for series in each.series
            if (theirs := normalise(series.sequence))
            and same_series(series_key(series.name), key)
            and not is_range(theirs)
        ]
        if mine is None or is_range(mine) or not listed or any(theirs == mine for _, theirs in listed):
            continue
        if (
            not any(each.identified for each, _ in listed)
            and len({each.provider for each, _ in listed}) < FEWEST_EDITIONS
        ):
            continue
        reasons = tuple(Reason.of("place", _place_of(each, theirs), 0.8) for each, theirs in listed[:5])
        why = _place_of(*listed[0])
        yield Found(
            FindingKind.PLACE_CONTRADICTED,
            (book.id,),
            translatable(
                "finding.place",
                f"“{book.title}” has place {mine} in “{place.name}”, but {why}",
                title=book.title,
                place=mine,
                series=place.name,
                why=why,
            ),
            (place.name, mine, *sorted({theirs for _, theirs in listed})),
            reasons,
        )


def _minutes_of(edition: KnownEdition) -> str:
    provider, minutes, number = edition.provider, edition.duration_minutes, edition.id
    words = f"{provider} lists {minutes} minutes ({number})"
    return translatable("finding.minutes_listed", words, provider=provider, minutes=minutes, id=number)


def _place_of(edition: KnownEdition, place: str) -> str:
    provider, number = edition.provider, edition.id
    words = f"{provider} lists place {place} ({number})"
    return translatable("finding.place_listed", words, provider=provider, place=place, id=number)
