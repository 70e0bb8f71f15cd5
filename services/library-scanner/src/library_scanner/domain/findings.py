"""Problems of the library as a whole, described for a person."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.findings import BookFound, FindingKind, LibraryFinding

from library_scanner.domain.books_in_item import is_file

MAX_BOOKS_LISTED = 20
_MAX_CONTENTS_LISTED = 5
_REMOVE = "If the files are gone for good, remove the items with issues in Audiobookshelf"


def missing_files_problem(books: int, of_books: int, days: int) -> str:
    """Return the problem of a scan that found books without files."""
    missing = f"{books} of {of_books} books have no files at present and count as owned for {days} days"
    return f"{missing}. Check that all disks are mounted. {_REMOVE}"


def finding_of_missing_files(count: int, first: Sequence[Book]) -> LibraryFinding:
    """`first` are the books to list."""
    return LibraryFinding(
        kind=FindingKind.FILES_MISSING,
        count=count,
        words=f"{_books(count)} without files in Audiobookshelf, still counted as owned",
        to_do=f"check that all disks are mounted. {_REMOVE}",
        books=[_found(book, f"without files since {book.files_missing_since:%Y-%m-%d %H:%M} UTC") for book in first],
    )


def finding_of_gone_books(count: int) -> LibraryFinding:
    """Books that were owned and wait for a decision."""
    return LibraryFinding(
        kind=FindingKind.BOOKS_GONE,
        count=count,
        words=f"{_books(count)} owned before and now gone; not searched until you decide",
        to_do="GET /api/books/missing?status=was_owned, then PUT each status to 'identified' (wanted) or 'ignored'",
    )


def finding_of_folders_shown_twice(count: int, first: Sequence[tuple[Book, UUID]]) -> LibraryFinding:
    """`first` are the duplicates to list, each with the id of the active book of its folder."""
    return LibraryFinding(
        kind=FindingKind.FOLDER_SHOWN_TWICE,
        count=count,
        words=f"{_items(count)} of Audiobookshelf with the same folder as another item",
        to_do="scan the library in Audiobookshelf, then remove the items with issues; no metadata is written to them",
        books=[_found(book, f"the same folder as book {other}") for book, other in first],
    )


def finding_of_several_books(count: int, first: Sequence[Book]) -> LibraryFinding:
    """`first` are the books to list."""
    return LibraryFinding(
        kind=FindingKind.SEVERAL_BOOKS_IN_ONE_ITEM,
        count=count,
        words=f"{_items(count)} of Audiobookshelf with several books each",
        to_do="move each book to a separate folder outside other books' folders, then scan in Audiobookshelf",
        books=[_found(book, _where_to_move(book)) for book in first],
    )


def _where_to_move(book: Book) -> str:
    """Files need one folder each. Folders become separate books when no audio files are above them."""
    folder = PurePosixPath(book.path)
    files = [PurePosixPath(path) for path in book.contents if is_file(path)]
    inside = ", ".join(f"“{path.rstrip('/')}”" for path in book.contents[:_MAX_CONTENTS_LISTED])
    more = len(book.contents) - _MAX_CONTENTS_LISTED
    contents = f"contains {inside}" + (f" and {more} more" if more > 0 else "")
    if files:
        before, after = folder / files[0], folder / files[0].with_suffix("") / files[0].name
        return f"{contents}: move each file to a separate folder, such as “{before}” to “{after}”"
    own = folder / folder.name if book.title == folder.name else folder / book.title.replace("/", "-")
    return f"{contents}: move the audio files directly in “{folder}” to a separate folder, such as “{own}”"


def _found(book: Book, words: str) -> BookFound:
    return BookFound(id=book.id, path=book.path, words=words)


def _books(count: int) -> str:
    return "1 book" if count == 1 else f"{count} books"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"
