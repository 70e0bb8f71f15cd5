"""The index of a large library finds the same books as a small one, and takes little memory."""

import tracemalloc
import weakref

import pytest
from shared.books.description import BookDescription
from shared.books.gaps.answer import CatalogueEntry
from shared.books.gaps.owned_index import Shelf
from shared.books.gaps.works import works_of_author
from shared.books.matching.folded import folded
from shared.books.matching.packed import PackedBooks

WORDS = ("Emerald", "Silver", "Winter", "Garden", "River", "Lantern", "Harbor", "Meadow", "Thunder", "Orchard")


def invented(number: int) -> BookDescription:
    title = f"The {WORDS[number % 10]} {WORDS[number // 10 % 10]} of Number {number}"
    author = f"Writer {WORDS[number // 7 % 10]}{number // 50}"
    return BookDescription(title, authors=(author,), path=f"{author}/{title}", duration_minutes=300 + number % 400)


def test_packed_books_equal_the_added_books() -> None:
    books = [invented(number) for number in range(67)]
    packed = PackedBooks()
    for book in books:
        packed.add(book, folded(book))
    assert len(packed) == len(books)
    assert [packed[place] for place in range(len(packed))] == [(book, folded(book)) for book in books]
    for beyond in (len(books), 10_000):
        with pytest.raises(IndexError):
            packed[beyond]


def test_books_are_found_by_people_and_by_title_in_any_field() -> None:
    books = [invented(number) for number in range(100)]
    shelf = Shelf(books[:40])
    shelf.add(books[40:])
    for place in (0, 39, 40, 99):
        (work,) = works_of_author([CatalogueEntry("one", books[place])], "en")
        assert place in shelf.by_people(books[place].authors)
        assert place in shelf.by_title(work)
        assert shelf.books[place] == (books[place], folded(books[place]))


def test_a_shelf_takes_about_a_kilobyte_for_a_book_and_is_freed_at_once() -> None:
    count = 4_000
    Shelf(invented(number) for number in range(100))  # fills the caches of titles and names before the measurement
    tracemalloc.start()
    try:
        shelf = Shelf(invented(number) for number in range(count))
        assert tracemalloc.get_traced_memory()[0] < count * 1_280 + 6 * 2**20
    finally:
        tracemalloc.stop()
    gone = weakref.ref(shelf)
    del shelf
    assert gone() is None
