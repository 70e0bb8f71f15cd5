"""The file that Goodreads exports (My Books, Import and export)."""

from shared.books.text.identifiers import asin

from metadata.adapters.import_lists.kind import FileKind
from metadata.adapters.import_lists.table import Row, SkippedRow, read_table, year
from metadata.domain.import_lists import Contents, ListedBook

SHELVES = ("exclusive shelf", "bookshelves")


def read(text: str, shelf: str) -> Contents:
    """The books on a shelf. Raises `InvalidImportList`."""
    return read_table(text, ("title", "author"), lambda row: _book(row, shelf.strip().lower()))


def _book(row: Row, shelf: str) -> ListedBook | None:
    shelves = {each.strip().lower() for name in SHELVES for each in row.get(name, "").split(",")}
    if shelf and shelf not in shelves:
        raise SkippedRow
    number = row.get("book id", "").strip()
    isbn, short = (_plain(row.get(name, "")) for name in ("isbn13", "isbn"))
    return ListedBook.of(
        row["title"],
        [row["author"], *row.get("additional authors", "").split(",")],
        key=number if number.isdecimal() else None,
        isbn=isbn or short,
        asin=asin(short),
        published_year=year(row.get("original publication year", "")) or year(row.get("year published", "")),
    )


def _plain(value: str) -> str:
    """Goodreads writes identifiers as formulas, so that spreadsheets keep their zeros: ="0306406152"."""
    return value.strip().removeprefix("=").strip('"')


GOODREADS_EXPORT = FileKind(
    "goodreads_export",
    "Goodreads export",
    "The CSV file of Goodreads: My Books, Import and export, Export library.",
    "Book Id,Title,Author,Additional Authors,ISBN,ISBN13,Year Published,Exclusive Shelf\n"
    '44184,"Ozma of Oz (Oz, #3)",L. Frank Baum,,="",="9780306406157",1907,to-read\n',
    read,
)
