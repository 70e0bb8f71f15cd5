"""Undoes many corrections: those of a run, of a day, or all that match a filter."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from shared.chassis.clock import Clock
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.corrections import (
    Correction,
    CorrectionStatus,
    CorrectionsUndone,
    SkippedCorrection,
    UndoCorrections,
)
from shared.contracts.translatable import translatables
from shared.translatable import translatable

from metadata.domain.changes import reversals
from metadata.domain.transactions import Transactions, Work

AT_A_TIME = 500
"""Corrections undone in one transaction."""
AT_MOST = 5_000
"""Corrections undone in one request."""


class UndoCorrectionsHandler:
    """Has the library restore the old values. The fields are never changed automatically again."""

    def __init__(self, transaction: Transactions, clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    async def undo(self, request: UndoCorrections) -> CorrectionsUndone:
        """Undo the selected corrections that are applied. Those that are being undone already are left alone."""
        selection = request.selection
        if selection.ids is not None:
            return await self._undo_by_ids(selection.ids)
        by_field: Counter[str] = Counter()
        remaining = 0
        if selection.filter is not None:
            while by_field.total() < AT_MOST:
                async with self._transaction() as tx:
                    some = await tx.corrections.applied(selection.filter, AT_A_TIME)
                    await self._send(tx, some)
                if not some:
                    break
                by_field.update(each.field for each in some)
            async with self._transaction() as tx:
                remaining = await tx.corrections.count_applied(selection.filter)
        return CorrectionsUndone(undoing=by_field.total(), by_field=dict(by_field), remaining=remaining)

    async def _undo_by_ids(self, ids: Sequence[UUID]) -> CorrectionsUndone:
        async with self._transaction() as tx:
            found = {each.id: each for each in await tx.corrections.by_ids(ids)}
            applied = [each for each in found.values() if each.status is CorrectionStatus.APPLIED]
            await self._send(tx, applied)
        skipped = [
            _skipped(each, found.get(each)) for each in dict.fromkeys(ids) if each not in {one.id for one in applied}
        ]
        by_field = Counter(each.field for each in applied)
        return CorrectionsUndone(undoing=len(applied), by_field=dict(by_field), skipped=skipped)

    async def _send(self, tx: Work, corrections: Sequence[Correction]) -> None:
        await tx.corrections.undoing([each.id for each in corrections], self._clock.now())
        by_book: dict[UUID, list[Correction]] = defaultdict(list)
        for each in corrections:
            by_book[each.book_id].append(each)
        for book_id, some in by_book.items():
            tx.send(WriteMetadata(book_id=book_id, changes=reversals(some), by_person=True))


def _skipped(correction_id: UUID, correction: Correction | None) -> SkippedCorrection:
    why = translatable("change.no_correction", "there is no correction with this id")
    if correction is not None:
        status = correction.status.value
        why = translatable("change.not_applied", f"it is {status}, not applied", status=status)
    return SkippedCorrection(id=correction_id, why=why, translatable=translatables(why=why))
