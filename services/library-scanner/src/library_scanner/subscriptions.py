"""What the library scanner answers, does and listens to."""

from shared.chassis.subscriptions import Subscriptions
from shared.contracts.library.authors import GetAuthor, ListAuthors
from shared.contracts.library.books import (
    BookAppeared,
    BookChanged,
    BookVanished,
    GetBook,
    GetBooks,
    ListBooks,
    ScanLibrary,
)
from shared.contracts.library.missing_books import GetMissingBook, ListMissingBooks, MissingBookClosed
from shared.contracts.library.series import GetSeries, ListSeries
from shared.contracts.runs import RunFinished, RunProgressed, RunStarted
from shared.contracts.system import CheckIntegrations

from library_scanner.handlers.checking import Checking
from library_scanner.handlers.reading import Reading
from library_scanner.handlers.scanning import Scanning


def subscriptions(reading: Reading, checking: Checking, scanning: Scanning) -> Subscriptions:
    """Message by message, who handles it."""
    table = Subscriptions("library-scanner", "library")
    table.answer(CheckIntegrations, checking.check)
    table.answer(ListBooks, reading.list_books)
    table.answer(GetBook, reading.get_book)
    table.answer(GetBooks, reading.get_books)
    table.answer(ListAuthors, reading.list_authors)
    table.answer(GetAuthor, reading.get_author)
    table.answer(ListSeries, reading.list_series)
    table.answer(GetSeries, reading.get_series)
    table.answer(ListMissingBooks, reading.list_missing_books)
    table.answer(GetMissingBook, reading.get_missing_book)
    table.do(ScanLibrary, scanning.scan, concurrency=1)
    table.says(BookAppeared, BookChanged, BookVanished, MissingBookClosed)
    table.says(RunStarted, RunProgressed, RunFinished)
    return table
