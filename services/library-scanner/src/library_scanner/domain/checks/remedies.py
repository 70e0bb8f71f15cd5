"""The remedy of each kind of finding, and its title in the report on data quality."""

from collections.abc import Mapping

from shared.contracts.library.findings import FindingKind as Kind

_ACCEPT = "accept the finding, or correct the field in Audiobookshelf"
_REMOVE = "If the files are gone for good, remove the items with issues in Audiobookshelf"

REMEDIES: Mapping[Kind, str] = {
    Kind.FILES_MISSING: f"check that all disks are mounted. {_REMOVE}",
    Kind.BOOKS_GONE: "GET /api/books/missing?status=was_owned, then PUT each status to 'identified' (wanted) or "
    "'ignored'",
    Kind.FOLDER_SHOWN_TWICE: "scan the library in Audiobookshelf, then remove the items with issues; "
    "no metadata is written to them",
    Kind.SEVERAL_BOOKS_IN_ONE_ITEM: "move each book to a separate folder outside other books' folders, then scan in "
    "Audiobookshelf",
    Kind.BOOK_INSIDE_BOOK: "move the inner book out of the folder of the other book, then scan in Audiobookshelf",
    Kind.SAME_BOOK_TWICE: "keep the better copy and remove the other item in Audiobookshelf",
    Kind.SERIES_READ: _ACCEPT,
    Kind.SERIES_WITHOUT_PLACE: f"{_ACCEPT}; a place that no text gives has to be entered",
    Kind.PLACE_TWICE: "correct the place of the wrong book in Audiobookshelf",
    Kind.PLACE_CONTRADICTED: "compare with the provider: accept its proposal, correct the place, or lock the field "
    "'series' of the book",
    Kind.SERIES_NAMES: "accept the finding to give all books one name, or rename the series in Audiobookshelf",
    Kind.AUTHOR_SPELLINGS: "accept the finding to give all books one spelling, or merge the authors in Audiobookshelf",
    Kind.NARRATOR_AS_AUTHOR: _ACCEPT,
    Kind.TITLE_POLLUTED: _ACCEPT,
    Kind.NO_COVER: "refresh the metadata of the book, or upload a cover in Audiobookshelf",
    Kind.TINY_COVER: "accept the finding if it has a proposal, or upload a larger cover in Audiobookshelf",
    Kind.NO_LANGUAGE: "enter the language in Audiobookshelf, or refresh the metadata of the book",
    Kind.WRONG_LANGUAGE: "accept the finding if it has a proposal, or correct the language in Audiobookshelf, or the "
    "ASIN if it belongs to another edition",
    Kind.DURATION_FAR: "check that all files are there, and that the ASIN belongs to this recording",
    Kind.ABRIDGED_UNMARKED: "accept the finding if it has a proposal, or mark the book as abridged in Audiobookshelf",
}
"""What to do about a finding of each kind."""

NAMES: Mapping[Kind, tuple[str, str]] = {
    Kind.FILES_MISSING: ("book", "without files in Audiobookshelf, still counted as owned"),
    Kind.BOOKS_GONE: ("book", "owned before and now gone; not searched until you decide"),
    Kind.FOLDER_SHOWN_TWICE: ("item", "of Audiobookshelf with the same folder as another item"),
    Kind.SEVERAL_BOOKS_IN_ONE_ITEM: ("item", "of Audiobookshelf with several books each"),
    Kind.BOOK_INSIDE_BOOK: ("item", "of Audiobookshelf with another book within the folder of a book"),
}
"""The kinds in the report on data quality: they concern items and files. The others are in the list of findings."""


def remedy_of(kind: Kind) -> str:
    """Return what to do about a finding of this kind."""
    return REMEDIES[kind]


def counted(kind: Kind, count: int) -> str:
    """Return the number of books of a kind in words: "2 items of Audiobookshelf with several books each"."""
    noun, words = NAMES[kind]
    return f"{count} {noun}{'' if count == 1 else 's'} {words}"
