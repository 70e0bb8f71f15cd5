"""Compressed book descriptions with their folded form: about a kilobyte for each book instead of several."""

import pickle
import zlib
from functools import lru_cache

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded

Pair = tuple[BookDescription, Folded]
UNPACKED = 512
"""The number of cached decompressed books. The gaps of an author's series and of the author need the same books."""
FASTEST = 1
"""The compression level. Higher levels save little and take longer."""


class PackedBooks:
    """Descriptions and their folded form, in the order in which they were added. Each is decompressed on access.

    Decompressing takes a tenth of the time of folding the description again.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        packed = self._packed  # the cache must not refer to this object, or it would not be freed at once

        @lru_cache(maxsize=UNPACKED)
        def unpacked(place: int) -> Pair:
            pair: Pair = pickle.loads(zlib.decompress(packed[place]))  # noqa: S301 - packed below
            return pair

        self._unpacked = unpacked

    def add(self, book: BookDescription, folded: Folded) -> None:
        """Append a book."""
        self._packed.append(zlib.compress(pickle.dumps((book, folded), pickle.HIGHEST_PROTOCOL), FASTEST))

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, place: int) -> Pair:
        """The book at an index, counted from 0. Raises `IndexError` beyond the last book."""
        return self._unpacked(place)
