"""Items and editions with any texts cause no exception and no excessive time in a check of the library."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from library_scanner.domain.checks.found import Found
from library_scanner.domain.checks.group import Group
from library_scanner.domain.checks.library_names import groups_of, named_book, names_of_library
from library_scanner.domain.checks.registry import check_group
from library_scanner.domain.stored_findings import compare
from shared.contracts.library.books import Book
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import SeriesPlace
from shared.testing.work import stopped_if_endless

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FRAGMENTS = ["Book", "3", "#", "(", "]", "-", " - ", ":", ",", "Vol.", "The", "Oz", "III", "/", ".", "_", "64k", "{",
             "read by", "Unabridged", "<b>", "<script>", "Baum, L. Frank", "L. Frank Baum", "BAUM", "1-3", "  ",
             "\u202e", "👑", "é", "German", "und", "Озма"]  # fmt: skip
TEXTS = some.one_of(some.text(max_size=60), some.lists(some.sampled_from(FRAGMENTS), max_size=12).map(" ".join))
MAYBE = some.none() | TEXTS
NAMES = some.lists(TEXTS, max_size=3)
PLACES = some.lists(some.builds(SeriesPlace, name=TEXTS, sequence=MAYBE), max_size=2)
SECONDS = some.none() | some.floats(min_value=0, max_value=1e9)
BOOKS = some.builds(
    Book, id=some.uuids(), abs_id=some.just("item"), title=TEXTS, subtitle=MAYBE, authors=NAMES, narrators=NAMES,
    series=PLACES, asin=MAYBE, published_year=MAYBE, language=MAYBE, description=MAYBE, duration_seconds=SECONDS,
    path=TEXTS, contents=some.lists(TEXTS, max_size=2), file_names=some.lists(TEXTS, max_size=2),
    added_at=some.just(NOW), updated_at=some.just(NOW),
)  # fmt: skip
EDITIONS = some.builds(
    KnownEdition, provider=some.just("AUDIBLE"), id=TEXTS, identified=some.booleans(), language=MAYBE, cover=MAYBE,
    duration_minutes=some.none() | some.integers(min_value=-5, max_value=10**7), abridged=some.none() | some.booleans(),
    series=PLACES,
)  # fmt: skip


def found_in(books: list[Book], *editions: KnownEdition) -> list[Found]:
    """Everything that a check of these books finds, each of which has these editions."""
    named = [named_book(book) for book in books]
    names, by_id = names_of_library(named), {book.id: book for book in books}
    listed = {book.id: list(editions) for book in books}
    groups = groups_of(named, names).values()
    return [each for ids in groups for each in check_group(Group([by_id[one] for one in ids], names, listed))]


@settings(max_examples=150, deadline=None)
@given(some.lists(BOOKS, max_size=5, unique_by=lambda book: book.id), some.lists(EDITIONS, max_size=2))
def test_a_library_of_any_texts_is_checked_and_every_repair_can_be_proposed(
    books: list[Book], editions: list[KnownEdition]
) -> None:
    found = found_in(books, *editions)
    changes = compare([], found, NOW)
    assert {each.key for each in changes.to_store} == {each.key for each in found}
    assert all(0.7 <= change.score <= 1 for each in changes.to_store for change in each.repairs)
    assert not compare(changes.to_store, found, NOW).to_store, "a second check changes nothing"


PIECES = ["a", " ", "(", "[", "1 ", "Book 1 ", " - ", "The ", "é", "Oz #1; ", "/", "_", "und die ", "<b>", ", "]


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_for_long_texts_does_not_grow_with_the_square_of_their_length(piece: str) -> None:
    long = (piece * 100_000)[:100_000]
    values: dict[str, Any] = {"authors": [long], "narrators": [long], "added_at": NOW, "updated_at": NOW}
    books = [
        Book(id=uuid4(), abs_id="item", title=long, subtitle=long, description=long, path=f"{n}/{long}", **values)
        for n in (1, 2)
    ]
    with stopped_if_endless():
        found_in(books)
