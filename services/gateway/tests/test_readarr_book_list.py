"""The list of all books is read once for all who request it, and a long one is kept."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from gateway.readarr.book_list import KEPT_SECONDS, LARGE, BookList


class Library:
    """A library with this number of books, which counts how often it is read."""

    def __init__(self, books: int) -> None:
        self.books = books
        self.reads = 0
        self.fails = False

    async def pages(self) -> AsyncIterator[list[str]]:
        self.reads += 1
        await asyncio.sleep(0)
        if self.fails:
            raise ConnectionError
        for first in range(0, self.books, 200):
            yield [json.dumps({"id": number}) for number in range(first, min(first + 200, self.books))]
        yield []


async def shown(books: BookList, library: Library) -> list[int]:
    pieces = [each async for each in await books.pieces(library.pages)]
    return [each["id"] for each in json.loads(b"".join(pieces))]


@pytest.mark.parametrize("number", [0, 1, 200, LARGE + 1])
async def test_the_pieces_are_one_array_of_all_books(number: int) -> None:
    assert await shown(BookList(), Library(number)) == list(range(number))


async def test_a_long_list_is_read_again_when_it_is_too_old() -> None:
    now = [0.0]
    books, library = BookList(lambda: now[0]), Library(LARGE + 1)
    reads = []
    for now[0] in (0.0, KEPT_SECONDS - 1, KEPT_SECONDS):
        assert len(await shown(books, library)) == LARGE + 1
        reads.append(library.reads)
    assert reads == [1, 1, 2]


async def test_a_short_list_is_read_each_time_and_once_for_calls_at_the_same_time() -> None:
    books, library = BookList(), Library(3)
    together = await asyncio.gather(*(shown(books, library) for _ in range(5)))
    assert together == [[0, 1, 2]] * 5
    assert library.reads == 1
    library.books = 4
    assert await shown(books, library) == [0, 1, 2, 3]


async def test_a_list_that_could_not_be_read_is_read_again() -> None:
    books, library = BookList(), Library(LARGE + 1)
    library.fails = True
    with pytest.raises(ConnectionError):
        await shown(books, library)
    library.fails = False
    assert len(await shown(books, library)) == LARGE + 1


async def test_a_caller_that_goes_away_does_not_end_the_reading_for_others() -> None:
    books, library = BookList(), Library(LARGE + 1)
    first = asyncio.create_task(shown(books, library))
    await asyncio.sleep(0)
    first.cancel()
    assert len(await shown(books, library)) == LARGE + 1
    assert library.reads == 1
