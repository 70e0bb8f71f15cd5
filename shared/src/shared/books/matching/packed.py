"""Many descriptions of books in little memory: 50,000 of them take four megabytes instead of fifty."""

import pickle
import zlib
from functools import lru_cache

from shared.books.description import BookDescription

BLOCK = 32
"""Books that are packed, and unpacked, together."""
UNPACKED = 64
"""Blocks that stay unpacked, those used last: enough for a library of 2,000 books."""


class PackedBooks:
    """Descriptions in the order in which they were added, each unpacked when it is looked at."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._open: list[BookDescription] = []
        blocks = self._blocks  # without a reference to this object, which is then freed as soon as it is dropped

        @lru_cache(maxsize=UNPACKED)
        def unpacked(number: int) -> list[BookDescription]:
            books: list[BookDescription] = pickle.loads(zlib.decompress(blocks[number]))  # noqa: S301 - packed below
            return books

        self._unpacked = unpacked

    def add(self, book: BookDescription) -> None:
        self._open.append(book)
        if len(self._open) == BLOCK:
            self._blocks.append(zlib.compress(pickle.dumps(self._open, pickle.HIGHEST_PROTOCOL), 1))
            self._open.clear()

    def __len__(self) -> int:
        return len(self._blocks) * BLOCK + len(self._open)

    def __getitem__(self, place: int) -> BookDescription:
        """The book at a place, counted from 0. Raises `IndexError`."""
        number, within = divmod(place, BLOCK)
        return self._open[within] if number == len(self._blocks) else self._unpacked(number)[within]
