"""Undoing many corrections: by ids, of a run, of a day, and by other conditions."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from metadata.domain.changes import BookChanges, Change, reversals
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.undo_corrections import UndoCorrectionsHandler
from metadata_builders import a_book, messages_sent
from pydantic import ValidationError
from shared.chassis.database import Database
from shared.contracts.library.books import Book
from shared.contracts.library.metadata_writes import FieldChange, FieldName, FieldValue, MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import (
    Correction,
    CorrectionFilter,
    CorrectionSelection,
    CorrectionStatus,
    CorrectionsUndone,
    ListCorrections,
    UndoCorrections,
)
from shared.contracts.values import Confidence
from shared.testing.clocks import ManualClock

BOOK = a_book()
OTHER = a_book(id=uuid4(), abs_id="item-other", title="Ozma of Oz")


class Scene:
    """Corrections that the library wrote, and their undo."""

    def __init__(self, transaction: Transactions, clock: ManualClock, database: Database) -> None:
        self.transaction, self.clock, self.database = transaction, clock, database
        self.corrections = CorrectionHandlers(transaction, clock)
        self.handler = UndoCorrectionsHandler(transaction, clock)

    async def apply(
        self, book: Book, field: FieldName, old: FieldValue, new: FieldValue, run_id: UUID | None = None
    ) -> UUID:
        change = Change(field, old, new, "AUDIBLE", Confidence.HIGH, ())
        self.clock.forward(seconds=1)
        async with self.transaction() as tx:
            made = await tx.corrections.propose([BookChanges(book, [change])], self.clock.now(), run_id=run_id)
        (one,) = made[book.id]
        await self.corrections.written(MetadataWritten(book_id=book.id, written=[one.correction_id]))
        return one.correction_id

    async def undo(self, **matching: Any) -> CorrectionsUndone:
        return await self.handler.undo(
            UndoCorrections(selection=CorrectionSelection(filter=CorrectionFilter(**matching)))
        )

    async def undo_ids(self, *ids: UUID) -> CorrectionsUndone:
        return await self.handler.undo(UndoCorrections(selection=CorrectionSelection(ids=list(ids))))

    async def sent(self) -> dict[UUID, list[FieldChange]]:
        return {each.book_id: each.changes for each in await messages_sent(self.database, WriteMetadata)}

    async def with_status(self, status: CorrectionStatus) -> set[UUID]:
        listed = await self.corrections.list_corrections(ListCorrections(status=status))
        return {each.id for each in listed.items}


@pytest.fixture
def scene(transaction: Transactions, clock: ManualClock, database: Database) -> Scene:
    return Scene(transaction, clock, database)


async def test_the_corrections_of_a_run_are_undone_with_one_command_for_each_book(scene: Scene) -> None:
    run = uuid4()
    publisher = await scene.apply(BOOK, "publisher", "Emerald Audio", "Reilly", run)
    year = await scene.apply(BOOK, "published_year", "1904", "1905", run)
    of_other = await scene.apply(OTHER, "publisher", "Emerald Audio", "Reilly", run)
    kept = await scene.apply(OTHER, "published_year", "1904", "1905", uuid4())
    undone = await scene.undo(run_id=run)
    assert (undone.undoing, undone.by_field, undone.remaining) == (3, {"publisher": 2, "published_year": 1}, 0)
    sent = await scene.sent()
    assert {each.correction_id: (each.old, each.new) for each in sent[BOOK.id]} == {
        publisher: ("Reilly", "Emerald Audio"),
        year: ("1905", "1904"),
    }
    assert [each.correction_id for each in sent[OTHER.id]] == [of_other]
    assert all(each.by_person for each in await messages_sent(scene.database, WriteMetadata))
    assert await scene.with_status(CorrectionStatus.UNDOING) == {publisher, year, of_other}
    assert await scene.with_status(CorrectionStatus.APPLIED) == {kept}
    assert (await scene.undo(run_id=run)).undoing == 0


async def test_corrections_that_follow_each_other_are_undone_with_one_change(scene: Scene) -> None:
    first = await scene.apply(BOOK, "publisher", "Emerald Audio", "Reilly")
    second = await scene.apply(BOOK, "publisher", "Reilly", "Reilly & Britton")
    third = await scene.apply(BOOK, "publisher", "Reilly & Britton", "R & B")
    await scene.undo(book_id=BOOK.id)
    [change] = (await scene.sent())[BOOK.id]
    assert (change.old, change.new) == ("R & B", "Emerald Audio")
    assert sorted(change.settled_ids) == sorted([first, second, third])
    await scene.corrections.written(MetadataWritten(book_id=BOOK.id, written=change.settled_ids))
    assert await scene.with_status(CorrectionStatus.UNDONE) == {first, second, third}


async def test_the_corrections_of_a_day_are_listed_as_they_are_undone(scene: Scene, clock: ManualClock) -> None:
    before = await scene.apply(BOOK, "publisher", "Emerald Audio", "Reilly")
    yesterday = clock.now().date()
    clock.forward(days=1)
    after = await scene.apply(BOOK, "published_year", "1904", "1905")

    async def listed(**matching: Any) -> list[UUID]:
        return [each.id for each in (await scene.corrections.list_corrections(ListCorrections(**matching))).items]

    assert await listed(day=yesterday) == [before]
    assert await listed(day=clock.now().date()) == [after]
    assert await listed(made_by="kitchen tablet") == []
    assert len(await listed(made_by="gapless")) == 2
    assert (await scene.undo(day=yesterday)).undoing == 1


def test_corrections_that_do_not_follow_each_other_are_undone_separately() -> None:
    later, earlier = correction("R & B", "Reilly", 2), correction("Emerald Audio", "Another", 1)
    changes = reversals([earlier, later])
    assert [(each.correction_id, each.old, each.new) for each in changes] == [
        (later.id, "Reilly", "R & B"),
        (earlier.id, "Another", "Emerald Audio"),
    ]


async def test_corrections_are_selected_by_every_condition(scene: Scene) -> None:
    await scene.apply(BOOK, "publisher", "Emerald Audio", "Reilly")
    today = scene.clock.now()
    scene.clock.forward(days=1)
    await scene.apply(OTHER, "published_year", "1904", "1905")
    nothing: list[dict[str, Any]] = [
        {"day": today.date() - timedelta(days=1)},
        {"day": date(2000, 1, 1)},
        {"made_from": scene.clock.now() + timedelta(seconds=1)},
        {"made_before": today},
        {"source": "HARDCOVER"},
        {"made_by": "kitchen tablet"},
        {"field": "title"},
        {"run_id": uuid4()},
    ]
    for matching in nothing:
        assert (await scene.undo(**matching)).undoing == 0, matching
    assert (await scene.undo(day=today.date(), source="AUDIBLE", made_by="gapless")).by_field == {"publisher": 1}
    assert (await scene.undo(made_from=today)).by_field == {"published_year": 1}


async def test_ids_that_cannot_be_undone_are_named_with_the_reason(scene: Scene) -> None:
    applied = await scene.apply(BOOK, "publisher", "Emerald Audio", "Reilly")
    unknown = uuid4()
    await scene.undo_ids(applied)
    again = await scene.undo_ids(applied, unknown)
    assert (again.undoing, {each.id: each.why for each in again.skipped}) == (
        0,
        {applied: "it is undoing, not applied", unknown: "there is no correction with this id"},
    )


async def test_many_corrections_are_undone_in_parts_and_a_book_in_one(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metadata.handlers.undo_corrections.AT_A_TIME", 2)
    monkeypatch.setattr("metadata.handlers.undo_corrections.AT_MOST", 4)
    run = uuid4()
    books = [a_book(id=uuid4(), abs_id=f"item-{at}") for at in range(4)]
    for book in books:
        await scene.apply(book, "publisher", "Emerald Audio", "Reilly", run)
        await scene.apply(book, "published_year", "1904", "1905", run)
        await scene.apply(book, "subtitle", None, "A Tale", run)
    undone = await scene.undo(run_id=run)
    assert (undone.undoing, undone.remaining) == (6, 6)
    assert {len(changes) for changes in (await scene.sent()).values()} == {3}
    assert (await scene.undo(run_id=run)).remaining == 0


def test_an_empty_filter_does_not_select_everything() -> None:
    with pytest.raises(ValidationError, match="at least one condition"):
        CorrectionFilter()
    with pytest.raises(ValidationError, match="either"):
        CorrectionSelection()


def correction(old: str, new: str, second: int) -> Correction:
    made_at = ManualClock().now() + timedelta(seconds=second)
    return Correction(
        id=uuid4(), book_id=BOOK.id, book_title=BOOK.title, field="publisher", old=old, new=new, source="AUDIBLE",
        confidence=Confidence.HIGH, status=CorrectionStatus.APPLIED, made_at=made_at,
    )  # fmt: skip
