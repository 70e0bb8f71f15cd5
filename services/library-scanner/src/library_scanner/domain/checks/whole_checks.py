"""Findings about items that the whole library shows: missing files, shared folders, nested folders, covers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.contracts.library.findings import FindingKind as Kind
from shared.contracts.values import Reason
from shared.translatable import translatable

from library_scanner.domain.checks.found import Found, Repair

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


def _files_missing(book: ItemState) -> Found:
    since = f"{book.files_missing_since:%Y-%m-%d %H:%M} UTC" if book.files_missing_since else "now"
    words = f"“{book.path}” is without files since {since}"
    at = book.files_missing_since.isoformat() if book.files_missing_since else None
    words = translatable("finding.files_missing", words, path=book.path, since=at)
    return Found(Kind.FILES_MISSING, (book.id,), words, (book.path, since))


def _gone(book: ItemState) -> Found:
    words = f"“{book.title}” was owned and is gone; it is not searched until you decide"
    words = translatable("finding.book_gone", words, title=book.title)
    return Found(Kind.BOOKS_GONE, (book.id,), words, (book.title,), subject=str(book.id))


def _same_folder(book: ItemState) -> Found:
    words = f"“{book.path}” is the same folder as that of book {book.other}"
    words = translatable("finding.same_folder", words, path=book.path, other=str(book.other))
    both = translatable("finding.same_path", f"both items have the path “{book.path}”", path=book.path)
    evidence = (Reason.of("same folder", both),)
    ids = (book.id, book.other) if book.other else (book.id,)
    return Found(Kind.FOLDER_SHOWN_TWICE, ids, words, (book.path, str(book.other)), evidence)


def _no_cover(book: ItemState) -> Found:
    words = translatable("finding.no_cover", f"“{book.title}” has no cover", title=book.title)
    return Found(Kind.NO_COVER, (book.id,), words, (book.path,))


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


WHOLE_CHECKS: Mapping[Kind, Callable[[ItemState], Found]] = {
    Kind.FILES_MISSING: _files_missing,
    Kind.BOOKS_GONE: _gone,
    Kind.FOLDER_SHOWN_TWICE: _same_folder,
    Kind.NO_COVER: _no_cover,
    Kind.TINY_COVER: _tiny_cover,
}
"""The finding of a book whose item has a problem of each of these kinds."""
WHOLE_KINDS = frozenset(WHOLE_CHECKS)
"""The kinds that these checks find, for every book at once."""
