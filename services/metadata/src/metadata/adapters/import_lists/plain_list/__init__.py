"""A plain text: one book on each line, as title and author, or as an ISBN or an ASIN."""

import re

from shared.books.text.identifiers import asin, isbn13

from metadata.adapters.import_lists.kind import FileKind
from metadata.domain.import_lists import LONGEST_TEXT, Contents, ListedBook

MOST_LINES = 50_000
_BETWEEN = re.compile(r"\t+|\s+[-–—]\s+")
"""What separates the title from the author. A title may contain it, so the last one counts."""


def read(text: str, _shelf: str) -> Contents:
    """The books of the lines. Empty lines and lines that begin with # are skipped."""
    books: list[ListedBook] = []
    unreadable: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines[:MOST_LINES], 1):
        stripped = line.strip().strip("\ufeff").strip()
        if not stripped or stripped.startswith("#"):
            continue
        book = _book(stripped)
        if book is None:
            unreadable.append(f"line {number}: it has neither a title nor an identifier")
        else:
            books.append(book)
    if len(lines) > MOST_LINES:
        unreadable.append(f"the file has more than {MOST_LINES} lines: the others were left out")
    return Contents.of(books, unreadable)


def _book(line: str) -> ListedBook | None:
    isbn, code = isbn13(line), asin(line)
    if isbn or code:
        return ListedBook.of("", isbn=isbn, asin=code)
    line = line[: 2 * LONGEST_TEXT]
    if not any(char.isalnum() for char in line):
        return None
    separators = list(_BETWEEN.finditer(line))
    if not separators:
        return ListedBook.of(line)
    last = separators[-1]
    return ListedBook.of(line[: last.start()], re.split(r"\s*[,;&]\s*", line[last.end() :]))


PLAIN_LIST = FileKind(
    "plain_list",
    "Plain list",
    "A text file with one book on each line: title - author, or an ISBN, or an ASIN.",
    "Ozma of Oz - L. Frank Baum\n9780306406157\nB0OZ000002\n",
    read,
)
