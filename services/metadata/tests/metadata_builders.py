"""Builders with defaults, a stub of the library, and the messages in the outbox."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from metadata.adapters.postgres.tables import CHASSIS
from metadata.domain.ports import Library
from metadata.domain.providers import Registry
from metadata.domain.transactions import Transactions
from metadata.handlers.refresh_books import RefreshBooksHandlers
from metadata.handlers.refresh_metadata import RefreshMetadataHandler, RefreshRules
from metadata.workflow.content_choice import ContentChoice
from metadata.workflow.refresh_outcomes import RefreshOutcomes
from sandbox.world import OwnedBook, World
from shared.books.series.reading import read_series
from shared.chassis.clock import Clock
from shared.chassis.database import Database
from shared.contracts.library.books import Book, ListBooks
from shared.contracts.message import Message
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.page import Page
from shared.contracts.values import Confidence, SeriesPlace
from sqlalchemy import select

MessageT = TypeVar("MessageT", bound=Message)
NAMESPACE = UUID("b0a1b2c3-0000-4000-8000-000000000000")
ADDED = datetime(2023, 1, 1, tzinfo=UTC)


def a_book(**changes: Any) -> Book:
    """A tidy and complete copy of The Marvelous Land of Oz."""
    values: dict[str, Any] = {
        "id": uuid5(NAMESPACE, "oz-2"),
        "abs_id": "item-oz-2",
        "title": "The Marvelous Land of Oz",
        "authors": ["L. Frank Baum"],
        "narrators": ["Tom Reed"],
        "series": [SeriesPlace(name="Oz", sequence="2")],
        "asin": "B0OZ000002",
        "isbn": "9780306406157",
        "publisher": "Emerald Audio",
        "published_year": "1904",
        "language": "English",
        "description": "A boy named Tip.",
        "genres": ["Fantasy"],
        "duration_seconds": 300 * 60.0,
        "path": "L. Frank Baum/Oz/02 - The Marvelous Land of Oz",
        "added_at": ADDED,
        "updated_at": ADDED,
    }
    return Book.model_validate(values | changes)


def an_entry(**changes: Any) -> CataloguedWork:
    """Audible's entry of the same edition."""
    values: dict[str, Any] = {
        "provider": "AUDIBLE",
        "title": "The Marvelous Land of Oz",
        "authors": ["L. Frank Baum"],
        "narrators": ["Tom Reed"],
        "series": [SeriesPlace(name="Oz", sequence="2")],
        "asin": "B0OZ000002",
        "publisher": "Emerald Audio",
        "published_year": 1904,
        "language": "English",
        "duration_minutes": 300,
        "is_audio": True,
        "description": "A boy named Tip.",
        "genres": ["Fantasy"],
    }
    values |= changes
    values.setdefault("id", f"{values['provider']}:{values['asin'] or values['title']}")
    return CataloguedWork.model_validate(values)


def book_of(owned: OwnedBook) -> Book:
    """An owned book of a world as the library describes it."""
    series = [SeriesPlace(name=each.name, sequence=each.sequence) for each in owned.series]
    evidence = None
    if not series:
        read = read_series(owned.title, owned.subtitle, owned.authors[0] if owned.authors else None, owned.folder)
        series = [SeriesPlace(name=each.name, sequence=each.sequence) for each in read[:1]]
        evidence = "read from the texts" if series else None
    return Book(
        id=uuid5(NAMESPACE, owned.id),
        abs_id=owned.id,
        title=owned.title,
        subtitle=owned.subtitle,
        authors=owned.authors,
        narrators=owned.narrators,
        series=series,
        series_evidence=evidence,
        isbn=owned.isbn,
        asin=owned.asin,
        publisher=owned.publisher,
        published_year=owned.published_year,
        language=owned.language,
        genres=owned.genres,
        duration_seconds=owned.duration_minutes * 60.0 if owned.duration_minutes else None,
        abridged=owned.abridged,
        path=owned.folder,
        added_at=ADDED,
        updated_at=ADDED,
    )


class StubLibrary:
    """Answers as the library service does, with these books."""

    def __init__(self, *books: Book) -> None:
        self.shelf = {book.id: book for book in books}
        self.requests: list[ListBooks] = []

    async def book(self, book_id: UUID) -> Book | None:
        return self.shelf.get(book_id)

    async def books_by_id(self, book_ids: Sequence[UUID]) -> list[Book]:
        return [self.shelf[each] for each in book_ids if each in self.shelf]

    async def books(self, request: ListBooks) -> Page[Book]:
        self.requests.append(request)
        found = list(self.shelf.values())
        shown = found[request.offset : request.offset + request.limit]
        return Page(items=shown, total=len(found), limit=request.limit, offset=request.offset)

    async def search(self, query: str, at_most: int) -> list[Book]:
        words = set(query.casefold().split())
        found = [each for each in self.shelf.values() if words & set(each.title.casefold().split())]
        return found[:at_most]


class Pipeline:
    """The handlers that refresh books, wired as in the service."""

    def __init__(
        self,
        transaction: Transactions,
        library: Library,
        registry: Registry,
        rules: RefreshRules,
        clock: Clock,
        accept: Confidence = Confidence.HIGH,
        *,
        write: Confidence = Confidence.MEDIUM,
        contents: ContentChoice | None = None,
    ) -> None:
        refresh_metadata = RefreshMetadataHandler(transaction, library, rules, clock)
        outcomes = RefreshOutcomes(transaction, clock, dry_run=rules.dry_run)
        books = RefreshBooksHandlers(
            transaction,
            library,
            registry,
            outcomes,
            clock,
            accept_confidence=accept,
            write_confidence=write,
            contents=contents,
        )
        self.refresh, self.send_deferred = refresh_metadata.refresh, refresh_metadata.send_deferred
        self.refresh_book, self.refresh_books = books.refresh_book, books.refresh_books


def library_of(world: World) -> StubLibrary:
    return StubLibrary(*(book_of(each) for each in world.library))


async def messages_sent(database: Database, kind: type[MessageT]) -> list[MessageT]:
    """The messages of this kind in the outbox, in order."""
    outbox = CHASSIS.outbox
    async with database.engine.connect() as connection:
        rows = await connection.scalars(
            select(outbox.c.payload).where(outbox.c.subject == kind.subject).order_by(outbox.c.id)
        )
        return [kind.model_validate_json(row) for row in rows]
