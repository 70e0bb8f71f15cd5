"""The maker of messy libraries."""

from collections import Counter

from sandbox.worldmaking.messy.faults import FAULT_SHARES
from sandbox.worldmaking.messy.library import FINDINGS, messy_library


def test_a_seed_gives_the_same_library_and_another_seed_another_one() -> None:
    first, again, other = messy_library(1, 400), messy_library(1, 400), messy_library(2, 400)
    assert first == again
    assert [item.fields["title"] for item in first.items] != [item.fields["title"] for item in other.items]


def test_every_kind_of_fault_is_planted_and_most_books_are_clean() -> None:
    library = messy_library(3, 3000)
    planted = Counter(each.fault for each in library.planted)
    assert planted.keys() == FAULT_SHARES.keys() == FINDINGS.keys()
    damaged = {book for each in library.planted for book in each.books}
    assert len(library.items) >= 3000
    assert len(damaged) < 0.35 * len(library.items)


def test_the_items_are_books_of_a_world_with_different_ids() -> None:
    books = messy_library(4, 300).books()
    assert len({book.id for book in books}) == len(books)
    assert all(book.folder for book in books)
