"""Resolves disagreement of providers about the position of a work in a series."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from shared.books.description import SeriesPlace
from shared.books.gaps.answer import CatalogueEntry
from shared.books.gaps.works import place_in, same_series, series_key
from shared.books.matching.folded import Folded, folded
from shared.books.matching.title_likeness import have_different_subtitles
from shared.books.series.sequence import is_range
from shared.books.text.names import same_people
from shared.books.text.titles import fold, main_title

MOST_VOLUMES = 200
"""The most volumes with one main title that are told apart. It bounds the comparisons of a hostile list."""


def with_agreed_places(
    entries: Sequence[CatalogueEntry], series: str, providers: Mapping[str, str]
) -> list[CatalogueEntry]:
    """Return the entries, each with the position in the series that most entries of its work have.

    Entries with one main title are one work, unless their subtitles tell volumes apart ("Umbrella: The Dark Night",
    "Umbrella: The Bright Day").

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
    works = [work for group in by_title.values() for work in _works(group, places)]
    claims = Counter(place for work in works for place in {places[entry.id] for entry in work} if place is not None)
    agreed: dict[str, str] = {}
    for group in works:
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


def _works(group: list[CatalogueEntry], places: Mapping[str, str | None]) -> list[list[CatalogueEntry]]:
    """The entries of one main title as works. Entries that could be any of several volumes are kept apart from them."""
    if len({places[entry.id] for entry in group} - {None}) < 2:
        return [group]
    volumes: list[tuple[Folded, list[CatalogueEntry]]] = []
    rest: list[CatalogueEntry] = []
    texts = ((folded(entry.description), entry) for entry in group)
    for text, entry in sorted(texts, key=lambda each: -len(each[0].text)):
        possible = [entries for lead, entries in volumes if not have_different_subtitles(lead, text)]
        if not possible and len(volumes) < MOST_VOLUMES:
            volumes.append((text, [entry]))
        elif len(possible) == 1:
            possible[0].append(entry)
        else:
            rest.append(entry)
    return [each for each in (*(entries for _, entries in volumes), rest) if each]


def _same_author(entry: CatalogueEntry, named: Sequence[CatalogueEntry]) -> bool:
    authors = entry.description.authors
    return any(
        not authors or not each.description.authors or same_people(authors, each.description.authors) for each in named
    )


def _placed(entry: CatalogueEntry, series: str, key: str, place: str) -> CatalogueEntry:
    others = tuple(each for each in entry.description.series if not same_series(series_key(each.name), key))
    return replace(entry, description=replace(entry.description, series=(SeriesPlace(series, place), *others)))
