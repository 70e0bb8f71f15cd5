"""Recognizes a work that a person named in the lists of the providers, whatever the providers call it later."""

from dataclasses import dataclass
from uuid import UUID

from shared.books.description import BookDescription
from shared.books.gaps.works import series_key, without_series
from shared.books.text.languages import same_language
from shared.books.text.names import same_people
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title


@dataclass(frozen=True, slots=True)
class WorkRef:
    """A work as it was listed: the ids and titles of its entries, its authors, its place, and the owned book.

    `is_primary` is false for a translation, a dramatization, a sampler and the like. They often have the title of the
    work itself, so they are recognized by their ids and their whole titles only.
    """

    titles: tuple[str, ...]
    authors: tuple[str, ...] = ()
    catalogue_ids: tuple[str, ...] = ()
    place: str | None = None
    book_id: UUID | None = None
    language: str | None = None
    is_primary: bool = True

    def is_entry(self, catalogue_id: str, book: BookDescription) -> bool:
        """Whether an entry is this work: it has one of the ids, or one of the titles and an author in common."""
        if catalogue_id in self.catalogue_ids:
            return True
        spoken = same_language(book.language, self.language)
        return spoken is not False and (self.is_primary or spoken is True) and self._has_title_of(book)

    def is_book(self, book_id: UUID, book: BookDescription) -> bool:
        """Whether a book of the library is this work."""
        if self.book_id == book_id:
            return True
        other_language = same_language(book.language, self.language) is False
        return self.is_primary and not other_language and self._has_title_of(book)

    def _has_title_of(self, book: BookDescription) -> bool:
        """Whether a title is equal, or equal to the other without its subtitle.

        Two titles that differ only in the subtitle are two works: "Star Wars: Heir to the Empire".
        """
        if book.authors and self.authors and not same_people(book.authors, self.authors):
            return False
        theirs, their_main = _folded(book.title, book)
        for title in self.titles:
            mine, my_main = _folded(title, book)
            if mine == theirs or (self.is_primary and (my_main == theirs or mine == their_main)):
                return True
        return False


def _folded(title: str, book: BookDescription) -> tuple[str, str]:
    """The folded title, and the title without its subtitle unless that is the name of one of the book's series."""
    plain = without_series(title)
    whole, main = (one_spelling(fold(text, drop_article=True)) for text in (plain, main_title(plain)))
    is_series = any(one_spelling(series_key(place.name)) == main for place in book.series)
    return whole, whole if is_series or not main else main
