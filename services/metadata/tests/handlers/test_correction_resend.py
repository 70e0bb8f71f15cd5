"""A correction that the library has not answered for hours is resent."""

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.correct_book import CorrectBookHandler
from metadata.handlers.corrections import CorrectionHandlers
from metadata.workflow.correction_resend import LOST_AFTER, CorrectionResend
from metadata_builders import StubLibrary, a_book, messages_sent
from shared.chassis.database import Database
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import CorrectBook, UndoCorrection
from shared.testing.clocks import ManualClock

BOOK = a_book()
NEARLY = LOST_AFTER.total_seconds() - 1


@pytest.fixture
async def sent(transaction: Transactions, clock: ManualClock, database: Database) -> WriteMetadata:
    """The command of two corrections in progress."""
    fields = {"publisher": "Reilly", "subtitle": "Tip"}
    change = CorrectBook.model_validate({"book_id": BOOK.id, "fields": fields, "made_by": "kitchen tablet"})
    await CorrectBookHandler(transaction, StubLibrary(BOOK), clock).correct(change)
    (command,) = await messages_sent(database, WriteMetadata)
    return command


@pytest.fixture
def resend(transaction: Transactions, clock: ManualClock) -> CorrectionResend:
    return CorrectionResend(transaction, clock)


async def test_a_proposed_correction_is_resent_if_the_library_does_not_answer(
    sent: WriteMetadata, resend: CorrectionResend, clock: ManualClock, database: Database
) -> None:
    clock.forward(seconds=NEARLY)
    assert await resend.send() == 0
    clock.forward(seconds=2)
    assert await resend.send() == 2
    assert await resend.send() == 0, "the library again has time to answer"
    first, second = await messages_sent(database, WriteMetadata)
    assert (second.book_id, second.by_person) == (first.book_id, True)
    assert sorted(second.changes, key=lambda each: each.field) == sorted(first.changes, key=lambda each: each.field)


async def test_an_unanswered_undo_is_resent_too(
    sent: WriteMetadata, resend: CorrectionResend, transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    corrections = CorrectionHandlers(transaction, clock)
    written = [change.correction_id for change in sent.changes]
    await corrections.written(MetadataWritten(book_id=BOOK.id, written=written, refused={}))
    clock.forward(days=2)
    assert await resend.send() == 0, "a settled correction is not sent"
    await corrections.undo(UndoCorrection(id=written[0]))
    assert await resend.send() == 0
    clock.forward(seconds=NEARLY + 2)
    assert await resend.send() == 1
    _, undone, repeated = await messages_sent(database, WriteMetadata)
    assert repeated == undone
