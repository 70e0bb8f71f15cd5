"""Lists corrections, records what the library wrote, and undoes corrections."""

from shared.chassis.clock import Clock
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import (
    Correction,
    CorrectionStatus,
    GetCorrection,
    ListCorrections,
    UndoCorrection,
)
from shared.contracts.metadata.refreshes import RefreshBook
from shared.contracts.page import Page
from shared.translatable import translatable

from metadata.domain.changes import NAMES_THE_BOOK, reversal
from metadata.domain.refusals import NotUndoable, UnknownCorrection
from metadata.domain.transactions import Transactions


class CorrectionHandlers:
    """Answers `ListCorrections`, `GetCorrection` and `UndoCorrection`, and handles `MetadataWritten`."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def list_corrections(self, request: ListCorrections) -> Page[Correction]:
        """A page of corrections. Raises `UnknownSort`."""
        async with self._transaction() as tx:
            return await tx.corrections.page(request)

    async def get_correction(self, request: GetCorrection) -> Correction:
        """One correction. Raises `UnknownCorrection`."""
        async with self._transaction() as tx:
            found = await tx.corrections.get(request.id)
        if found is None:
            raise UnknownCorrection(f"there is no correction with the id {request.id}")
        return found

    async def written(self, event: MetadataWritten) -> None:
        """Record which corrections were written. A book with a new title or authors is refreshed, except by an undo."""
        async with self._transaction() as tx:
            settled = await tx.corrections.fields_being_written([*event.written, *event.refused])
            await tx.corrections.written(event, self._clock.now())
            await tx.proposals.outdate_written(event.written, self._clock.now())
            if settled & NAMES_THE_BOOK and await tx.first_time():
                tx.send(RefreshBook(book_id=event.book_id, fill_only=True))

    async def undo(self, request: UndoCorrection) -> Correction:
        """Have the library restore the old value. The field is never changed automatically again.

        Raises `UnknownCorrection`, and `NotUndoable` if the correction is not applied.
        """
        async with self._transaction() as tx:
            found = await tx.corrections.get(request.id, to_change=True)
            if found is None:
                raise UnknownCorrection(f"there is no correction with the id {request.id}")
            if found.status in (CorrectionStatus.UNDOING, CorrectionStatus.UNDONE):
                return found
            if found.status is not CorrectionStatus.APPLIED:
                raise NotUndoable(
                    translatable(
                        "refused.nothing_to_undo",
                        f"correction {request.id} is {found.status.value}, not applied: there is nothing to undo",
                    )
                )
            await tx.corrections.undoing([found.id], self._clock.now())
            tx.send(WriteMetadata(book_id=found.book_id, changes=[reversal(found)], by_person=True))
        return found.model_copy(update={"status": CorrectionStatus.UNDOING, "status_detail": None, "translatable": {}})
