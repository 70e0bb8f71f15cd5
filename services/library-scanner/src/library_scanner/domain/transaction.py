"""The transaction in which handlers read, store and send, and what they read through it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from shared.chassis.runs import Runs
from shared.contracts.library.authors import (
    Author,
    AuthorEntry,
    AuthorStatistics,
    KnownAuthor,
    ListAuthorLetters,
    ListAuthors,
    SearchAuthors,
)
from shared.contracts.library.books import Book, BookFilters, ListBookLetters, ListBooks, SearchBooks
from shared.contracts.library.growth import LibraryDay
from shared.contracts.library.letters import Letters
from shared.contracts.library.missing_books import ListMissingBooks, MissingBook, MissingBookFilters
from shared.contracts.library.series import ListSeries, ListSeriesLetters, SearchSeries, Series, SeriesEntry
from shared.contracts.message import Command, Event
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.page import Page
from shared.contracts.runs import PlannedAction
from shared.contracts.system import Timeline

from library_scanner.domain.contents import FormerContents
from library_scanner.domain.cover_images import ItemCover
from library_scanner.domain.cover_sizes import CoverSizeStore
from library_scanner.domain.finding_store import BooksToCheck, Findings
from library_scanner.domain.list_ports import SeriesCorrections, SeriesWorks, WorkLists
from library_scanner.domain.ports import (
    Books,
    Counts,
    ExpectedImports,
    Following,
    Links,
    MissingBooks,
    Subjects,
    WatchlistEntry,
)


class Lists(Protocol):
    """The pages and lookups of the API."""

    async def books(self, request: ListBooks) -> Page[Book]:
        """Return a page of books. Raises `UnknownSort`."""
        ...

    async def book(self, book_id: UUID) -> Book | None:
        """Return one book, or None."""
        ...

    async def book_ids(self, filters: BookFilters, at_most: int) -> tuple[list[UUID], int]:
        """Return the ids of the books that match, and the number of matches."""
        ...

    async def missing_book_ids(self, filters: MissingBookFilters, at_most: int) -> tuple[list[UUID], int]:
        """Return the ids of the missing books that match, the highest priority first, and the number of matches."""
        ...

    async def item_cover(self, book_id: UUID) -> ItemCover | None:
        """Return the cover of a book's item, or None if it has none, is not in Audiobookshelf or does not exist."""
        ...

    async def books_by_id(self, ids: list[UUID]) -> list[Book]:
        """Return the books with these ids; unknown ids are skipped."""
        ...

    async def book_letters(self, request: ListBookLetters) -> Letters:
        """Return where each first letter of the titles begins."""
        ...

    async def series_letters(self, request: ListSeriesLetters) -> Letters:
        """Return where each first letter of the names begins."""
        ...

    async def author_letters(self, request: ListAuthorLetters) -> Letters:
        """Return where each first letter of the names begins."""
        ...

    async def book_folders(self, paths: list[str]) -> list[str]:
        """Return those of the paths that are the folder of a book that is not archived, sorted."""
        ...

    async def sample_paths(self, max_paths: int) -> list[str]:
        """Return up to `max_paths` paths of active books with files, in random but stable order."""
        ...

    async def authors(self, request: ListAuthors) -> Page[Author]:
        """Return a page of authors. Raises `UnknownSort`."""
        ...

    async def author(self, author_id: UUID) -> Author | None:
        """Return one author, or None."""
        ...

    async def authors_by_name(self, names: list[str]) -> list[KnownAuthor]:
        """Return what the library has of the author with each name, in their order."""
        ...

    async def series(self, request: ListSeries) -> Page[Series]:
        """Return a page of series. Raises `UnknownSort`."""
        ...

    async def one_series(self, series_id: UUID) -> Series | None:
        """Return one series, or None."""
        ...

    async def missing_books(self, request: ListMissingBooks) -> Page[MissingBook]:
        """Return a page of missing books. Raises `UnknownSort`."""
        ...

    async def missing_book(self, missing_book_id: UUID) -> MissingBook | None:
        """Return one missing book, or None."""
        ...


class Watchlist(Protocol):
    """The authors and series, to add, rename, follow and delete them."""

    async def author_named(self, name: str) -> UUID | None:
        """Return the id of the author of this name, or None."""
        ...

    async def series_named(self, name: str, authors: Sequence[str]) -> UUID | None:
        """Return the id of the series of this name by these authors, or None."""
        ...

    async def add_author(self, entry: AuthorEntry) -> UUID:
        """Add an author and return the id. The name must be free."""
        ...

    async def add_series(self, entry: SeriesEntry) -> UUID:
        """Add a series and return the id. The name must be free among its authors."""
        ...

    async def entry(self, of: BibliographyOf, row_id: UUID) -> WatchlistEntry | None:
        """Return an author or a series, or None, and lock it."""
        ...

    async def rename_author(self, author_id: UUID, name: str) -> None:
        """Rename an author. The name must be free."""
        ...

    async def rename_series(self, series_id: UUID, name: str) -> None:
        """Rename a series. The name must be free among its authors."""
        ...

    async def follow(self, of: BibliographyOf, row_id: UUID, following: Following) -> None:
        """Set how a series or an author is followed."""
        ...

    async def set_merged(self, series_id: UUID, into: UUID | None) -> None:
        """Store the series into which another was merged, or None."""
        ...

    async def delete(self, of: BibliographyOf, row_id: UUID) -> None:
        """Delete an author or a series, with its list."""
        ...

    async def restricted_series(self) -> Mapping[str, Following]:
        """Return how the series are followed of which not everything is wanted, by their keys."""
        ...

    async def statistics(self, author_id: UUID) -> AuthorStatistics | None:
        """Return the statistics of an author, or None."""
        ...


class History(Protocol):
    """The timelines of books and missing books."""

    async def note(
        self, kind: str, words: str, at: datetime, *, missing_book_id: UUID | None = None, book_id: UUID | None = None
    ) -> None:
        """Add an entry."""
        ...

    async def timeline(self, missing: Iterable[UUID], downloads: Iterable[UUID], books: Iterable[UUID]) -> Timeline:
        """Return the entries of these missing books, downloads and books, oldest first, using four statements."""
        ...

    async def prune(self, now: datetime, *, retention: timedelta, dry_run: bool) -> dict[str, int]:
        """Delete rows older than `retention`, or only count them in a dry run. Returns the number of rows by table."""
        ...


class Figures(Protocol):
    """The statistics of the library."""

    async def all(self) -> dict[str, float | int | str | dict[str, int]]:
        """Return every figure by name, in seconds and bytes; of active books unless the name says otherwise."""
        ...


class Days(Protocol):
    """What the library was on each day."""

    async def record(self, day: date) -> None:
        """Store what the library is now as that day. A day that was recorded before is replaced."""
        ...

    async def since(self, day: date) -> list[LibraryDay]:
        """Return the recorded days from this one on, oldest first."""
        ...


class DryRuns(Protocol):
    """The dry runs and their planned actions."""

    async def begin(self, run_id: UUID, now: datetime) -> None:
        """Register a dry run. Repeatable."""
        ...

    async def contains(self, run_id: UUID | None) -> bool:
        """Whether a run is a dry run."""
        ...

    async def add(self, run_id: UUID, item: str, actions: Sequence[PlannedAction]) -> None:
        """Store the planned actions of one item of a run, replacing earlier ones of the item."""
        ...

    async def details(self, run_id: UUID) -> dict[str, Any]:
        """Return the details of a finished run: its plan."""
        ...


class Search(Protocol):
    """The full-text search of the API."""

    async def books(self, request: SearchBooks) -> Page[Book]:
        """Return a page of books, the best match first."""
        ...

    async def authors(self, request: SearchAuthors) -> Page[Author]:
        """Return a page of authors, the best match first."""
        ...

    async def series(self, request: SearchSeries) -> Page[Series]:
        """Return a page of series, the best match first."""
        ...


class Transaction(Protocol):
    """What is stored and sent together. `lock` serialises the writers that decide on identities."""

    @property
    def books(self) -> Books: ...
    @property
    def links(self) -> Links: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def missing_books(self) -> MissingBooks: ...
    @property
    def subjects(self) -> Subjects: ...
    @property
    def imports(self) -> ExpectedImports: ...
    @property
    def lists(self) -> Lists: ...
    @property
    def dry_runs(self) -> DryRuns: ...
    @property
    def history(self) -> History: ...
    @property
    def former_contents(self) -> FormerContents: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def days(self) -> Days: ...
    @property
    def watchlist(self) -> Watchlist: ...
    @property
    def search(self) -> Search: ...
    @property
    def work_lists(self) -> WorkLists: ...
    @property
    def series_works(self) -> SeriesWorks: ...
    @property
    def series_corrections(self) -> SeriesCorrections: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def books_to_check(self) -> BooksToCheck: ...
    @property
    def cover_sizes(self) -> CoverSizeStore: ...
    @property
    def runs(self) -> Runs: ...
    async def lock(self) -> None:
        """Wait for the library lock: the identity of series, authors and missing books depends on what is stored."""
        ...

    def observe_closed_gap(self, seconds: float) -> None:
        """Record how long a missing book was missing when the transaction commits."""
        ...

    async def first_time(self) -> bool:
        """Whether the current message is handled for the first time. Records it as handled."""
        ...

    def announce(self, event: Event) -> None:
        """Send an event when the transaction commits."""
        ...

    def send(self, command: Command, *, at: datetime | None = None) -> None:
        """Send a command when the transaction commits, or at a later time."""
        ...


Transactions = Callable[[], AbstractAsyncContextManager[Transaction]]
