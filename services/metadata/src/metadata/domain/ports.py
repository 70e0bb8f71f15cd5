"""What this service needs of the outside, in its own words."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from shared.contracts.library.books import Book, ListBooks
from shared.contracts.library.metadata_writes import FieldChange, FieldName, MetadataWritten
from shared.contracts.metadata.bibliographies import CataloguedWork, CollectBibliography
from shared.contracts.metadata.corrections import Correction, ListCorrections
from shared.contracts.metadata.providers import Provider
from shared.contracts.page import Page
from shared.contracts.runs import Plan, PlannedAction
from shared.contracts.values import BookId, Confidence

from metadata.domain.changes import Change, Proposal


@dataclass(frozen=True, slots=True)
class SeriesWanted:
    """A series whose works are asked for, with what is known of it."""

    name: str
    authors: Sequence[str] = ()
    known_asins: Sequence[str] = ()
    known_titles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a provider answered. `cut` says in words what was left out of a list too long to be read whole,
    `believed_until` when it is asked again; None where nothing was asked."""

    works: list[CataloguedWork] = field(default_factory=list)
    cut: str | None = None
    believed_until: datetime | None = None


class Catalogue(Protocol):
    """A provider as it is asked. Every method raises the `RemoteError` family; an empty answer means "none known"."""

    @property
    def name(self) -> str: ...

    @property
    def knows_isbns(self) -> bool:
        """Whether it can be asked by ISBN."""
        ...

    async def by_identifiers(self, asins: Sequence[str], isbns: Sequence[str]) -> Mapping[str, list[CataloguedWork]]:
        """The entries known by each of these identifiers, and others of the same book."""
        ...

    async def search(self, title: str, authors: Sequence[str]) -> Found:
        """Entries whose title has these words, by one of these authors; without authors, words of any field."""
        ...

    async def series_works(self, wanted: SeriesWanted) -> Found: ...

    async def author_works(self, name: str) -> Found: ...

    async def check(self) -> str:
        """Make a small real call; what was seen, in words."""
        ...


class MetadataProvider(Protocol):
    """A catalogue that remembers what it answered. Raises as a `Catalogue` does."""

    @property
    def name(self) -> str: ...

    async def identified(self, asin: str | None = None, isbn: str | None = None) -> Found: ...

    async def search(self, title: str, authors: Sequence[str], *, patient: bool = False) -> Found:
        """As a `Catalogue` does; who is patient lets others go first."""
        ...

    async def series_works(self, wanted: SeriesWanted) -> Found: ...

    async def author_works(self, name: str) -> Found: ...

    async def check(self) -> str: ...


class Memory(Protocol):
    """Answers of the providers, remembered."""

    async def recall(self, keys: Sequence[str]) -> Mapping[str, Found]: ...

    async def remember(self, answers: Mapping[str, Found], implied: Mapping[str, Found]) -> Mapping[str, Found]: ...


class Line(Protocol):
    """One request at a time to one provider over all replicas, at its pace."""

    def turn(self, *, knock: bool = False) -> AbstractAsyncContextManager[None]:
        """Wait for our turn and hold it. Raises `RemoteThrottled` or `RemoteRefusedUs` while the provider is closed
        to us; with `knock` only while it said itself until when."""
        ...


class States(Protocol):
    """How the providers did so far."""

    async def all(self) -> list[Provider]: ...


class KeptBibliographies(Protocol):
    """The lists of works that the providers told."""

    async def keep(
        self, subject: CollectBibliography, provider: str, works: list[CataloguedWork], now: datetime
    ) -> None: ...


class Library(Protocol):
    """The library's books. Raises `ServiceAway` while its service does not answer."""

    async def book(self, book_id: BookId) -> Book | None: ...

    async def books_by_id(self, book_ids: Sequence[BookId]) -> list[Book]: ...

    async def books(self, asked: ListBooks) -> Page[Book]: ...


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A book put through the pipeline once: how sure its surest entry is, who answered, who did not and why."""

    book_id: UUID
    at: datetime
    confidence: Confidence
    corrections: int
    answered: Sequence[str]
    failures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """That nothing is to be changed of a book of this fingerprint while the answers are believed that it rests on."""

    book_id: UUID
    fingerprint: str
    confidence: Confidence
    believed_until: datetime


@dataclass(frozen=True, slots=True)
class PutOff:
    """A book that is looked up again, because these providers could not be asked; `times` they could not so far."""

    book_id: UUID
    providers: Sequence[str]
    fill_only: bool
    times: int
    again_at: datetime


class KeptRefreshes(Protocol):
    """When books were put through the pipeline."""

    async def add(self, refreshed: Sequence[Refreshed]) -> None: ...

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Refreshed]: ...


class KeptDecisions(Protocol):
    """For which books nothing is to be changed."""

    async def of_books(self, book_ids: Sequence[UUID], now: datetime) -> Mapping[UUID, Decision]: ...

    async def keep(self, decisions: Sequence[Decision]) -> None: ...


class KeptPutOffBooks(Protocol):
    """Books that wait for a provider."""

    async def keep(self, put_off: Sequence[PutOff]) -> None: ...

    async def take(self, now: datetime, at_most: int) -> list[PutOff]:
        """Those whose time has come; they are put off no longer."""
        ...

    async def done(self, book_ids: Sequence[UUID]) -> None: ...


class KeptPlans(Protocol):
    """What dry runs would change."""

    async def add(self, run_id: UUID, actions: Mapping[UUID, Sequence[PlannedAction]], now: datetime) -> None: ...

    async def take(self, run_id: UUID) -> Plan: ...


class KeptCorrections(Protocol):
    """The corrections, within one transaction."""

    async def propose(self, proposals: Sequence[Proposal], now: datetime) -> Mapping[UUID, list[FieldChange]]:
        """Store the changes as proposed. Given back are those that are new: none that is proposed already, and none
        that a person took back before."""
        ...

    async def wanted(self, proposals: Sequence[Proposal]) -> list[Proposal]:
        """Those of the changes that would be proposed."""
        ...

    async def set_by_hand(
        self, book: Book, changes: Sequence[Change], made_by: str, now: datetime
    ) -> list[Correction]: ...

    async def written(self, event: MetadataWritten, now: datetime) -> None: ...

    async def fields_of(self, correction_ids: Sequence[UUID]) -> set[FieldName]:
        """The fields that these corrections change."""
        ...

    async def get(self, correction_id: UUID, *, to_change: bool = False) -> Correction | None: ...

    async def of_books(self, book_ids: Sequence[UUID], at_most: int) -> list[Correction]: ...

    async def undoing(self, correction_id: UUID, now: datetime) -> None: ...

    async def unsettled(self, sent_before: datetime, now: datetime, at_most: int) -> list[Correction]:
        """Corrections of which the library has said nothing since then, now noted as sent again."""
        ...

    async def page(self, asked: ListCorrections) -> Page[Correction]: ...
