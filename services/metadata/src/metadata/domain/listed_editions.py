"""What the providers list of the editions of a book, for the checks of the library."""

from collections.abc import Sequence

from shared.books.text.identifiers import asin, isbn13
from shared.contracts.library.books import Book
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.metadata.refreshes import KnownEdition

from metadata.domain.confidence import Judged

MAX_EDITIONS = 20
MAX_SERIES = 5


def listed_editions(book: Book, judged: Sequence[Judged]) -> list[KnownEdition]:
    """Return the audiobooks that have the identifier of the book, or are surely its work; the surest first.

    A copy of another provider's data is left out, and so is a cover that another work has too: it is a placeholder.
    """
    audio = [each for each in judged if each.entry.is_audio is not False and each.entry.origin is None]
    wanted = [each.entry for each in audio if each.same_work or is_identified(book, each.entry)]
    covers_of_others = {each.entry.cover for each in judged if not each.same_work and each.entry not in wanted}
    wanted.sort(key=lambda entry: not is_identified(book, entry))
    return [
        KnownEdition(
            provider=entry.provider,
            id=entry.id,
            identified=is_identified(book, entry),
            duration_minutes=entry.duration_minutes,
            abridged=entry.abridged,
            language=entry.language,
            series=list(entry.series[:MAX_SERIES]),
            cover=None if entry.cover in covers_of_others else entry.cover,
        )
        for entry in wanted[:MAX_EDITIONS]
    ]


def is_identified(book: Book, entry: CataloguedWork) -> bool:
    """Whether an audiobook has the ASIN or the ISBN of the book. The ISBN of a printed book says nothing."""
    if not entry.is_audio:
        return False
    same_asin = bool(asin(book.asin)) and asin(book.asin) == asin(entry.asin)
    return same_asin or (bool(isbn13(book.isbn)) and isbn13(book.isbn) == isbn13(entry.isbn))
