"""Findings about items that the whole library shows: missing files, shared folders, nested folders, covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.library.findings import FindingKind as Kind
from shared.contracts.values import Reason

from library_scanner.domain.checks.found import Found

WHOLE_KINDS = frozenset({Kind.FILES_MISSING, Kind.BOOKS_GONE, Kind.FOLDER_SHOWN_TWICE, Kind.NO_COVER, Kind.TINY_COVER})
"""The kinds that these checks find, for every book at once."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """A book whose item has one of these problems.

    `other` is the active book of the same folder, `cover_size` the width and height of a small cover in pixels.
    """

    id: UUID
    title: str
    path: str
    files_missing_since: datetime | None = None
    other: UUID | None = None
    cover_size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class WholeState:
    """The books with each problem."""

    without_files: Sequence[ItemState] = ()
    gone: Sequence[ItemState] = ()
    same_folder: Sequence[ItemState] = ()
    without_cover: Sequence[ItemState] = ()
    tiny_cover: Sequence[ItemState] = ()


def check_whole(state: WholeState) -> Iterator[Found]:
    """Return one finding for each problem of an item."""
    for book in state.without_files:
        since = f"{book.files_missing_since:%Y-%m-%d %H:%M} UTC" if book.files_missing_since else "now"
        words = f"“{book.path}” is without files since {since}"
        yield Found(Kind.FILES_MISSING, (book.id,), words, (book.path, since))
    for book in state.gone:
        words = f"“{book.title}” was owned and is gone; it is not searched until you decide"
        yield Found(Kind.BOOKS_GONE, (book.id,), words, (book.title,), subject=str(book.id))
    for book in state.same_folder:
        words = f"“{book.path}” is the same folder as that of book {book.other}"
        evidence = (Reason(rule="same folder", words=f"both items have the path “{book.path}”"),)
        ids = (book.id, book.other) if book.other else (book.id,)
        yield Found(Kind.FOLDER_SHOWN_TWICE, ids, words, (book.path, str(book.other)), evidence)
    for book in state.without_cover:
        yield Found(Kind.NO_COVER, (book.id,), f"“{book.title}” has no cover", (book.path,))
    for book in state.tiny_cover:
        size = "{} × {} pixels".format(*book.cover_size or (0, 0))
        evidence = (Reason(rule="size of the cover", words=size, weight=1.0),)
        yield Found(Kind.TINY_COVER, (book.id,), f"the cover of “{book.title}” has {size}", (size,), evidence)
