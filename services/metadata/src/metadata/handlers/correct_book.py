"""Changes metadata for a person: validates it, stores corrections and has the library write them."""

from shared.chassis.clock import Clock
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.corrections import BookCorrected, CorrectBook
from shared.translatable import translatable

from metadata.domain.changes import field_change
from metadata.domain.entered_metadata import ByHand, differences, judge_entered
from metadata.domain.ports import Library
from metadata.domain.refusals import ChangeInProgress, InvalidMetadata, NothingToChange, UnknownBook
from metadata.domain.transactions import Transactions


class CorrectBookHandler:
    """A person's value replaces any other, and is never changed automatically afterwards."""

    def __init__(self, transaction: Transactions, library: Library, clock: Clock) -> None:
        self._transaction = transaction
        self._library = library
        self._clock = clock

    async def correct(self, request: CorrectBook) -> BookCorrected:
        """Propose the changes and send them to the library.

        Raises `UnknownBook`, `InvalidMetadata` if a value is invalid or none was sent, `NothingToChange` if the book
        has all values already, `ChangeInProgress` if one of the fields is being written, and `ServiceUnavailable`.
        """
        book = await self._library.book(request.book_id)
        if book is None:
            raise UnknownBook(
                translatable("refused.no_book", f"the library has no book {request.book_id}", id=str(request.book_id))
            )
        if not request.fields:
            raise InvalidMetadata("no field was sent: send at least one")
        now = self._clock.now()
        judged = judge_entered(request.fields, now.year)
        wrong = [f"{each.field}: {each.problem}" for each in judged if not each.ok]
        if wrong:
            raise InvalidMetadata("; ".join(wrong))
        by = ByHand(request.made_by, request.reason)
        changes, unchanged = differences(book, {each.field: each.value for each in judged}, by)
        if not changes:
            raise NothingToChange(f"{book.title!r} already has these values: {', '.join(unchanged)}")
        async with self._transaction() as tx:
            made = await tx.corrections.set_by_hand(book, changes, request.made_by, now)
            busy = {each.field for each in changes} - {each.field for each in made}
            if busy:
                raise ChangeInProgress(
                    translatable(
                        "refused.change_under_way",
                        f"a change of {', '.join(sorted(busy))} is being written; try again in a moment",
                        fields=sorted(busy),
                    )
                )
            tx.send(WriteMetadata(book_id=book.id, changes=[field_change(each) for each in made], by_person=True))
        return BookCorrected(corrections=made, unchanged=unchanged)
