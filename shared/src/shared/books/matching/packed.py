"""Packed book descriptions with their folded form: about a kilobyte for each book instead of several."""

import pickle
from functools import lru_cache
from operator import attrgetter

from shared.books.description import BookDescription
from shared.books.matching.folded import Folded

Pair = tuple[BookDescription, Folded]
_fields_of_book, _fields_of_folded = (attrgetter(*cls.__match_args__) for cls in (BookDescription, Folded))
UNPACKED = 512
"""The number of cached unpacked books. The gaps of an author's series and of the author need the same books."""


class PackedBooks:
    """Descriptions and their folded form, in the order in which they were added. Each is unpacked on access.

    Unpacking takes a tenth of the time of folding the description again.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        packed = self._packed  # the cache must not refer to this object, or it would not be freed at once

        @lru_cache(maxsize=UNPACKED)
        def unpacked(place: int) -> Pair:
            book, folded = pickle.loads(packed[place])  # noqa: S301 - packed below
            return BookDescription(*book), Folded(*folded)

        self._unpacked = unpacked

    def add(self, book: BookDescription, folded: Folded) -> None:
        """Append a book."""
        fields = _fields_of_book(book), _fields_of_folded(folded)
        self._packed.append(pickle.dumps(fields, pickle.HIGHEST_PROTOCOL))

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, place: int) -> Pair:
        """The book at an index, counted from 0. Raises `IndexError` beyond the last book."""
        return self._unpacked(place)
