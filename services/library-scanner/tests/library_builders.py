"""Builders with defaults, and access to the messages that a test sent."""

import io
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import uuid4

import httpx
from library_scanner.adapters.audiobookshelf.batches import BatchedItems
from library_scanner.adapters.audiobookshelf.client import Audiobookshelf
from library_scanner.adapters.audiobookshelf.pace import Pace
from library_scanner.adapters.covers import FetchedCovers
from library_scanner.adapters.postgres.tables import CHASSIS
from library_scanner.domain.item import Item
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.check_library import CheckLibraryHandler
from library_scanner.handlers.write_metadata import WriteMetadataHandler
from library_scanner.workflow.content_writes import ContentWrites
from library_scanner.workflow.cover_sizes import CoverSizeReading
from PIL import Image
from sandbox.outcomes import Controlled
from sandbox.world import OwnedBook, World
from shared.chassis.clock import Clock
from shared.chassis.database import Database
from shared.chassis.http import Remote
from shared.chassis.public_fetch import PublicFetcher
from shared.contracts.message import Message
from shared.contracts.metadata.bibliographies import BibliographyCollected, BibliographyOf, CataloguedWork
from sqlalchemy import select
from starlette.responses import PlainTextResponse, Response

MessageT = TypeVar("MessageT", bound=Message)

TOKEN = "only-for-tests"


def a_book(number: int = 1, **changes: Any) -> OwnedBook:
    """An owned book of the Oz series."""
    return OwnedBook.model_validate(
        {
            "id": f"oz-{number}",
            "title": f"Oz Story {number}",
            "authors": ["L. Frank Baum"],
            "narrators": ["Tom Reed"],
            "series": [{"name": "Oz", "sequence": str(number)}],
            "folder": f"L. Frank Baum/Oz/{number:02d} - Oz Story {number}",
        }
        | changes
    )


def a_world(*books: OwnedBook) -> World:
    return World.model_validate({"name": "test", "works": [], "library": [book.model_dump() for book in books]})


def an_item(**changes: Any) -> Item:
    values: dict[str, Any] = {
        "abs_id": "item-1",
        "library_id": "library-1",
        "path": "L. Frank Baum/Oz/01 - The Wonderful Wizard of Oz",
        "added_at": datetime(2025, 1, 1, tzinfo=UTC),
        "updated_ms": 1,
        "title": "The Wonderful Wizard of Oz",
        "authors": ("L. Frank Baum",),
    }
    return Item(**(values | changes))


class LibraryAtStandIn(Audiobookshelf):
    """The client, with its connection to the stand-in."""

    def __init__(self, remote: Remote, libraries: tuple[str, ...] = (), pace: Pace | None = None) -> None:
        super().__init__(remote, libraries, pace)
        self.remote = remote


def the_library(
    stand_in: Controlled,
    *,
    token: str = TOKEN,
    base: str = "",
    libraries: tuple[str, ...] = (),
    pace: Pace | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> LibraryAtStandIn:
    """The client, connected to the stand-in without a network."""
    remote = Remote(
        "Audiobookshelf",
        f"http://stand-in{base}",
        headers={"Authorization": f"Bearer {token}"},
        transport=transport or httpx.ASGITransport(stand_in),
    )
    return LibraryAtStandIn(remote, libraries, pace)


def a_picture(width: int = 500, height: int = 500, *, kind: str = "JPEG", seed: int = 1) -> bytes:
    """A picture that shows something: four areas of different brightness."""
    picture = Image.new("RGB", (width, height), (seed % 256, 30, 60))
    for place in range(1, 5):
        box = (0, 0, width * place // 5, height - height * place // 6)
        picture.paste((250 // place, (seed * 40) % 256, 50 * place), box)
    content = io.BytesIO()
    picture.save(content, kind)
    return content.getvalue()


class Pictures:
    """A server of pictures without a network, with a public address. `served` are its files by path."""

    def __init__(self, **served: bytes) -> None:
        self.served = served
        self.requests: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        name = scope["path"].strip("/").partition(".")[0]
        self.requests.append(name)
        found = self.served.get(name)
        response = Response(found, media_type="image/jpeg") if found else PlainTextResponse("Not Found", 404)
        await response(scope, receive, send)

    def fetcher(self, *, private_hosts: bool = False, ip: str = "93.184.216.34") -> PublicFetcher:
        """A fetcher that reaches only this server."""

        async def resolve(_host: str, _port: int) -> list[str]:
            return [ip]

        return PublicFetcher(
            private_hosts=private_hosts,
            max_bytes=2**20,
            seconds=5.0,
            transport=httpx.ASGITransport(self),
            resolver=resolve,
        )


def the_writer(
    transaction: Transactions,
    library: LibraryAtStandIn,
    clock: Clock,
    pictures: Pictures | None = None,
    *,
    tiny_pixels: int = 150,
) -> WriteMetadataHandler:
    """The handler that writes to the stand-in."""
    covers = FetchedCovers((pictures or Pictures()).fetcher())
    contents = ContentWrites(transaction, library, covers, tiny_pixels=tiny_pixels)
    return WriteMetadataHandler(transaction, BatchedItems(library), contents, clock, series_min_books=1)


def a_work(title: str, **changes: Any) -> CataloguedWork:
    """A provider's entry for a book of the Oz series with an audio edition."""
    values: dict[str, Any] = {
        "id": f"AUDIBLE:{title}",
        "provider": "AUDIBLE",
        "title": title,
        "authors": ["L. Frank Baum"],
        "narrators": ["Tom Reed"],
        "language": "English",
        "published_year": 1910,
        "duration_minutes": 300,
        "is_audio": True,
    }
    return CataloguedWork.model_validate(values | changes)


def a_bibliography(subject_id: Any, *works: CataloguedWork, **changes: Any) -> BibliographyCollected:
    values: dict[str, Any] = {
        "of": BibliographyOf.SERIES,
        "subject_id": subject_id or uuid4(),
        "works": list(works),
        "answered": ["AUDIBLE"],
    }
    return BibliographyCollected.model_validate(values | changes)


async def sent_messages(database: Database, kind: type[MessageT]) -> list[MessageT]:
    """The messages of this kind in the outbox, in the order of sending."""
    outbox = CHASSIS.outbox
    async with database.engine.connect() as connection:
        rows = await connection.scalars(
            select(outbox.c.payload).where(outbox.c.subject == kind.subject).order_by(outbox.c.id)
        )
        return [kind.model_validate_json(row) for row in rows]


class NoCovers:
    """A server whose covers have no known size."""

    async def cover_size(self, abs_id: str) -> tuple[int, int] | None:
        return None


def the_check(transaction: Transactions, clock: Clock) -> CheckLibraryHandler:
    """The check of the library, without the sizes of covers."""
    covers = CoverSizeReading(transaction, NoCovers(), clock, per_day=0)
    return CheckLibraryHandler(transaction, clock, covers, tiny_pixels=150)
