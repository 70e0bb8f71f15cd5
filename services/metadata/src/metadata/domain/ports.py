"""What the handlers need from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from shared.contracts.library.authors import KnownAuthor
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.library.listed_works import (
    AddedWork,
    AddListedWorks,
    KnownWork,
    ListedWork,
    WithdrawListedWorks,
)
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten
from shared.contracts.metadata.bibliographies import CataloguedWork, CollectBibliography
from shared.contracts.metadata.corrections import Correction, CorrectionFilter, ListCorrections
from shared.contracts.metadata.matches import Match
from shared.contracts.metadata.providers import Ability, Provider
from shared.contracts.page import Page
from shared.contracts.runs import Plan, PlannedAction
from shared.contracts.values import BookId, Confidence

from metadata.domain.catalogue import Found, SeriesWanted
from metadata.domain.changes import GAPLESS, BookChanges, Change
from metadata.domain.matches import StoredMatch


class MetadataProvider(Protocol):
    """A catalogue whose answers are cached.

    Every method raises the `RemoteError` family. A query for which the catalogue has no ability finds nothing and sends
    no request.
    """

    @property
    def name(self) -> str:
        """The name of the catalogue."""
        ...

    @property
    def abilities(self) -> frozenset[Ability]:
        """What the catalogue can be queried for."""
        ...

    @property
    def origin(self) -> str | None:
        """The name of the catalogue whose data this one copies; None if it has its own data."""
        ...

    async def identified(
        self, asin: str | None = None, isbn: str | None = None, *, patient: bool = False, language: str | None = None
    ) -> Found:
        """The entries with these identifiers, and other entries of the same book.

        The marketplaces of the book's `language` are asked first. With `patient`, other requests go first, and lookups
        that wait meanwhile share a request.
        """
        ...

    async def search(
        self,
        title: str,
        authors: Sequence[str],
        *,
        sure_author: bool = False,
        patient: bool = False,
        language: str | None = None,
    ) -> Found:
        """Search as `SearchesTitles` does. With `patient`, other requests go first. `language` as in `identified`."""
        ...

    async def series_works(self, wanted: SeriesWanted) -> Found:
        """The works of a series."""
        ...

    async def author_works(self, name: str) -> Found:
        """The works of an author."""
        ...

    async def chapters(self, asin: str, *, language: str | None = None) -> Found:
        """The chapters of one edition, in `Found.chapters`. `language` as in `identified`."""
        ...

    async def similar_authors(self, name: str) -> Found:
        """The author with this name and similar authors, in `Found.author`."""
        ...

    async def check(self) -> str:
        """Send a small request, even while requests are paused after failures. Return a text for a person."""
        ...


class AnswerCache(Protocol):
    """The stored answers of the providers, by question."""

    async def get(self, keys: Sequence[str]) -> Mapping[str, Found]:
        """The stored answers that are still valid."""
        ...

    async def store(self, answers: Mapping[str, Found], implied: Mapping[str, Found]) -> Mapping[str, Found]:
        """Store answers, and the answers to other questions that they imply unless those found something recently.

        Return `answers` with the time until which they are valid.
        """
        ...


class States(Protocol):
    """The health of the providers."""

    async def all(self) -> list[Provider]:
        """Every provider of the settings, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class StoredList:
    """The works that one provider listed for a series or an author, and when."""

    works: list[CataloguedWork]
    collected_at: datetime


class BibliographyStore(Protocol):
    """The stored lists of works, by subject and provider."""

    async def store(
        self, subject: CollectBibliography, lists: Mapping[str, Sequence[CataloguedWork]], now: datetime
    ) -> None:
        """Replace the lists of these providers."""
        ...

    async def recent(
        self, subject: CollectBibliography, providers: Sequence[str], since: datetime
    ) -> Mapping[str, StoredList] | None:
        """The list of each of these providers; None if one has no list of this subject collected after `since`."""
        ...


class ListedWorksLibrary(Protocol):
    """What the library knows of the works of a list, and its missing books.

    Every method raises `ServiceUnavailable` while the service does not answer.
    """

    async def look_up(self, works: Sequence[ListedWork]) -> list[KnownWork]:
        """What the library knows of each work, in their order."""
        ...

    async def add(self, request: AddListedWorks) -> list[AddedWork]:
        """Make missing books of the works that the library lacks."""
        ...

    async def withdraw(self, request: WithdrawListedWorks) -> list[UUID]:
        """Close missing books that a list no longer names, and return the ids of the closed ones."""
        ...


class AuthorLibrary(Protocol):
    """The library's authors. Every method raises `ServiceUnavailable` while the service does not answer."""

    async def authors_by_name(self, names: Sequence[str]) -> list[KnownAuthor]:
        """What the library has of the author with each name, in their order."""
        ...


class Library(Protocol):
    """The library's books. Every method raises `ServiceUnavailable` while the service does not answer."""

    async def book(self, book_id: BookId) -> Book | None:
        """One book; None if it does not exist."""
        ...

    async def books_by_id(self, book_ids: Sequence[BookId]) -> list[Book]:
        """The books that exist, in any order."""
        ...

    async def books(self, request: ListBooks) -> Page[Book]:
        """One page of books."""
        ...

    async def search(self, query: str, at_most: int) -> list[Book]:
        """The books that match words of any field, best first."""
        ...


_Event = TypeVar("_Event")


@dataclass(frozen=True, slots=True)
class Traced(Generic[_Event]):
    """A stored event, and the ids of the traces in which it happened and was undone, if traces were exported."""

    event: _Event
    trace_id: str | None
    undone_trace_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One refresh of a book: the confidence of the best entry, who answered, and who failed with the reason."""

    book_id: UUID
    at: datetime
    confidence: Confidence
    corrections: int
    answered: Sequence[str]
    failures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """Nothing needs to change for a book with this fingerprint, until the answers it is based on expire."""

    book_id: UUID
    fingerprint: str
    confidence: Confidence
    believed_until: datetime


@dataclass(frozen=True, slots=True)
class DeferredBook:
    """A book to look up again at providers that failed. `times` counts its deferrals."""

    book_id: UUID
    providers: Sequence[str]
    fill_only: bool
    times: int
    again_at: datetime


class RefreshStore(Protocol):
    """The history of refreshes."""

    async def add(self, refreshed: Sequence[Refreshed]) -> None:
        """Add refreshes to the history."""
        ...

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Traced[Refreshed]]:
        """The latest refreshes of these books."""
        ...


class DecisionStore(Protocol):
    """The books for which nothing needs to change."""

    async def of_books(self, book_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Decision]:
        """The decisions that are still valid."""
        ...

    async def store(self, decisions: Sequence[Decision]) -> None:
        """Replace the decision of each book."""
        ...


class DeferredBookStore(Protocol):
    """The books that wait for a provider."""

    async def store(self, deferred: Sequence[DeferredBook]) -> None:
        """Replace the entry of each book."""
        ...

    async def take_due(self, now: datetime, at_most: int) -> list[DeferredBook]:
        """Remove and return the books that are due."""
        ...

    async def remove(self, book_ids: Sequence[UUID]) -> None:
        """These books no longer wait."""
        ...


class MatchStore(Protocol):
    """What persons decided about the identity of books, within one transaction."""

    async def near(self, books: Sequence[Book]) -> list[StoredMatch]:
        """The decisions about these books, and those about books with the same folder or ASIN."""
        ...

    async def store(self, match: Match, book: Book) -> None:
        """Store a decision. It replaces an earlier one about the book."""
        ...

    async def move(self, match: Match, book: Book) -> bool:
        """Record that the decision is about this book and its folder. False if it was moved or deleted meanwhile."""
        ...

    async def remove(self, book_id: UUID) -> None:
        """Delete the decision about a book."""
        ...

    async def of_books(self, book_ids: Sequence[UUID]) -> list[Traced[Match]]:
        """The decisions about these books."""
        ...


class PlanStore(Protocol):
    """The changes that dry runs would make."""

    async def add(self, run_id: UUID, actions: Mapping[UUID, Sequence[PlannedAction]], now: datetime) -> None:
        """Add the actions of some books; a book that was added before is ignored."""
        ...

    async def take(self, run_id: UUID) -> Plan:
        """Remove and return the plan of a run."""
        ...


class CorrectionStore(Protocol):
    """The corrections, within one transaction."""

    async def propose(
        self, books: Sequence[BookChanges], now: datetime, *, made_by: str = GAPLESS, run_id: UUID | None = None
    ) -> Mapping[UUID, list[FieldChange]]:
        """Store the changes as corrections to be written and return them by book.

        A field that is being written is left out, and so is a value that a person undid before.
        """
        ...

    async def wanted(self, books: Sequence[BookChanges]) -> list[BookChanges]:
        """The changes that `propose` would store."""
        ...

    async def set_by_hand(self, book: Book, changes: Sequence[Change], made_by: str, now: datetime) -> list[Correction]:
        """Store a person's changes as corrections to be written. A field that is being written is left out."""
        ...

    async def written(self, event: MetadataWritten, now: datetime) -> None:
        """Record what the library wrote and refused. Repeating it changes nothing."""
        ...

    async def fields_being_written(self, correction_ids: Sequence[UUID]) -> set[FieldName]:
        """The fields of those of these corrections that are being written, not undone."""
        ...

    async def get(self, correction_id: UUID, *, to_change: bool = False) -> Correction | None:
        """One correction; None if it does not exist. With `to_change` its row is locked."""
        ...

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Traced[Correction]]:
        """The latest corrections of these books."""
        ...

    async def undoing(self, correction_ids: Sequence[UUID], now: datetime) -> None:
        """Record that the undo of these corrections was sent to the library."""
        ...

    async def unsettled(self, sent_before: datetime, now: datetime, at_most: int) -> list[Correction]:
        """Corrections that the library has not answered since then, now recorded as resent."""
        ...

    async def by_ids(self, correction_ids: Sequence[UUID]) -> list[Correction]:
        """These corrections, with the rows of the applied ones locked."""
        ...

    async def applied(self, matching: CorrectionFilter, at_most: int) -> list[Correction]:
        """Applied corrections that match, with their rows locked: all of each book, of about `at_most` in total."""
        ...

    async def count_applied(self, matching: CorrectionFilter) -> int:
        """The number of applied corrections that match."""
        ...

    async def page(self, request: ListCorrections) -> Page[Correction]:
        """A page of corrections. Raises `UnknownSort`."""
        ...
