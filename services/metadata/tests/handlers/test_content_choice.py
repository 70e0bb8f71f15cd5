"""Covers and chapters for books that have none, from the stand-ins of the providers."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest
from metadata.adapters.picture_reader import PictureReader
from metadata.adapters.postgres.seen_pictures import StoredPictures
from metadata.domain.covers import ShownFor
from metadata.domain.transactions import Transactions
from metadata.handlers.refresh_metadata import RefreshRules
from metadata.workflow.content_choice import ContentChoice
from metadata_builders import Pipeline, StubLibrary, a_book, messages_sent
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database, Transaction
from shared.chassis.public_fetch import PublicFetcher
from shared.contracts.library.books import Book
from shared.contracts.library.chapters import Chapter, chapters_mark, parse_chapters
from shared.contracts.library.metadata_writes import FieldName, FieldValue, WriteMetadata
from shared.contracts.metadata.refreshes import RefreshBook
from shared.testing.clocks import ManualClock
from starlette.responses import Response

RULES = RefreshRules(batch_size=10, daily_max=3, new_days=7, dry_run=False)
NAMED = chapters_mark([Chapter("The Boy", 0), Chapter("The Witch", 60_000)], per_file=False)
NUMBERED = chapters_mark([Chapter("01", 0), Chapter("02", 9_000_000)], per_file=True)


class Refresh:
    """Refreshes one book, and returns what is to be written."""

    def __init__(
        self,
        catalogues: Any,
        transaction: Transactions,
        database: Database,
        clock: ManualClock,
        providers: Mapping[str, Any] | None = None,
    ) -> None:
        listed = providers or {name: [a_record(isbn=None)] for name in ("audible", "audnexus")}
        self.made = catalogues(a_world(providers=listed), providers=",".join(listed))
        self.transaction, self.database, self.clock = transaction, database, clock
        self.images: Any = self.made.stand_ins["audible"]
        self.private_hosts = True

    async def changes(self, book: Book, *, with_chapters: bool = True) -> dict[FieldName, FieldValue]:
        async def resolve(_host: str, _port: int) -> list[str]:
            return ["127.0.0.1"]

        fetcher = PublicFetcher(
            private_hosts=self.private_hosts,
            max_bytes=2**20,
            seconds=5.0,
            transport=httpx.ASGITransport(self.images),
            resolver=resolve,
        )
        seen = StoredPictures(self.database.transactions(Transaction), self.clock)
        contents = ContentChoice(self.made.registry, PictureReader(fetcher), seen, with_chapters=with_chapters)
        books = Pipeline(self.transaction, StubLibrary(book), self.made.registry, RULES, self.clock, contents=contents)
        await books.refresh_book(RefreshBook(book_id=book.id))
        sent = await messages_sent(self.database, WriteMetadata)
        return {change.field: change.new for write in sent if write.book_id == book.id for change in write.changes}


@pytest.fixture
def refresh(
    catalogues: Callable[..., Any], transaction: Transactions, database: Database, clock: ManualClock
) -> Refresh:
    return Refresh(catalogues, transaction, database, clock)


async def test_a_book_without_a_cover_gets_the_largest_one_of_its_edition(refresh: Refresh) -> None:
    changes = await refresh.changes(a_book(chapters=NAMED))
    assert list(changes) == ["cover"]
    assert str(changes["cover"]).endswith("/images/I/B0OZ000002._SL1024_.jpg")


@pytest.mark.parametrize(
    ("provider", "record"),
    [
        ("audnexus", {"isbn": None}),
        ("hardcover", {"id": "77"}),
        ("google", {"format": "print", "narrators": [], "asin": None, "duration_minutes": None}),
        ("audioteka", {}),
        ("kindle", {"narrators": [], "duration_minutes": None}),
    ],
)
async def test_every_provider_with_pictures_supplies_covers(
    catalogues: Callable[..., Any],
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
    provider: str,
    record: dict[str, Any],
) -> None:
    refresh = Refresh(catalogues, transaction, database, clock, {provider: [a_record(**record)]})
    stand_ins = refresh.made.stand_ins
    refresh.images = stand_ins.get(provider) or stand_ins["custom"]
    changes = await refresh.changes(a_book(chapters=NAMED, isbn=a_record(**record).isbn))
    assert "/images/I/" in str(changes["cover"])


async def test_a_picture_that_is_shown_for_books_of_other_authors_is_a_placeholder(
    refresh: Refresh, database: Database, clock: ManualClock
) -> None:
    async def serve(scope: Any, receive: Any, send: Any) -> None:
        await Response(no_cover, media_type="image/jpeg")(scope, receive, send)

    drawn = httpx.AsyncClient(transport=httpx.ASGITransport(refresh.images), base_url="http://audible.test")
    no_cover = (await drawn.get("/images/I/no-cover.jpg")).content
    refresh.images = serve
    seen = StoredPictures(database.transactions(Transaction), clock)
    await seen.record(hashlib.sha256(no_cover).hexdigest(), ShownFor.book(a_book(title="Emma", authors=["J. Austen"])))
    assert await refresh.changes(a_book(chapters=NAMED)) == {}


@pytest.mark.parametrize(
    "book",
    [
        {"cover": "/metadata/items/1/cover.jpg"},
        {"locked_fields": ["cover"]},
        {"metadata_source": {"cover": "MANUAL"}},
        {"abs_id": None},
    ],
)
async def test_a_cover_that_a_book_has_or_a_person_decided_on_stays(refresh: Refresh, book: dict[str, Any]) -> None:
    assert await refresh.changes(a_book(chapters=NAMED, **book)) == {}


async def test_no_cover_is_taken_from_a_private_host(refresh: Refresh) -> None:
    refresh.private_hosts = False
    assert await refresh.changes(a_book(chapters=NAMED)) == {}


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html>Not Found</html>"])
async def test_what_is_no_picture_is_not_proposed(refresh: Refresh, content: bytes) -> None:
    async def serve(scope: Any, receive: Any, send: Any) -> None:
        await Response(content, media_type="image/jpeg")(scope, receive, send)

    refresh.images = serve
    assert await refresh.changes(a_book(chapters=NAMED)) == {}


@pytest.mark.parametrize("owned", [None, NUMBERED])
async def test_a_book_with_numbered_files_gets_chapters_of_its_length(refresh: Refresh, owned: str | None) -> None:
    changes = await refresh.changes(a_book(chapters=owned, cover="/cover.jpg"))
    chapters = parse_chapters(str(changes["chapters"]))
    assert len(chapters) > 1
    assert chapters[0].start_ms == 0
    assert chapters[-1].start_ms < 300 * 60_000


@pytest.mark.parametrize(
    "book",
    [
        {"chapters": NAMED},
        {"duration_seconds": 300 * 60.0 + 30},
        {"duration_seconds": None},
        {"metadata_source": {"chapters": "MANUAL"}},
        {"asin": None, "narrators": ["Maud Ellery"]},
    ],
)
async def test_no_chapters_are_taken_for_another_recording_or_over_named_ones(
    refresh: Refresh, book: dict[str, Any]
) -> None:
    assert "chapters" not in await refresh.changes(a_book(cover="/cover.jpg", **book))


async def test_chapters_are_asked_for_in_the_marketplace_of_the_language(
    catalogues: Callable[..., Any], transaction: Transactions, database: Database, clock: ManualClock
) -> None:
    german = {name: [a_record(isbn=None, language="German")] for name in ("audible", "audnexus")}
    refresh = Refresh(catalogues, transaction, database, clock, german)
    assert "chapters" in await refresh.changes(a_book(cover="/cover.jpg", language="German"))
    asked = [each for each in refresh.made.stand_ins["audnexus"].outcomes.requests if "chapters" in each.path]
    assert [each.query for each in asked] == ["region=de"]


async def test_without_the_setting_no_chapters_are_requested(refresh: Refresh) -> None:
    assert await refresh.changes(a_book(cover="/cover.jpg"), with_chapters=False) == {}
    asked = [each.path for each in refresh.made.stand_ins["audnexus"].outcomes.requests]
    assert not any("chapters" in path for path in asked)
