"""Resolves disagreement of providers about the position of a work in a series."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.books.description import SeriesPlace
from shared.books.gaps.answer import CatalogueEntry
from shared.books.gaps.works import place_in, same_series, series_key
from shared.books.series.sequence import is_range
from shared.books.text.names import same_people
from shared.books.text.titles import fold, main_title


def with_agreed_places(
    entries: Sequence[CatalogueEntry], series: str, providers: Mapping[str, str]
) -> list[CatalogueEntry]:
    """Return the entries, each with the position in the series that most entries of its title have.

    Of equally frequent positions, the one that fewest other titles have wins, then the one of the provider with most
    positions, so that the order is consistent and no two works share a position. `providers` maps the ids of entries
    to their providers. An entry for a range of positions keeps it.
    """
    key = series_key(series)
    places = {entry.id: place_in(entry, key) for entry in entries}
    placing = Counter(providers.get(each, "") for each, place in places.items() if place is not None)
    ranked = sorted(placing, key=lambda provider: (-placing[provider], provider))
    by_title: dict[str, list[CatalogueEntry]] = defaultdict(list)
    for entry in entries:
        if not is_range(places[entry.id]):
            by_title[_title(entry, key)].append(entry)
    claims = Counter(
        place for group in by_title.values() for place in {places[entry.id] for entry in group} if place is not None
    )
    agreed: dict[str, str] = {}
    for group in by_title.values():
        votes = Counter(place for entry in group if (place := places[entry.id]) is not None)
        if votes:
            named = [entry for entry in group if places[entry.id] is not None]
            named.sort(key=lambda entry: ranked.index(providers.get(entry.id, "")))
            best = min((places[entry.id] or "" for entry in named), key=lambda place: (-votes[place], claims[place]))
            agreed |= {entry.id: best for entry in group if _same_author(entry, named)}
    return [
        _placed(entry, series, key, agreed[entry.id])
        if agreed.get(entry.id, places[entry.id]) != places[entry.id]
        else entry
        for entry in entries
    ]


def _title(entry: CatalogueEntry, key: str) -> str:
    """The main title, or the whole title if the main title is only the series name."""
    main = fold(main_title(entry.description.title), drop_article=True)
    return fold(entry.description.title, drop_article=True) if not main or main == key else main


def _same_author(entry: CatalogueEntry, named: Sequence[CatalogueEntry]) -> bool:
    authors = entry.description.authors
    return any(
        not authors or not each.description.authors or same_people(authors, each.description.authors) for each in named
    )


def _placed(entry: CatalogueEntry, series: str, key: str, place: str) -> CatalogueEntry:
    others = tuple(each for each in entry.description.series if not same_series(series_key(each.name), key))
    return replace(entry, description=replace(entry.description, series=(SeriesPlace(series, place), *others)))
