"""A world of five Oz books for tests of failures: two owned, three missing, each indexer offers one of these."""

from collections.abc import Iterator
from typing import Any

from sandbox.testing import a_record, a_world, an_offer
from sandbox.world import Offer, OwnedBook, ProviderRecord, Work, World

BOOKS = [
    "The Wonderful Wizard of Oz",
    "The Marvelous Land of Oz",
    "Ozma of Oz",
    "Dorothy and the Wizard in Oz",
    "The Road to Oz",
]
AT_MAM, AT_PROWLARR, NOWHERE = BOOKS[2:]


def oz() -> World:
    """Two Oz books are owned and three are missing: one is offered at MAM, one at Prowlarr and one nowhere."""
    return a_world(
        works=[Work(id=f"oz-{number}", title=title, authors=["L. Frank Baum"]) for number, title in places()],
        library=[owned(number, title) for number, title in places() if number <= 2],
        providers={name: [record(number, title) for number, title in places()] for name in ("audible", "hardcover")},
        offers=[
            offer("900003", "mam", 3, AT_MAM).model_copy(update={"added_days_ago": 1}),
            offer("900004", "prowlarr", 4, f"{AT_PROWLARR} by L. Frank Baum [ENG / M4B]"),
        ],
        settings={"SERIES_MIN_BOOKS": "1", "AUTHOR_TOP_COUNT": "0", "MAM_RATE_LIMIT": "0", "MAM_PAGE_SECONDS": "0"},
    )


def places() -> Iterator[tuple[int, str]]:
    """The sequences and titles of all five books."""
    return iter(list(enumerate(BOOKS, start=1)))


def owned(number: int, title: str) -> OwnedBook:
    """The library item of a book."""
    series = [{"name": "Oz", "sequence": str(number)}]
    folder = f"L. Frank Baum/Oz/{number:02} - {title}"
    fields: dict[str, Any] = {"id": f"li_{number}", "title": title, "authors": ["L. Frank Baum"], "series": series}
    return OwnedBook.model_validate(fields | {"folder": folder, "asin": f"B0OZ00000{number}"})


def record(number: int, title: str) -> ProviderRecord:
    """A provider's record of a book."""
    series = [{"name": "Oz", "sequence": str(number)}]
    return a_record(id=f"100{number}", title=title, series=series, asin=f"B0OZ00000{number}")


def offer(identity: str, indexer: str, number: int, title: str) -> Offer:
    """An offer of a book with one m4b of five hours."""
    return an_offer(
        id=identity,
        indexer=indexer,
        title=title,
        series=[{"name": "Oz", "sequence": str(number)}],
        size_bytes=144_000_000,
        files=[{"name": f"{BOOKS[number - 1]}.m4b", "duration_minutes": 300}],
    )
