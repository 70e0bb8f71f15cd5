"""Checks that the parts of a world refer to each other correctly."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.world import Truth, World


def inconsistencies(world: "World") -> Iterator[str]:
    """Every reference to an unknown entry and every duplicate name, as 'place: what is wrong'."""
    works = [work.id for work in world.works]
    books = [book.id for book in world.library]
    offers = [offer.key for offer in world.offers]
    yield from _duplicates("works", works)
    yield from _duplicates("library", books)
    yield from _duplicates("library (folder)", [book.folder for book in world.library])
    yield from _duplicates("offers", offers)
    yield from _provider_mistakes(world)
    known_works = set(works)
    for work in world.works:
        yield from _unknown(f"works[{work.id}].contains", "work", work.contains, known_works)
        if work.translation_of:
            yield from _unknown(f"works[{work.id}].translation_of", "work", [work.translation_of], known_works)
    yield from _truth_mistakes(world.truth, known_works, set(books), set(offers))


def _provider_mistakes(world: "World") -> Iterator[str]:
    # A stand-in is made from a world, so its table can be imported only when a world is checked.
    from sandbox.providers.registry import PROVIDERS  # noqa: PLC0415

    yield from _unknown("providers", "stand-in", list(world.providers), {each.name for each in PROVIDERS})
    for provider, records in world.providers.items():
        yield from _duplicates(f"providers.{provider}", [record.id for record in records])


def _truth_mistakes(truth: "Truth", works: set[str], books: set[str], offers: set[str]) -> Iterator[str]:
    missing = [each.work for each in truth.missing]
    yield from _duplicates("truth.missing", missing)
    yield from _unknown("truth.missing", "work", missing, works)
    for each in truth.missing:
        place = f"truth.missing[{each.work}].acceptable_releases"
        yield from _unknown(place, "offer", each.acceptable_releases, offers)
    yield from _unknown("truth.optional", "work", truth.optional, works)
    yield from (f"truth.optional: {work!r} is also in truth.missing" for work in truth.optional if work in set(missing))
    yield from _unknown("truth.neutral_releases", "offer", truth.neutral_releases, offers)
    yield from _unknown("truth.corrections", "book", [each.book for each in truth.corrections], books)
    yield from _duplicates("truth.corrections", [f"{each.book}.{each.field}" for each in truth.corrections])


def _duplicates(place: str, names: list[str]) -> Iterator[str]:
    counts = Counter(names)
    yield from (f"{place}: {name!r} occurs {times} times" for name, times in counts.items() if times > 1)


def _unknown(place: str, what: str, names: list[str], known: set[str]) -> Iterator[str]:
    yield from (f"{place}: there is no {what} {name!r}" for name in names if name not in known)
