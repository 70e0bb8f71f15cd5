"""Compressed book descriptions: 50,000 take four megabytes instead of fifty."""

import pickle
import zlib
from functools import lru_cache

from shared.books.description import BookDescription

BLOCK = 32
"""Books that are compressed together."""
UNPACKED = 64
"""The number of cached decompressed blocks: enough for a library of 2,000 books."""


class PackedBooks:
    """Descriptions in the order in which they were added, each decompressed on access."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: list[BookDescription] = []
        blocks = self._blocks  # the cache must not refer to this object, or it would not be freed at once

        @lru_cache(maxsize=UNPACKED)
        def unpacked(number: int) -> list[BookDescription]:
            books: list[BookDescription] = pickle.loads(zlib.decompress(blocks[number]))  # noqa: S301 - packed below
            return books

        self._unpacked = unpacked

    def add(self, book: BookDescription) -> None:
        """Append a book."""
        self._open.append(book)
        if len(self._open) == BLOCK:
            self._blocks.append(zlib.compress(pickle.dumps(self._open, pickle.HIGHEST_PROTOCOL), 1))
            self._open.clear()

    def __len__(self) -> int:
        return len(self._blocks) * BLOCK + len(self._open)

    def __getitem__(self, place: int) -> BookDescription:
        """The book at an index, counted from 0. Raises `IndexError` beyond the last book."""
        number, within = divmod(place, BLOCK)
        return self._open[within] if number == len(self._blocks) else self._unpacked(number)[within]
