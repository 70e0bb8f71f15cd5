"""A correction of which the library says nothing for hours is sent again: its command or the answer was lost."""

from typing import Any

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.correct_book import CorrectingByHand
from metadata.handlers.corrections import Correcting
from metadata.workflow.correction_resend import LOST_AFTER, SendCorrectionsAgain
from metadata_builders import ShelfOf, a_book, said
from shared.chassis.database import Database
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import CorrectBook, UndoCorrection

BOOK = a_book()
NEARLY = LOST_AFTER.total_seconds() - 1


@pytest.fixture
async def sent(transaction: Transactions, clock: Any, database: Database) -> WriteMetadata:
    """The command of two corrections under way."""
    fields = {"publisher": "Reilly", "subtitle": "Tip"}
    asked = CorrectBook.model_validate({"book_id": BOOK.id, "fields": fields, "made_by": "kitchen tablet"})
    await CorrectingByHand(transaction, ShelfOf(BOOK), clock).correct(asked)
    (command,) = await said(database, WriteMetadata)
    return command


@pytest.fixture
def again(transaction: Transactions, clock: Any) -> SendCorrectionsAgain:
    return SendCorrectionsAgain(transaction, clock)


async def test_a_proposed_correction_is_sent_again_when_the_library_says_nothing(
    sent: WriteMetadata, again: SendCorrectionsAgain, clock: Any, database: Database
) -> None:
    clock.forward(seconds=NEARLY)
    assert await again.send() == 0
    clock.forward(seconds=2)
    assert await again.send() == 2
    assert await again.send() == 0, "the library is given time again"
    first, second = await said(database, WriteMetadata)
    assert (second.book_id, second.by_person) == (first.book_id, True)
    assert sorted(second.changes, key=lambda each: each.field) == sorted(first.changes, key=lambda each: each.field)


async def test_a_correction_that_is_taken_back_is_sent_again_too(
    sent: WriteMetadata, again: SendCorrectionsAgain, transaction: Transactions, clock: Any, database: Database
) -> None:
    correcting = Correcting(transaction, clock)
    written = [change.correction_id for change in sent.changes]
    await correcting.written(MetadataWritten(book_id=BOOK.id, written=written, refused={}))
    clock.forward(days=2)
    assert await again.send() == 0, "what is settled is not sent"
    await correcting.undo(UndoCorrection(id=written[0]))
    assert await again.send() == 0
    clock.forward(seconds=NEARLY + 2)
    assert await again.send() == 1
    _, undone, repeated = await said(database, WriteMetadata)
    assert repeated == undone
