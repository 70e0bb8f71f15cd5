"""Where providers disagree about a work's place in a series, or leave it out: one place for all entries of the work."""

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
    """The entries, each with the place in the series that most entries of its title give.

    Of places told equally often the one wins that fewest other titles claim, then the one of the provider that places
    most: its order is at least one order, and no two works meet at one place. `providers` tells whose an entry is, by
    its id. An entry that spans places keeps them.
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
        told = Counter(place for entry in group if (place := places[entry.id]) is not None)
        if told:
            named = [entry for entry in group if places[entry.id] is not None]
            named.sort(key=lambda entry: ranked.index(providers.get(entry.id, "")))
            best = min((places[entry.id] or "" for entry in named), key=lambda place: (-told[place], claims[place]))
            agreed |= {entry.id: best for entry in group if _of_one_author(entry, named)}
    return [
        _placed(entry, series, key, agreed[entry.id])
        if agreed.get(entry.id, places[entry.id]) != places[entry.id]
        else entry
        for entry in entries
    ]


def _title(entry: CatalogueEntry, key: str) -> str:
    """The main title, unless that is but the series' name."""
    main = fold(main_title(entry.description.title), drop_article=True)
    return fold(entry.description.title, drop_article=True) if not main or main == key else main


def _of_one_author(entry: CatalogueEntry, named: Sequence[CatalogueEntry]) -> bool:
    authors = entry.description.authors
    return any(
        not authors or not each.description.authors or same_people(authors, each.description.authors) for each in named
    )


def _placed(entry: CatalogueEntry, series: str, key: str, place: str) -> CatalogueEntry:
    others = tuple(each for each in entry.description.series if not same_series(series_key(each.name), key))
    return replace(entry, description=replace(entry.description, series=(SeriesPlace(series, place), *others)))
