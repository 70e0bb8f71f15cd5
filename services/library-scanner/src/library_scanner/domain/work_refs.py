"""Recognizes a work that a person named in the lists of the providers, whatever the providers call it later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.books.gaps.works import series_key, without_series
from shared.books.text.names import same_people
from shared.books.text.spelling import one_spelling
from shared.books.text.titles import fold, main_title


@dataclass(frozen=True, slots=True)
class WorkRef:
    """A work as it was listed: the ids and titles of its entries, its authors, its place, and the owned book."""

    titles: tuple[str, ...]
    authors: tuple[str, ...] = ()
    catalogue_ids: tuple[str, ...] = ()
    place: str | None = None
    book_id: UUID | None = None

    def is_entry(self, catalogue_id: str, title: str, authors: Sequence[str], series: Iterable[str]) -> bool:
        """Whether an entry is this work: it has one of the ids, or one of the titles and an author in common.

        `series` are the names of the entry's series: a title that is only such a name says nothing.
        """
        return catalogue_id in self.catalogue_ids or self.is_titled(title, authors, series)

    def is_titled(self, title: str, authors: Sequence[str], series: Iterable[str]) -> bool:
        """Whether a title by these authors is this work."""
        if authors and self.authors and not same_people(authors, self.authors):
            return False
        names = list(series)
        mine = {key for each in self.titles for key in _keys(each, names)}
        return not mine.isdisjoint(_keys(title, names))


def _keys(title: str, series: Iterable[str]) -> set[str]:
    """The folded title, and the title without its subtitle unless that is the name of a series."""
    plain = without_series(title)
    whole, main = (fold(text, drop_article=True) for text in (plain, main_title(plain)))
    names = {series_key(name) for name in series}
    return {one_spelling(text) for text in (whole, "" if main in names else main) if text}
