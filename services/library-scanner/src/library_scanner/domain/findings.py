"""What is wrong with the library as a whole, in words for a person."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from uuid import UUID

from shared.contracts.library.books import Book
from shared.contracts.library.findings import BookFound, FindingKind, LibraryFinding

from library_scanner.domain.books_in_item import is_file

MOST_BOOKS_TOLD = 20
_MOST_INSIDE_TOLD = 5
_REMOVE = "If they are gone for good, remove the items with issues in Audiobookshelf"


def files_are_missing(books: int, of_books: int, days: int) -> str:
    """Audiobookshelf shows books whose files it does not find."""
    seen = f"{books} of {of_books} books have no files at present. They count as owned for {days} days"
    return f"{seen}: is a disk away? {_REMOVE}"


def finding_of_missing_files(count: int, first: Sequence[Book]) -> LibraryFinding:
    return LibraryFinding(
        kind=FindingKind.FILES_MISSING,
        count=count,
        words=f"{_books(count)} without files in Audiobookshelf, counted as owned for now",
        to_do=f"see whether a disk is away. {_REMOVE}",
        books=[_found(book, f"without files since {book.files_missing_since:%Y-%m-%d %H:%M} UTC") for book in first],
    )


def finding_of_gone_books(count: int) -> LibraryFinding:
    return LibraryFinding(
        kind=FindingKind.BOOKS_GONE,
        count=count,
        words=f"{_books(count)} that were owned and are gone, not searched until you say so",
        to_do="see GET /api/books/missing?status=was_owned; PUT each to 'identified' (wanted again) or 'ignored'",
    )


def finding_of_folders_shown_twice(count: int, first: Sequence[tuple[Book, UUID]]) -> LibraryFinding:
    """`first` are books that are shown again, each with the id of the book that its folder is already."""
    return LibraryFinding(
        kind=FindingKind.FOLDER_SHOWN_TWICE,
        count=count,
        words=f"{_items(count)} of Audiobookshelf that show the folder of another item",
        to_do="scan the library in Audiobookshelf, then remove the items with issues; no metadata is written to them",
        books=[_found(book, f"the same folder as book {other}") for book, other in first],
    )


def finding_of_several_books(count: int, first: Sequence[Book]) -> LibraryFinding:
    return LibraryFinding(
        kind=FindingKind.SEVERAL_BOOKS_IN_ONE_ITEM,
        count=count,
        words=f"{_items(count)} of Audiobookshelf that hold several books each",
        to_do="give each book a folder of its own, outside of other books' folders, then scan in Audiobookshelf",
        books=[_found(book, _where_to_move(book)) for book in first],
    )


def _where_to_move(book: Book) -> str:
    """Files that lie side by side get a folder each; folders become books when no audio lies above them."""
    folder = PurePosixPath(book.path)
    files = [PurePosixPath(path) for path in book.contents if is_file(path)]
    inside = ", ".join(f"“{path.rstrip('/')}”" for path in book.contents[:_MOST_INSIDE_TOLD])
    more = len(book.contents) - _MOST_INSIDE_TOLD
    holds = f"holds {inside}" + (f" and {more} more" if more > 0 else "")
    if files:
        before, after = folder / files[0], folder / files[0].with_suffix("") / files[0].name
        return f"{holds}: move each file into a folder of its own, such as “{before}” to “{after}”"
    own = folder / folder.name if book.title == folder.name else folder / book.title.replace("/", "-")
    return f"{holds}: move the audio files that lie in “{folder}” itself into a folder of their own, such as “{own}”"


def _found(book: Book, words: str) -> BookFound:
    return BookFound(id=book.id, path=book.path, words=words)


def _books(count: int) -> str:
    return "1 book" if count == 1 else f"{count} books"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"
