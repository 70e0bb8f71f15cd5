"""Which covers of providers are worth adding to a book that has none."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.books.text.titles import fold, main_title
from shared.contracts.library.books import Book

from metadata.domain.confidence import Judged
from metadata.domain.editions import Edition

SMALLEST = 300
"""Pixels of the shorter side. Audiobookshelf shows covers with up to 400."""
NARROWEST, WIDEST = 0.6, 1.25
"""Width as a share of the height: between a narrow printed book and a square with a border."""
MAX_FETCHED = 3
"""Covers that are fetched for one book."""
MAX_TITLES_OF_AUTHOR = 3
"""Titles of one author that may have the same picture, such as the volumes of a box set."""


@dataclass(frozen=True, slots=True)
class ShownFor:
    """A book for which a provider shows a picture: its folded title, and its folded author or an empty text."""

    title: str
    author: str

    @staticmethod
    def book(book: Book) -> "ShownFor":
        """The book, as pictures are compared by it."""
        return ShownFor(fold(main_title(book.title)), fold(book.authors[0]) if book.authors else "")


class SeenPictures(Protocol):
    """The pictures that providers showed."""

    async def record(self, digest: str, book: ShownFor) -> list[ShownFor]:
        """Record that a picture is shown for a book. Return the books for which it is shown, at most twenty."""
        ...


def is_placeholder(shown_for: Collection[ShownFor]) -> bool:
    """Whether one picture is shown for books that have nothing in common."""
    titles = {each.title for each in shown_for}
    authors = {each.author for each in shown_for if each.author}
    return len(titles) > MAX_TITLES_OF_AUTHOR or (len(titles) > 1 and len(authors) > 1)


def candidates(judged: Sequence[Judged], weight_of: Callable[[str], float]) -> list[Judged]:
    """The entries with a cover to try in turn: of this edition, then of other recordings, then of printed books.

    Each address is tried once. One that is listed for another work too is that of a placeholder.
    """
    others = {each.entry.cover for each in judged if not each.same_work}
    with_cover = [each for each in judged if each.entry.cover and each.same_work and each.entry.cover not in others]
    ordered = sorted(with_cover, key=lambda each: (_rank(each), -weight_of(each.entry.provider)))
    return list({each.entry.cover: each for each in reversed(ordered)}.values())[::-1][:MAX_FETCHED]


def why_not_a_cover(width: int, height: int, *, is_blank: bool) -> str | None:
    """Return why a picture of this size in pixels is not used as a cover, or None if it may be.

    `is_blank` says that it shows nothing but a plain area.
    """
    size = f"{width} × {height} pixels"
    if min(width, height) < SMALLEST:
        return f"it is too small: {size}"
    if not NARROWEST <= width / height <= WIDEST:
        return f"it does not have the shape of a cover: {size}"
    return "it shows nothing, as a placeholder does" if is_blank else None


def _rank(each: Judged) -> int:
    if each.entry.is_audio is False:
        return 2
    return 0 if each.edition is Edition.THIS else 1
