"""What the path of a book in the library folder names, and which of its possible folders is free of other books."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from shared.contracts.library.books import Book

from downloader.domain.download import Download
from downloader.domain.path_template import BookNames
from downloader.domain.release_metadata import imported_edition, narrators_of


def names_of(download: Download) -> BookNames:
    """The names of a download's book: the work of the missing book, and narrators and ASIN of the release."""
    wanted, edition = download.wanted, imported_edition(download)
    return BookNames(
        title=wanted.title,
        authors=wanted.authors,
        series=wanted.series,
        sequence=wanted.sequence,
        narrators=narrators_of(download),
        year=str(wanted.published_year) if wanted.published_year else None,
        asin=edition.asin if edition else None,
    )


def names_of_book(book: Book) -> BookNames:
    """The names of a book of the library."""
    place = book.series[0] if book.series else None
    return BookNames(
        title=book.title,
        authors=book.authors,
        series=place.name if place else None,
        sequence=place.sequence if place else None,
        narrators=book.narrators,
        year=book.published_year,
        asin=book.asin,
    )


def has_folder_of_replaced(download: Download, path: PurePosixPath) -> bool:
    """Whether the path is that of the book that the download replaces, which stays until the new one is in the library.

    File systems may ignore case.
    """
    replaces = download.replaces
    return replaces is not None and str(path).casefold() == replaces.path.strip("/").casefold()


def outside_of_books(folders: Sequence[PurePosixPath], books: Iterable[str]) -> PurePosixPath:
    """The first folder that is not inside a book's folder; Audiobookshelf would make it part of that book.

    This happens when a series has the name of its first book.
    """
    book_paths = {PurePosixPath(book) for book in books}
    return next((folder for folder in folders if not book_paths.intersection(folder.parents)), folders[-1])
