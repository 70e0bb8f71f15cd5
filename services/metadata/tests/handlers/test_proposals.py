"""Proposals: made, replaced, accepted, declined and outdated."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.refusals import UnknownSort
from metadata.domain.transactions import Transactions
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.match_book import MatchBookHandlers
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.propose_changes import ProposeChangesHandler
from metadata_builders import StubLibrary, a_book, messages_sent
from pydantic import ValidationError
from sandbox.testing import a_world
from shared.chassis.database import Database
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import MANUAL
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import CorrectionStatus, ListCorrections, UndoCorrection
from shared.contracts.metadata.matches import DecideMatch, MatchChoice
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    DeclineProposals,
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalKind,
    ProposalsDecided,
    ProposalSelection,
    ProposalStatus,
    ProposeChanges,
    ProposedChange,
    ReopenProposals,
)
from shared.contracts.values import Confidence, SeriesPlace
from shared.testing.clocks import ManualClock

NO_SERIES = a_book(series=[])
OTHER = a_book(id=uuid4(), abs_id="item-other", title="Ozma of Oz", series=[], path="Ozma")


class Scene:
    """A library of two books without a series, and the handlers of proposals."""

    def __init__(self, transaction: Transactions, clock: ManualClock, **options: Any) -> None:
        self.library = StubLibrary(NO_SERIES, OTHER)
        self.propose_changes = ProposeChangesHandler(transaction, self.library, clock, **options)
        self.handlers = ProposalHandlers(transaction, self.library, clock)
        self.corrections = CorrectionHandlers(transaction, clock)

    async def propose(self, *changes: ProposedChange, **options: Any) -> None:
        await self.propose_changes.propose(ProposeChanges(changes=list(changes), **options))

    async def open(self, **filters: Any) -> list[Proposal]:
        return (await self.handlers.list_proposals(ListProposals(sort="score", **filters))).items

    async def accept(self, **matching: Any) -> ProposalsDecided:
        selection = ProposalSelection(filter=ProposalFilter(**matching))
        return await self.handlers.accept(AcceptProposals(selection=selection, decided_by="kitchen tablet"))

    async def decline(self, **matching: Any) -> ProposalsDecided:
        selection = ProposalSelection(filter=ProposalFilter(**matching))
        return await self.handlers.decline(DeclineProposals(selection=selection, decided_by="kitchen tablet"))

    async def reopen(self, **selection: Any) -> ProposalsDecided:
        chosen = ProposalSelection.model_validate(selection)
        return await self.handlers.reopen(ReopenProposals(selection=chosen, decided_by="kitchen tablet"))

    def shelve(self, book: Book) -> None:
        self.library.shelf[book.id] = book


@pytest.fixture
def scene(transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(transaction, clock)


def a_change(book: Book = NO_SERIES, sequence: str = "2", **changes: Any) -> ProposedChange:
    values: dict[str, Any] = {
        "book_id": book.id,
        "field": "series",
        "old": [],
        "new": [SeriesPlace(name="Oz", sequence=sequence)],
        "kind": ProposalKind.SERIES_READ,
        "source": "TEXTS",
        "confidence": Confidence.MEDIUM,
        "score": 0.9,
    }
    return ProposedChange.model_validate(values | changes)


async def test_an_accepted_proposal_is_a_correction_and_is_written(scene: Scene, database: Database) -> None:
    await scene.propose(a_change())
    (proposal,) = await scene.open()
    assert (proposal.book_title, proposal.status) == (NO_SERIES.title, ProposalStatus.OPEN)
    answer = await scene.handlers.accept(
        AcceptProposals(selection=ProposalSelection(ids=[proposal.id]), decided_by="kitchen tablet")
    )
    assert (answer.decided, answer.by_field, answer.skipped, answer.remaining) == (1, {"series": 1}, 0, 0)
    (write,) = await messages_sent(database, WriteMetadata)
    (made,) = (await scene.corrections.list_corrections(ListCorrections())).items
    assert (made.made_by, made.source, made.new) == ("kitchen tablet", "TEXTS", proposal.new)
    assert ([each.correction_id for each in write.changes], write.by_person) == ([made.id], False)
    assert answer.correction_ids == [made.id]
    (accepted,) = await scene.open(status=ProposalStatus.ACCEPTED)
    assert (accepted.correction_id, accepted.decided_by) == (made.id, "kitchen tablet")
    assert await scene.open() == []


async def test_a_new_proposal_replaces_the_open_one_of_its_kind(scene: Scene, clock: ManualClock) -> None:
    await scene.propose(a_change(sequence="2"))
    (first,) = await scene.open()
    clock.forward(seconds=60)
    await scene.propose(a_change(sequence="2", score=0.95))
    (again,) = await scene.open()
    assert (again.id, again.score, again.made_at) == (first.id, 0.95, first.made_at)
    await scene.propose(a_change(sequence="3"), a_change(sequence="4", kind=ProposalKind.PROVIDER_VALUE, score=0.99))
    replaced, other = await scene.open()
    assert (replaced.id, replaced.new, replaced.made_at > first.made_at) == (
        first.id,
        [SeriesPlace(name="Oz", sequence="3")],
        True,
    )
    assert other.kind is ProposalKind.PROVIDER_VALUE


async def test_a_declined_value_is_not_proposed_again(scene: Scene) -> None:
    await scene.propose(a_change())
    assert (await scene.decline()).decided == 1
    await scene.propose(a_change())
    assert await scene.open() == []
    await scene.propose(a_change(sequence="5"))
    assert len(await scene.open()) == 1


async def test_declining_is_undone(scene: Scene) -> None:
    await scene.propose(a_change(), a_change(OTHER))
    declined = await scene.decline()
    assert (declined.decided, len(declined.proposal_ids)) == (2, 2)
    answer = await scene.reopen(ids=declined.proposal_ids)
    assert (answer.decided, answer.by_field, answer.skipped) == (2, {"series": 2}, 0)
    opened = await scene.open()
    assert {each.id for each in opened} == set(declined.proposal_ids)
    assert {(each.status, each.decided_at, each.decided_by) for each in opened} == {(ProposalStatus.OPEN, None, None)}
    assert (await scene.accept()).decided == 2


async def test_a_declined_proposal_is_not_reopened_beside_another_one_for_the_field(
    scene: Scene, clock: ManualClock
) -> None:
    await scene.propose(a_change(sequence="2"))
    await scene.decline()
    clock.forward(seconds=60)
    await scene.propose(a_change(sequence="3"))
    (newest,) = (await scene.decline()).proposal_ids
    answer = await scene.reopen(filter={})
    assert (answer.proposal_ids, answer.remaining) == ([newest], 1)
    assert [each.why for each in answer.skipped_items] == ["another proposal for the field is open"]
    (still_declined,) = await scene.open(status=ProposalStatus.DECLINED)
    answer = await scene.reopen(ids=[still_declined.id, newest])
    assert {each.id: each.why for each in answer.skipped_items} == {
        still_declined.id: "another proposal for the field is open",
        newest: "it is open already",
    }


async def test_many_declined_proposals_are_reopened_in_parts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, shelved: Callable[[Scene, int], list[Book]]
) -> None:
    monkeypatch.setattr("metadata.handlers.proposals.AT_A_TIME", 4)
    monkeypatch.setattr("metadata.handlers.proposals.AT_MOST", 8)
    await scene.propose(*(a_change(book) for book in shelved(scene, 7)), a_change(kind=ProposalKind.COVER))
    await scene.decline()
    answer = await scene.reopen(filter={"kind": "series_read"})
    assert (answer.decided, answer.skipped, answer.remaining) == (7, 0, 0)


async def test_a_value_that_a_person_undid_is_not_proposed_again(scene: Scene) -> None:
    await scene.propose(a_change())
    await scene.accept()
    (made,) = (await scene.corrections.list_corrections(ListCorrections())).items
    await scene.corrections.written(MetadataWritten(book_id=made.book_id, written=[made.id]))
    await scene.corrections.undo(UndoCorrection(id=made.id))
    await scene.corrections.written(MetadataWritten(book_id=made.book_id, written=[made.id]))
    await scene.propose(a_change())
    assert await scene.open() == []


@pytest.mark.parametrize(
    "book",
    [
        NO_SERIES.model_copy(update={"metadata_source": {"series": MANUAL}}),
        NO_SERIES.model_copy(update={"series": [SeriesPlace(name="Oz", sequence="2")]}),
        NO_SERIES.model_copy(update={"series": [SeriesPlace(name="Winkie")]}),
    ],
    ids=["set by a person", "has the value already", "changed meanwhile"],
)
async def test_a_proposal_that_does_not_apply_is_neither_made_nor_accepted(
    scene: Scene, database: Database, book: Book
) -> None:
    await scene.propose(a_change(), a_change(OTHER))
    scene.shelve(book)
    answer = await scene.accept()
    assert (answer.decided, answer.skipped) == (1, 1)
    assert [(each.book_title, each.field) for each in answer.skipped_items] == [(book.title, "series")]
    (outdated,) = await scene.open(status=ProposalStatus.OUTDATED)
    assert outdated.status_detail == answer.skipped_items[0].why
    assert [each.book_id for each in await messages_sent(database, WriteMetadata)] == [OTHER.id]
    await scene.propose(a_change())
    assert await scene.open() == []


async def test_the_surest_of_several_proposals_for_a_field_is_accepted(scene: Scene) -> None:
    await scene.propose(
        a_change(sequence="2", score=0.99),
        a_change(sequence="3", kind=ProposalKind.PROVIDER_VALUE, confidence=Confidence.HIGH, score=0.8),
    )
    answer = await scene.accept()
    assert (answer.decided, answer.skipped, answer.remaining) == (1, 1, 1)
    (made,) = (await scene.corrections.list_corrections(ListCorrections())).items
    assert made.new == [SeriesPlace(name="Oz", sequence="3")]
    await scene.corrections.written(MetadataWritten(book_id=made.book_id, written=[made.id]))
    assert await scene.open() == []


async def test_proposals_are_selected_by_every_condition(scene: Scene) -> None:
    run, finding = uuid4(), uuid4()
    await scene.propose(a_change(score=0.5, confidence=Confidence.LOW))
    await scene.propose(a_change(OTHER, score=0.9, finding_id=finding), run_id=run)
    matching: list[dict[str, Any]] = [
        {"book_id": OTHER.id},
        {"run_id": run},
        {"finding_id": finding},
        {"score_at_least": 0.9},
        {"confidence_at_least": Confidence.MEDIUM},
    ]
    for filters in matching:
        assert [each.book_id for each in await scene.open(**filters)] == [OTHER.id], filters
    others: list[dict[str, Any]] = [{"kind": ProposalKind.COVER}, {"source": "AUDIBLE"}, {"field": "title"}]
    for filters in others:
        assert await scene.open(**filters) == [], filters
    assert (await scene.decline(score_at_least=0.9)).decided == 1
    assert [each.book_id for each in await scene.open()] == [NO_SERIES.id]
    with pytest.raises(UnknownSort):
        await scene.handlers.list_proposals(ListProposals(sort="colour"))
    selections: list[dict[str, Any]] = [{}, {"ids": [uuid4()], "filter": {}}, {"ids": []}]
    for wrong in selections:
        with pytest.raises(ValidationError):
            ProposalSelection.model_validate(wrong)


async def test_ids_that_cannot_be_decided_are_named_with_the_reason(scene: Scene) -> None:
    await scene.propose(a_change())
    (declined,) = await scene.open()
    await scene.decline()
    unknown = uuid4()
    answer = await scene.handlers.accept(
        AcceptProposals(selection=ProposalSelection(ids=[unknown, declined.id]), decided_by="kitchen tablet")
    )
    assert (answer.decided, answer.skipped) == (0, 2)
    assert {each.id: each.why for each in answer.skipped_items} == {
        unknown: "there is no proposal with this id",
        declined.id: "it is declined already",
    }


async def test_proposals_that_are_not_made_again_become_outdated(scene: Scene) -> None:
    await scene.propose(a_change(), a_change(OTHER))
    await scene.propose(a_change(), judged_books=[NO_SERIES.id, OTHER.id], judged_kinds=[ProposalKind.SERIES_READ])
    assert [each.book_id for each in await scene.open()] == [NO_SERIES.id]
    assert [each.book_id for each in await scene.open(status=ProposalStatus.OUTDATED)] == [OTHER.id]


async def test_sure_readings_are_accepted_at_once_if_the_settings_say_so(
    transaction: Transactions, clock: ManualClock, database: Database
) -> None:
    scene = Scene(transaction, clock, accept_score=0.95)
    await scene.propose(
        a_change(score=0.96),
        a_change(OTHER, score=0.94),
        a_change(OTHER, field="subtitle", new="A Tale", old=None, kind=ProposalKind.PROVIDER_VALUE, score=0.99),
    )
    (made,) = (await scene.corrections.list_corrections(ListCorrections())).items
    assert (made.book_id, made.made_by, made.status) == (NO_SERIES.id, "gapless", CorrectionStatus.PROPOSED)
    assert [each.book_id for each in await messages_sent(database, WriteMetadata)] == [NO_SERIES.id]
    assert [each.book_id for each in await scene.open()] == [OTHER.id, OTHER.id]


async def test_many_proposals_are_accepted_in_parts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, shelved: Callable[[Scene, int], list[Book]]
) -> None:
    monkeypatch.setattr("metadata.handlers.proposals.AT_A_TIME", 4)
    monkeypatch.setattr("metadata.handlers.proposals.AT_MOST", 8)
    await scene.propose(*(a_change(book) for book in shelved(scene, 11)))
    answer = await scene.accept()
    assert (answer.decided, answer.skipped, answer.remaining) == (8, 0, 3)
    assert (await scene.accept()).decided == 3


@pytest.fixture
def shelved() -> Callable[[Scene, int], list[Book]]:
    """Adds books without a series to the library of a scene."""

    def shelve(scene: Scene, number: int) -> list[Book]:
        books = [NO_SERIES.model_copy(update={"id": uuid4(), "abs_id": f"item-{at}"}) for at in range(number)]
        for book in books:
            scene.shelve(book)
        return books

    return shelve


async def test_a_decision_about_the_match_closes_the_proposals_of_providers(
    scene: Scene, transaction: Transactions, clock: ManualClock, catalogues: Callable[..., Any]
) -> None:
    subtitle: dict[str, Any] = {"field": "subtitle", "old": None, "new": "A Tale of Oz"}
    await scene.propose(a_change(), a_change(kind=ProposalKind.PROVIDER_VALUE, source="AUDIBLE", **subtitle))
    matches = MatchBookHandlers(transaction, scene.library, catalogues(a_world()).registry, clock)
    no_match = DecideMatch(book_id=NO_SERIES.id, choice=MatchChoice(none=True), decided_by="kitchen tablet")
    await matches.decide(no_match)
    assert {each.kind: each.status for each in await scene.open(status=None)} == {
        ProposalKind.SERIES_READ: ProposalStatus.OPEN,
        ProposalKind.PROVIDER_VALUE: ProposalStatus.OUTDATED,
    }
