"""What this service needs from Audiobookshelf, and what it stores."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from shared.books.description import BookDescription
from shared.contracts.downloads.events import AbsenceChanged
from shared.contracts.library.books import Book, BookEntry, BookStatus
from shared.contracts.library.following import FollowMode
from shared.contracts.library.imports import ConfirmImport
from shared.contracts.metadata.bibliographies import BibliographyOf
from shared.contracts.values import Confidence, MatchDecision, MissingStatus

from library_scanner.domain.catalogue import StoredBook
from library_scanner.domain.item import AbsLibrary, ApiAccess, Item, ItemMark
from library_scanner.domain.joint_series import Sibling
from library_scanner.domain.missing_book import StoredMissingBook
from library_scanner.domain.scan_requests import Placements


@dataclass(frozen=True, slots=True)
class KnownMark:
    """The stored state of an item, with which a scan compares a row of the list."""

    book_id: UUID
    updated_ms: int
    active: bool
    path: str
    files_missing: bool = False


@dataclass(frozen=True, slots=True)
class OwnedBook:
    """The description of a book, or of a book within its item."""

    id: UUID
    description: BookDescription


@dataclass(frozen=True, slots=True)
class BookChanges:
    """What changed since an earlier version of the library.

    `version` is the present version. `books` counts the active and archived books. `changed` are the ids of new and
    changed books of any status. Deleted books are only missing from the count.
    """

    version: str
    books: int
    changed: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Following:
    """How a series or an author is followed; `since` is the day of `FROM_NOW_ON`."""

    mode: FollowMode = FollowMode.ALL
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A series or author to compare with its bibliography; `evidence_providers` have listed works of it before.

    `name_is_shared`: the library has another series of this name by other authors.
    """

    of: BibliographyOf
    id: UUID
    name: str
    authors: tuple[str, ...]
    owned: int
    evidence_providers: tuple[str, ...] = ()
    name_is_shared: bool = False
    following: Following = Following()


@dataclass(frozen=True, slots=True)
class KnownBooks:
    """ASINs and titles of owned books of a series or an author, at most a hundred."""

    asins: list[str]
    titles: list[str]


@dataclass(frozen=True, slots=True)
class WatchlistEntry:
    """An author or a series, with what decides whether it may be renamed or deleted."""

    id: UUID
    name: str
    by_hand: bool
    has_books: bool
    following: Following


@dataclass(frozen=True, slots=True)
class ExpectedImport:
    """The state of the confirmation of an import."""

    first_attempt_at: datetime
    scan_asked_at: datetime | None
    given_up_at: datetime | None
    book_id: UUID | None


class AudiobookLibrary(Protocol):
    """The server of the audiobooks. Every method raises subclasses of `RemoteError`."""

    async def libraries(self) -> list[AbsLibrary]:
        """Return the libraries of books that the settings name, or all of them.

        Raises `RemoteRefusedUs` if the API key cannot see a named library, or no library of books at all.
        """
        ...

    async def sees(self, folder: str, name: str) -> bool:
        """Whether a file exists in a folder of a library, as the server sees it.

        Raises `RemoteRefusedUs` if the API key may not ask, and `RemoteAnsweredNonsense` if the server cannot tell.
        """
        ...

    def marks(self, library_id: str) -> AsyncIterator[list[ItemMark]]:
        """Yield every item of a library, page by page in the order of adding, until a page is empty.

        Raises `RemoteAnsweredNonsense` if a page only repeats items of earlier pages.
        """
        ...

    async def newest(self, library_id: str, limit: int = 50) -> list[ItemMark]:
        """Return the items added last, newest first."""
        ...

    async def items(self, abs_ids: Sequence[str]) -> list[Item]:
        """Return items with their details. Unknown ids are skipped."""
        ...

    async def item(self, abs_id: str) -> Item | None:
        """Return one item, or None if Audiobookshelf does not have it."""
        ...

    async def scan(self, library_id: str) -> None:
        """Start a scan of a library's folders. It continues after the response; a running scan is not interrupted."""
        ...

    async def access(self) -> ApiAccess:
        """Return the user of the API key and its permissions."""
        ...


class Books(Protocol):
    """The books, to change them and to look up others."""

    async def marks(self) -> dict[str, KnownMark]:
        """Return the last known state of each item, by its id in Audiobookshelf."""
        ...

    async def abs_ids_by(self, author_ids: Sequence[UUID]) -> set[str]:
        """Return the Audiobookshelf ids of the books by these authors."""
        ...

    async def by_abs_ids(self, abs_ids: Sequence[str]) -> dict[str, StoredBook]:
        """Return the books of these items by Audiobookshelf id, and lock them."""
        ...

    async def by_id(self, book_id: UUID) -> StoredBook | None:
        """Return one book, or None, and lock it."""
        ...

    async def by_path(self, path: str) -> StoredBook | None:
        """Return the active book at a path below the library folder, or None."""
        ...

    async def at_paths(self, paths: Sequence[str]) -> list[StoredBook]:
        """Return the books of Audiobookshelf at these paths that are not archived, and lock them."""
        ...

    async def owners(self, named: Collection[str] | None) -> dict[str, int]:
        """Return the number of books of each named owner, or of all owners; see `joint_series.owner_of`."""
        ...

    async def owners_read_before(self, version: int) -> set[str]:
        """Return the owners of books whose series was last read with an earlier version of the reading rules."""
        ...

    async def mark_read(self, owners: Sequence[str], version: int) -> None:
        """Store the version of the reading rules with which the books of these owners were read."""
        ...

    async def siblings(self, owners: Sequence[str]) -> list[Sibling]:
        """Return the texts of all books of these owners."""
        ...

    async def by_ids(self, ids: Collection[UUID]) -> list[StoredBook]:
        """Return these books and lock them."""
        ...

    async def save(self, books: Sequence[StoredBook]) -> None:
        """Insert or update books."""
        ...

    async def archive(self, ids: Sequence[UUID], now: datetime) -> list[UUID]:
        """Archive books and return the ids of those that were not archived before."""
        ...

    async def record_refresh(self, book_id: UUID, confidence: Confidence, now: datetime) -> None:
        """Store when the metadata of a book was last refreshed, and how surely it was found at a provider."""
        ...

    async def never_refreshed(self, added_after: datetime, limit: int) -> list[UUID]:
        """Return books of Audiobookshelf added after this time that were never refreshed, the newest first."""
        ...

    async def record_match(self, book_id: UUID, decision: MatchDecision | None) -> None:
        """Store what a person decided about the match of a book. Nothing else of the book changes."""
        ...

    async def similar_to(self, entries: Sequence[BookEntry]) -> list[StoredBook]:
        """Return the books, except archived ones, with the title, ISBN or ASIN of one of these entries."""
        ...

    async def entered_by_hand(self, isbns: Sequence[str], asins: Sequence[str]) -> list[StoredBook]:
        """Return the books entered by hand that have one of these numbers, and lock them."""
        ...

    async def delete(self, book_id: UUID) -> None:
        """Delete a book."""
        ...

    async def descriptions(self, status: BookStatus, after: UUID | None, limit: int) -> list[OwnedBook]:
        """Describe the next `limit` books of a status in order of id, and the books within their items."""
        ...

    async def files_missing_since(self, moment: datetime) -> list[str]:
        """Return the Audiobookshelf ids of the books, except archived ones, whose files were missing at that time."""
        ...

    async def described(self, ids: Collection[UUID]) -> Mapping[BookStatus, Sequence[OwnedBook]]:
        """Describe these books by status, and the books within their items. Unknown ids are skipped."""
        ...

    async def changes(self, since: str | None) -> BookChanges:
        """Return what changed since a version, or only the present version and the number of books.

        The changes of a transaction belong to the first version after its commit, on every replica.
        """
        ...

    async def indexed_ids(self) -> set[UUID]:
        """Return the ids of the active and archived books."""
        ...


class Links(Protocol):
    """The links of books to their series and authors."""

    async def replace(self, books: Sequence[Book]) -> None:
        """Replace the links of these books, and add their series and authors that are new."""
        ...


class Counts(Protocol):
    """The stored counts of books by series and author."""

    async def update(self, series_ids: Sequence[UUID] | None = None, author_ids: Sequence[UUID] | None = None) -> None:
        """Update the counts of these series and authors, or of all if None is given. Unchanged rows are not written."""
        ...

    async def update_for(self, book_ids: Sequence[UUID], missing_ids: Sequence[UUID] = ()) -> None:
        """Update the counts of the series and authors of these books and missing books."""
        ...


class MissingBooks(Protocol):
    """The missing books, to change them."""

    async def by_id(self, missing_book_id: UUID) -> StoredMissingBook | None:
        """Return one missing book, or None, and lock it."""
        ...

    async def near(self, author_names: Iterable[str], catalogue_ids: Iterable[str] = ()) -> list[StoredMissingBook]:
        """Return and lock the missing books, open or closed, of these authors or with these catalogue ids."""
        ...

    async def of_series(self, series_id: UUID) -> list[StoredMissingBook]:
        """Return and lock the missing books of a series that are not closed."""
        ...

    async def of_author(self, author_id: UUID) -> list[StoredMissingBook]:
        """Return and lock the missing books of an author that are not closed."""
        ...

    async def save(self, stored: StoredMissingBook) -> None:
        """Insert or update a missing book."""
        ...

    async def released(self, today: date) -> list[StoredMissingBook]:
        """Return and lock the upcoming missing books with a release date up to today, the earliest first."""
        ...

    async def move(
        self, missing_book_id: UUID, *, of: Sequence[MissingStatus], to: MissingStatus, now: datetime
    ) -> bool:
        """Change the status if it is one of `of`. Returns whether it changed."""
        ...

    async def set_absence(self, event: AbsenceChanged) -> bool:
        """Store why a book is not here yet, unless a later event is stored already. Returns whether it was stored."""
        ...

    async def author_id(self, name: str) -> UUID | None:
        """Return the id of the author of this name, or None."""
        ...


class Subjects(Protocol):
    """The series and authors whose bibliography is compared with the library."""

    async def series_to_compare(self, min_books: int, ids: Sequence[UUID] | None) -> list[Subject]:
        """Return the followed series with enough owned books, or the named ones; those with most books first.

        A series also counts if its authors have other books that are in no series with enough books, because the
        catalogue may place them in this one.
        """
        ...

    async def has_series_to_compare(self, book_id: UUID, min_books: int) -> bool:
        """Whether a book is in a series that qualifies for a comparison but was never compared."""
        ...

    async def authors_to_compare(self, min_books: int, top: int, ids: Sequence[UUID] | None) -> list[Subject]:
        """Return the followed authors and the `top` authors with at least `min_books` books, or the named ones.

        The books of a person count together even if some give the name with initials only.
        """
        ...

    async def get(self, of: BibliographyOf, subject_id: UUID) -> Subject | None:
        """Return one subject, or None; a series that was merged into another is none."""
        ...

    async def announcing(self, of: BibliographyOf, until: date, checked_before: datetime) -> list[Subject]:
        """Return the subjects with works to be released up to a day whose list is older than `checked_before`."""
        ...

    async def known(self, of: BibliographyOf, subject_ids: Sequence[UUID]) -> Mapping[UUID, KnownBooks]:
        """Return the ASINs and titles of owned books with which providers search for each subject."""
        ...

    async def checked(
        self, subject: Subject, *, at: datetime | None, problem: str | None, providers: Sequence[str]
    ) -> None:
        """Store the time of a comparison (None if it failed), its problem, and the providers of all evidence."""
        ...


class ExpectedImports(Protocol):
    """The imports that Audiobookshelf has to show."""

    async def expect(self, command: ConfirmImport, path: str, now: datetime) -> ExpectedImport:
        """Add an import unless it is known, return its state, and lock it."""
        ...

    async def update(
        self,
        download_id: UUID,
        *,
        given_up_at: datetime | None = None,
        book_id: UUID | None = None,
    ) -> None:
        """Store that an import was given up or became a book."""
        ...

    async def is_of_another(self, path: str, download_id: UUID) -> bool:
        """Return whether another import was placed at this path."""
        ...

    async def unconfirmed_at(self, paths: Sequence[str]) -> list[ConfirmImport]:
        """Return the commands of the imports at these paths that were given up."""
        ...

    async def placements(self) -> Placements:
        """Return when the last import was placed, shown or not, and when the last scan was requested."""
        ...

    async def scan_requested(self, now: datetime) -> None:
        """Store that one scan was requested for all imports that are not shown yet."""
        ...
