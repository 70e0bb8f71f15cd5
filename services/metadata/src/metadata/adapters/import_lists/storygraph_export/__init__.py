"""The file that StoryGraph exports (Manage account, Manage your data)."""

from shared.books.text.identifiers import asin, isbn13

from metadata.adapters.import_lists.kind import FileKind
from metadata.adapters.import_lists.table import Row, SkippedRow, read_table
from metadata.domain.import_lists import Contents, ListedBook


def read(text: str, shelf: str) -> Contents:
    """The books with a read status, such as to-read. Raises `InvalidImportList`."""
    return read_table(text, ("title", "authors"), lambda row: _book(row, shelf.strip().lower()))


def _book(row: Row, shelf: str) -> ListedBook | None:
    shelves = {
        row.get("read status", "").strip().lower(),
        *(each.strip().lower() for each in row.get("tags", "").split(",")),
    }
    if shelf and shelf not in shelves:
        raise SkippedRow
    number = row.get("isbn/uid", "").strip()
    return ListedBook.of(
        row["title"], row["authors"].split(","), key=number or None, isbn=isbn13(number), asin=asin(number)
    )


STORYGRAPH_EXPORT = FileKind(
    "storygraph_export",
    "StoryGraph export",
    "The CSV file of StoryGraph: Manage account, Manage your data, Export StoryGraph library.",
    "Title,Authors,Contributors,ISBN/UID,Format,Read Status\nOzma of Oz,L. Frank Baum,,9780306406157,audio,to-read\n",
    read,
)
