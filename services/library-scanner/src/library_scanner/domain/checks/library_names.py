"""Collects the names of a whole library, and divides its books into the groups that are checked together."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from shared.books.gaps.works import series_key
from shared.books.repairs.people import Roles, letters_of, names_in_path, right_people, spellings_to_change
from shared.books.text.names import is_nobody, person
from shared.books.text.titles import fold
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import stored_series

from library_scanner.domain.checks.group import LibraryNames

MAX_WRITERS = 5
"""A name of a series that more authors have says nothing about the spelling of one."""


@dataclass(frozen=True, slots=True)
class NamedBook:
    """The people and the path of one book."""

    id: UUID
    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    path: str
    series: tuple[str, ...] = ()


def named_book(book: Book) -> NamedBook:
    """Return the people, the path and the series in Audiobookshelf of a book."""
    series = tuple(place.name for place in stored_series(book))
    return NamedBook(book.id, tuple(book.authors), tuple(book.narrators), book.path, series)


def names_of_library(books: Iterable[NamedBook]) -> LibraryNames:
    """Return what the names of all books say together."""
    roles, counts = Roles(), Counter[str]()
    paths: dict[str, list[str]] = defaultdict(list)
    series: dict[str, set[str]] = defaultdict(set)
    writers: dict[str, set[str]] = defaultdict(set)
    for book in books:
        roles.add(book.authors, book.narrators)
        counts.update(set(book.authors))
        for name in book.authors:
            if len(paths[name]) < 50:
                paths[name].append(book.path)
            for key in map(series_key, book.series):
                series[name].add(key)
                writers[key] |= letters_of([name])
    support = {name: set().union(*map(names_in_path, of_name)) for name, of_name in paths.items()}
    for name, of_series in series.items():
        support[name] |= set().union(*(writers[key] for key in of_series if len(writers[key]) <= MAX_WRITERS))
    spellings = {each.name: each for each in spellings_to_change(counts, support)}
    return LibraryNames(roles, roles.readers(), spellings)


def groups_of(books: Iterable[NamedBook], names: LibraryNames) -> dict[str, list[UUID]]:
    """Return the ids of the books of each group: of one author in every spelling, else of one folder."""
    writers = {letters for letters, count in names.roles.as_author.items() if count}
    groups: dict[str, list[UUID]] = defaultdict(list)
    for book in books:
        groups[_group_key(book, names, writers)].append(book.id)
    return groups


def _group_key(book: NamedBook, names: LibraryNames, writers: set[str]) -> str:
    right = right_people(book.authors, book.narrators, names.roles, folder=book.path)
    authors = right.authors if right else book.authors
    if authors and not is_nobody(authors[0]):
        better = names.spellings.get(authors[0])
        return f"author {person(better.better if better else authors[0]).letters or fold(authors[0])}"
    folders = book.path.split("/")[:-1]
    for folder in folders:
        known = letters_of([folder]) & writers
        if known:
            return f"author {min(known)}"
    return f"folder {'/'.join(folders)}"
