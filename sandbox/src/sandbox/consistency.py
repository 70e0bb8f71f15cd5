"""Checks that the parts of a world refer to each other correctly."""

from collections import Counter
from collections.abc import Iterator

from sandbox.providers.registry import CATALOGUES
from sandbox.world import Truth, World

Inconsistency = tuple[str, str]
"""A place in a world, and what is wrong there."""


def checked(world: World) -> World:
    """The world, unchanged. Raises `ValueError`, with one line for each inconsistency, if there are any."""
    found = [f"{place}: {wrong}" for place, wrong in inconsistencies(world)]
    if found:
        raise ValueError("\n".join(found))
    return world


def inconsistencies(world: World) -> Iterator[Inconsistency]:
    """Every reference to an unknown entry and every duplicate name, as (place, what is wrong)."""
    works = [work.id for work in world.works]
    books = [book.id for book in world.library]
    offers = [offer.key for offer in world.offers]
    yield from _duplicates("works", works)
    yield from _duplicates("library", books)
    yield from _duplicates("library (folder)", [book.folder for book in world.library])
    yield from _duplicates("offers", offers)
    yield from _provider_mistakes(world)
    yield from _list_mistakes(world)
    known_works = set(works)
    for work in world.works:
        yield from _unknown(f"works[{work.id}].contains", "work", work.contains, known_works)
        if work.translation_of:
            yield from _unknown(f"works[{work.id}].translation_of", "work", [work.translation_of], known_works)
    yield from _truth_mistakes(world.truth, known_works, set(books), set(offers))


def _provider_mistakes(world: World) -> Iterator[Inconsistency]:
    yield from _unknown("providers", "stand-in", list(world.providers), set(CATALOGUES))
    for provider, records in world.providers.items():
        yield from _duplicates(f"providers.{provider}", [record.id for record in records])


def _list_mistakes(world: World) -> Iterator[Inconsistency]:
    for each in world.reading_lists:
        place = f"reading_lists[{each.site}/{each.user}/{each.name}].books"
        known = {record.id for record in world.providers.get(each.site, [])}
        yield from _unknown(place, "record", each.books, known)
        yield from _duplicates(place, each.books)


def _truth_mistakes(truth: Truth, works: set[str], books: set[str], offers: set[str]) -> Iterator[Inconsistency]:
    missing = [each.work for each in truth.missing]
    yield from _duplicates("truth.missing", missing)
    yield from _unknown("truth.missing", "work", missing, works)
    for each in truth.missing:
        place = f"truth.missing[{each.work}].acceptable_releases"
        yield from _unknown(place, "offer", each.acceptable_releases, offers)
    yield from _unknown("truth.optional", "work", truth.optional, works)
    yield from (
        ("truth.optional", f"{work!r} is also in truth.missing") for work in truth.optional if work in set(missing)
    )
    yield from _unknown("truth.neutral_releases", "offer", truth.neutral_releases, offers)
    yield from _unknown("truth.corrections", "book", [each.book for each in truth.corrections], books)
    yield from _duplicates("truth.corrections", [f"{each.book}.{each.field}" for each in truth.corrections])


def _duplicates(place: str, names: list[str]) -> Iterator[Inconsistency]:
    counts = Counter(names)
    yield from ((place, f"{name!r} occurs {times} times") for name, times in counts.items() if times > 1)


def _unknown(place: str, what: str, names: list[str], known: set[str]) -> Iterator[Inconsistency]:
    yield from ((place, f"there is no {what} {name!r}") for name in names if name not in known)
