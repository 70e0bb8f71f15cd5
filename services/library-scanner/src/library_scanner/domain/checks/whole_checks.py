"""Findings about items that the whole library shows: missing files, shared folders, nested folders, covers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.library.findings import FindingKind as Kind
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found, Repair

WHOLE_KINDS = frozenset({Kind.FILES_MISSING, Kind.BOOKS_GONE, Kind.FOLDER_SHOWN_TWICE, Kind.NO_COVER, Kind.TINY_COVER})
"""The kinds that these checks find, for every book at once."""


COVER_OF_EDITION = 0.85
"""How sure it is that the cover of the identified edition suits a book better than a tiny one."""


@dataclass(frozen=True, slots=True)
class ListedCover:
    """The address of the cover that a provider lists for the edition of a book, and the present cover `old`."""

    provider: str
    id: str
    address: str
    old: str


@dataclass(frozen=True, slots=True)
class ItemState:
    """A book whose item has one of these problems.

    `other` is the active book of the same folder, `cover_size` the width and height of a small cover in pixels, which
    `listed_cover` may replace.
    """

    id: UUID
    title: str
    path: str
    files_missing_since: datetime | None = None
    other: UUID | None = None
    cover_size: tuple[int, int] | None = None
    listed_cover: ListedCover | None = None


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
        at = book.files_missing_since.isoformat() if book.files_missing_since else None
        words = translatable("finding.files_missing", words, path=book.path, since=at)
        yield Found(Kind.FILES_MISSING, (book.id,), words, (book.path, since))
    for book in state.gone:
        words = f"“{book.title}” was owned and is gone; it is not searched until you decide"
        words = translatable("finding.book_gone", words, title=book.title)
        yield Found(Kind.BOOKS_GONE, (book.id,), words, (book.title,), subject=str(book.id))
    for book in state.same_folder:
        words = f"“{book.path}” is the same folder as that of book {book.other}"
        words = translatable("finding.same_folder", words, path=book.path, other=str(book.other))
        both = translatable("finding.same_path", f"both items have the path “{book.path}”", path=book.path)
        evidence = (Reason.of("same folder", both),)
        ids = (book.id, book.other) if book.other else (book.id,)
        yield Found(Kind.FOLDER_SHOWN_TWICE, ids, words, (book.path, str(book.other)), evidence)
    for book in state.without_cover:
        words = translatable("finding.no_cover", f"“{book.title}” has no cover", title=book.title)
        yield Found(Kind.NO_COVER, (book.id,), words, (book.path,))
    for book in state.tiny_cover:
        yield _tiny_cover(book)


def _tiny_cover(book: ItemState) -> Found:
    width, height = book.cover_size or (0, 0)
    size = translatable("finding.pixels", f"{width} × {height} pixels", width=width, height=height)
    words = f"the cover of “{book.title}” has {size}"
    words = translatable("finding.tiny_cover", words, title=book.title, size=size)
    evidence: tuple[Reason, ...] = (Reason.of("size of the cover", size, 1.0),)
    repairs: tuple[Repair, ...] = ()
    if (listed := book.listed_cover) is not None:
        lists = f"{listed.provider} lists a cover of this edition ({listed.id})"
        lists = translatable("finding.cover_listed", lists, provider=listed.provider, id=listed.id)
        evidence += (Reason.of("provider", lists, COVER_OF_EDITION),)
        new, old = listed.address, listed.old
        repairs = (Repair(book.id, "cover", old, new, "cover", COVER_OF_EDITION, evidence, listed.provider),)
    return Found(Kind.TINY_COVER, (book.id,), words, (size,), evidence, repairs=repairs)
