"""An imported book gets the metadata of the downloaded work."""

from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.describe_imported_book import DownloadImportedHandler
from metadata_builders import StubLibrary, a_book, messages_sent
from shared.chassis.database import Database, Delivery, current_delivery
from shared.contracts.downloads.events import DownloadImported, ImportedEdition, ImportedWork
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import CorrectionStatus, ListCorrections, UndoCorrection
from shared.contracts.metadata.imports import ImportDescribed
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.values import SeriesPlace
from shared.testing.clocks import ManualClock

WORK = ImportedWork(
    title="The Scarecrow of Oz",
    authors=["L. Frank Baum"],
    series=SeriesPlace(name="Oz", sequence="9"),
    language="English",
    source="AUDIBLE, HARDCOVER",
)
EDITION = ImportedEdition(authors=["Frank Baum"], narrators=["Tom Reed"], asin="B0OZ000009", source="MAM")
AS_TAGGED = a_book(
    title="The Scarecrow of Oz by L. Frank Baum [ENG / M4B]",
    authors=["Volunteers"],
    narrators=[],
    series=[SeriesPlace(name="Children's Classics", sequence="31")],
    asin=None,
    language=None,
    metadata_source={"title": "ABS", "authors": "ABS"},
)


@pytest.fixture
def import_of(transaction: Transactions, clock: ManualClock) -> Any:
    """Call it with the book as Audiobookshelf shows it."""

    async def of(book: Book, *, dry_run: bool = False) -> None:
        handler = DownloadImportedHandler(transaction, StubLibrary(book), clock, dry_run=dry_run)
        event = DownloadImported(
            download_id=uuid4(), missing_book_id=uuid4(), book_id=book.id, work=WORK, edition=EDITION
        )
        await handler.imported(event)

    return of


async def test_the_work_replaces_the_tags_of_a_release_and_an_undo_restores_them(
    import_of: Any, transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    await import_of(AS_TAGGED)
    (write,) = await messages_sent(database, WriteMetadata)
    assert {each.field: each.new for each in write.changes} == {
        "title": "The Scarecrow of Oz",
        "authors": ["L. Frank Baum"],
        "series": [SeriesPlace(name="Oz", sequence="9")],
        "language": "English",
        "narrators": ["Tom Reed"],
        "asin": "B0OZ000009",
    }
    assert {each.field: each.source for each in write.changes}["asin"] == "MAM"
    corrections = CorrectionHandlers(transaction, clock)
    await corrections.written(
        MetadataWritten(book_id=AS_TAGGED.id, written=[each.correction_id for each in write.changes])
    )
    (title,) = (await corrections.list_corrections(ListCorrections(field="title"))).items
    assert (title.status, title.source) == (CorrectionStatus.APPLIED, "AUDIBLE, HARDCOVER")
    await corrections.undo(UndoCorrection(id=title.id))
    back = (await messages_sent(database, WriteMetadata))[-1]
    assert ([each.new for each in back.changes], back.by_person) == ([AS_TAGGED.title], True)


async def test_a_title_that_a_person_set_is_not_changed(import_of: Any, database: Database) -> None:
    await import_of(AS_TAGGED.model_copy(update={"metadata_source": {"title": "MANUAL", "authors": "MANUAL"}}))
    (write,) = await messages_sent(database, WriteMetadata)
    assert not {"title", "authors"} & {each.field for each in write.changes}


async def test_an_event_that_is_sent_again_is_answered_and_does_not_undo_a_later_correction(
    import_of: Any, database: Database
) -> None:
    """The downloader sends the event again until it is answered."""
    sources = {"title": "AUDIBLE, HARDCOVER", "authors": "ABS", "series": "HARDCOVER"}
    await import_of(AS_TAGGED.model_copy(update={"metadata_source": sources}))
    (write,) = await messages_sent(database, WriteMetadata)
    assert {"authors", "language"} <= {each.field for each in write.changes}
    assert not {"title", "series"} & {each.field for each in write.changes}
    assert len(await messages_sent(database, ImportDescribed)) == 1


async def test_the_book_is_refreshed_only_after_the_right_title_is_written(
    import_of: Any, transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    await import_of(AS_TAGGED)
    assert await messages_sent(database, RefreshBook) == []
    (write,) = await messages_sent(database, WriteMetadata)
    ids = [each.correction_id for each in write.changes]
    await CorrectionHandlers(transaction, clock).written(MetadataWritten(book_id=AS_TAGGED.id, written=ids))
    (command,) = await messages_sent(database, RefreshBook)
    assert (command.book_id, command.fill_only) == (AS_TAGGED.id, True)


async def test_a_book_with_the_right_title_is_refreshed_at_once(import_of: Any, database: Database) -> None:
    book = a_book(title=WORK.title, authors=WORK.authors, series=[SeriesPlace(name="Oz", sequence="9")])
    await import_of(book)
    assert await messages_sent(database, WriteMetadata) == []
    assert [each.book_id for each in await messages_sent(database, RefreshBook)] == [book.id]


async def test_copies_of_one_event_refresh_the_book_once_and_are_all_answered(
    transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    book = a_book(title=WORK.title, authors=WORK.authors, series=[SeriesPlace(name="Oz", sequence="9")])
    handler = DownloadImportedHandler(transaction, StubLibrary(book), clock, dry_run=False)
    event = DownloadImported(download_id=uuid4(), missing_book_id=uuid4(), book_id=book.id, work=WORK, edition=EDITION)
    token = current_delivery.set(Delivery("metadata-imported", str(uuid4())))
    for _ in range(3):
        await handler.imported(event)
    current_delivery.reset(token)
    assert len(await messages_sent(database, RefreshBook)) == 1
    assert len(await messages_sent(database, ImportDescribed)) == 3


async def test_other_series_of_the_tags_are_kept_if_the_tags_contain_the_works_series(
    import_of: Any, database: Database
) -> None:
    tagged = [SeriesPlace(name="Oz Series", sequence="8"), SeriesPlace(name="Land Stories", sequence="3")]
    await import_of(AS_TAGGED.model_copy(update={"series": tagged}))
    (write,) = await messages_sent(database, WriteMetadata)
    series = next(each.new for each in write.changes if each.field == "series")
    assert series == [SeriesPlace(name="Oz", sequence="9"), SeriesPlace(name="Land Stories", sequence="3")]


async def test_a_dry_run_only_refreshes_the_book(import_of: Any, database: Database) -> None:
    await import_of(AS_TAGGED, dry_run=True)
    assert await messages_sent(database, WriteMetadata) == []
    assert len(await messages_sent(database, RefreshBook)) == 1
