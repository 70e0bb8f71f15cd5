"""The books of one author, with what the whole library knows, as the checks look at them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from shared.books.description import SeriesPlace as BookPlace
from shared.books.gaps.works import series_key
from shared.books.repairs.folder_titles import folder_title
from shared.books.repairs.people import Roles, Spelling
from shared.books.repairs.title_cleaning import CleanTitle, clean_title
from shared.books.repairs.title_parts import Context
from shared.books.series.library_reading import EXPLICIT, ItemTexts, read_library
from shared.books.series.readings import SeriesReading
from shared.books.text.titles import fold, main_title
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import stored_series
from shared.contracts.metadata.refreshes import KnownEdition
from shared.contracts.values import SeriesPlace

from library_scanner.domain.checks.series_evidence import Texts, is_clear, is_series_name, read_texts
from library_scanner.domain.series_reading import named_series


@dataclass(frozen=True, slots=True)
class LibraryNames:
    """What the names in the whole library say: who writes and who reads, and the spellings to change."""

    roles: Roles = field(default_factory=Roles)
    readers: frozenset[str] = frozenset()
    spellings: Mapping[str, Spelling] = field(default_factory=dict)


@dataclass
class Group:
    """Books that are checked together: those of one author, or of one folder without an author."""

    books: Sequence[Book]
    names: LibraryNames = field(default_factory=LibraryNames)
    editions: Mapping[UUID, Sequence[KnownEdition]] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[UUID, Texts]:
        """The series that each text of each book names alone."""
        return {book.id: read_texts(book) for book in self.books}

    @cached_property
    def readings(self) -> dict[UUID, list[SeriesReading]]:
        """The series that the texts of each book name, read together; those of file names last."""
        read = read_library([_item_texts(book) for book in self.books])
        return {
            book.id: [one for one in (*found, *self.texts[book.id].files) if is_series_name(one.name)]
            for book, found in zip(self.books, read, strict=True)
        }

    @cached_property
    def in_abs(self) -> dict[UUID, tuple[SeriesPlace, ...]]:
        """The series of each book in Audiobookshelf, without placeholders."""
        return {book.id: named_series(stored_series(book)) for book in self.books}

    @cached_property
    def keys(self) -> dict[UUID, set[str]]:
        """The keys of the series of each book: in Audiobookshelf, else of its surest reading, if that is clear."""
        return {
            book.id: {series_key(place.name) for place in self.in_abs[book.id]}
            or {
                series_key(one.name)
                for one in self.readings[book.id][:1]
                if one.sequence and is_clear(one, has_author=bool(book.authors))
            }
            for book in self.books
        }

    @cached_property
    def contexts(self) -> dict[UUID, Context]:
        """What other sources than the title say about each book."""
        return {book.id: self._context(book) for book in self.books}

    @cached_property
    def clean_titles(self) -> dict[UUID, CleanTitle | None]:
        """The title of each book without pollution, or None if it has none."""
        return {book.id: clean_title(book.title, self.contexts[book.id]) for book in self.books}

    @cached_property
    def bare_titles(self) -> dict[UUID, str]:
        """The folded title of each book without pollution and subtitle, to compare books."""
        cleaned = ((book, self.clean_titles[book.id]) for book in self.books)
        return {
            book.id: fold(main_title(clean.title if clean else book.title), drop_article=True)
            for book, clean in cleaned
        }

    @cached_property
    def books_of_key(self) -> Mapping[str, list[UUID]]:
        """The books of each series by its key."""
        books: dict[str, list[UUID]] = defaultdict(list)
        for book in self.books:
            for key in self.keys[book.id]:
                books[key].append(book.id)
        return books

    def bare_title(self, book: Book) -> str:
        """Return the title of a book in `bare_titles`."""
        return self.bare_titles[book.id]

    def siblings(self, book: Book, key: str) -> int:
        """Return how many other books, with other titles, are in the series with this key."""
        mine = self.bare_title(book)
        return sum(self.bare_titles[other] != mine for other in self.books_of_key.get(key, ()) if other != book.id)

    def _context(self, book: Book) -> Context:
        author = book.authors[0] if book.authors else None
        texts = self.texts[book.id]
        alone = (*texts.folder, *texts.subtitle, *texts.files)
        sure = [one for one in alone if one.confidence >= EXPLICIT and not one.guessed and is_series_name(one.name)]
        for one in self.readings[book.id][:1]:
            others = set(self.books_of_key.get(series_key(one.name), ())) - {book.id}
            if others and not one.guessed and one.confidence >= EXPLICIT:
                sure.append(one)
        series = [BookPlace(place.name, place.sequence) for place in self.in_abs[book.id]]
        series += [BookPlace(one.name, one.sequence) for one in sure]
        return Context(
            series=tuple(series),
            authors=tuple(book.authors),
            narrators=tuple(book.narrators),
            year=(book.published_year or "")[:4] or None,
            folder_title=None if _repeats_title(book) else folder_title(book.path, author, tuple(series)),
            readers=self.names.readers,
        )

    @cached_property
    def spellings_of_series(self) -> Mapping[str, Counter[str]]:
        """The names of each series by its key: in Audiobookshelf, where it counts twice, and in the texts."""
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for book in self.books:
            for place in self.in_abs[book.id]:
                names[series_key(place.name)][place.name] += 1000
            if not self.in_abs[book.id]:
                for reading in self.readings[book.id][:1]:
                    names[series_key(reading.name)][reading.name] += 1
        return names

    def series_name(self, name: str) -> str:
        """Return the spelling of a series that most books have."""
        known = self.spellings_of_series.get(series_key(name))
        if not known:
            return name
        most = max(known.values())
        return min(
            (each for each, count in known.items() if count == most), key=lambda each: (each.islower(), len(each), each)
        )


def _item_texts(book: Book) -> ItemTexts:
    places = tuple(BookPlace(place.name, place.sequence) for place in named_series(stored_series(book)))
    return ItemTexts(book.title, book.subtitle, book.authors[0] if book.authors else None, book.path, places)


def _repeats_title(book: Book) -> bool:
    """Whether the folder has exactly the title as its name, so that it says nothing about the title."""
    return fold(book.path.rpartition("/")[2]) == fold(book.title)
