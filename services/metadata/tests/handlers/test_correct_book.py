"""Manual changes, and the validation of entered metadata."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.refusals import ChangeInProgress, InvalidMetadata, NothingToChange, UnknownBook
from metadata.domain.transactions import Transactions
from metadata.handlers.correct_book import CorrectBookHandler
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.validate_metadata import ValidateMetadataHandler
from metadata_builders import StubLibrary, a_book, messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.corrections import CorrectBook, CorrectionStatus, ListCorrections
from shared.contracts.metadata.entered_metadata import GivenPlace
from shared.contracts.metadata.validation import ValidateMetadata
from shared.testing.clocks import ManualClock

BOOK = a_book()


@pytest.fixture
def correct_book(transaction: Transactions, clock: ManualClock) -> CorrectBookHandler:
    return CorrectBookHandler(transaction, StubLibrary(BOOK), clock)


def change_of(**fields: Any) -> CorrectBook:
    return CorrectBook.model_validate({"book_id": BOOK.id, "fields": fields, "made_by": "kitchen tablet"})


async def test_a_manual_change_is_a_correction_and_replaces_any_value(
    correct_book: CorrectBookHandler, transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    done = await correct_book.correct(
        change_of(publisher="Reilly", title=BOOK.title, series=[{"name": "Oz", "sequence": "2.5"}])
    )
    assert done.unchanged == ["title"]
    (write,) = await messages_sent(database, WriteMetadata)
    assert write.by_person
    assert {each.field: each.source for each in write.changes} == {"publisher": "MANUAL", "series": "MANUAL"}
    page = await CorrectionHandlers(transaction, clock).list_corrections(ListCorrections(source="MANUAL", sort="field"))
    assert page.items == sorted(done.corrections, key=lambda each: each.field)
    assert {(each.made_by, each.status) for each in page.items} == {("kitchen tablet", CorrectionStatus.PROPOSED)}


async def test_invalid_values_are_reported_by_field_and_nothing_is_stored(
    correct_book: CorrectBookHandler, database: Database
) -> None:
    with pytest.raises(InvalidMetadata, match=r"isbn: .*check digit.*; language: "):
        await correct_book.correct(change_of(isbn="9780306406158", language="Ozian", publisher="Reilly"))
    with pytest.raises(InvalidMetadata, match="no field"):
        await correct_book.correct(change_of())
    with pytest.raises(NothingToChange, match="publisher"):
        await correct_book.correct(change_of(publisher="Emerald Audio"))
    with pytest.raises(UnknownBook):
        await correct_book.correct(change_of(publisher="Reilly").model_copy(update={"book_id": uuid4()}))
    assert await messages_sent(database, WriteMetadata) == []


async def test_a_field_that_is_being_written_accepts_no_second_change(
    correct_book: CorrectBookHandler, transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    await correct_book.correct(change_of(publisher="Reilly"))
    with pytest.raises(ChangeInProgress, match="publisher"):
        await correct_book.correct(change_of(publisher="Britton", subtitle="Tip"))
    assert len(await messages_sent(database, WriteMetadata)) == 1
    assert (await CorrectionHandlers(transaction, clock).list_corrections(ListCorrections())).total == 1


@pytest.fixture
def made(catalogues: Callable[..., Any]) -> Any:
    return catalogues(a_world(providers={"audible": [a_record()], "hardcover": []}))


async def test_metadata_is_validated_and_compared_with_a_book(
    made: Any, clock: ManualClock, database: Database
) -> None:
    judging = ValidateMetadataHandler(StubLibrary(BOOK), made.registry, clock)
    judgement = await judging.validate(
        ValidateMetadata(book_id=BOOK.id, fields={"isbn": "123", "publisher": "Reilly", "title": BOOK.title})
    )
    assert (judgement.ok, [(each.field, each.ok) for each in judgement.fields]) == (
        False,
        [("isbn", False), ("publisher", True), ("title", True)],
    )
    assert [(each.field, each.old, each.new) for each in judgement.differences] == [
        ("publisher", "Emerald Audio", "Reilly")
    ]
    assert (judgement.entries, judgement.failures) == ([], {})
    assert list(made.audible.outcomes.requests) == []
    assert await messages_sent(database, WriteMetadata) == []
    with pytest.raises(UnknownBook):
        await judging.validate(ValidateMetadata(book_id=uuid4(), fields={}))


async def test_providers_are_queried_about_entered_metadata_on_request(made: Any, clock: ManualClock) -> None:
    judging = ValidateMetadataHandler(StubLibrary(), made.registry, clock)
    made.hardcover.outcomes.switch_on(Outcome(kind="forbidden"))
    judgement = await judging.validate(
        ValidateMetadata(
            fields={"title": BOOK.title, "authors": BOOK.authors, "series": [GivenPlace(name="Oz")]}, ask_providers=True
        )
    )
    assert judgement.entries[0].entry.title == BOOK.title
    assert judgement.entries[0].reasons
    assert list(judgement.failures) == ["hardcover"]
    with pytest.raises(InvalidMetadata, match="title"):
        await judging.validate(ValidateMetadata(fields={"publisher": "Reilly"}, ask_providers=True))
