"""What a refresh proposes: for a world whose recordings nothing identifies, and through one refresh after another."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, StubLibrary, a_book, library_of, messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import World
from shared.chassis.database import Database
from shared.contracts.library.books import Book
from shared.contracts.library.field_values import same_value, stored_value
from shared.contracts.library.metadata_writes import WriteMetadata
from shared.contracts.metadata.proposals import (
    DeclineProposals,
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalKind,
    ProposalSelection,
    ProposalStatus,
)
from shared.contracts.metadata.refreshes import RefreshBooks, RefreshMetadata, RefreshMode
from shared.contracts.runs import RunFinished
from shared.contracts.values import Confidence
from shared.testing.clocks import ManualClock

RULES = RefreshRules(batch_size=100, daily_max=50, new_days=7, dry_run=False)
OF_THE_RECORDING: dict[str, Any] = {"asin": None, "isbn": None, "narrators": [], "duration_seconds": None}
BOOK = a_book(**OF_THE_RECORDING)


class Scene:
    """A library, the providers, and the pipeline of refreshes."""

    def __init__(
        self, transaction: Transactions, clock: ManualClock, database: Database, catalogues: Callable[..., Any]
    ) -> None:
        self.transaction, self.clock, self.database, self.catalogues = transaction, clock, database, catalogues
        self.sites: Any = None
        self.library = StubLibrary(BOOK)
        self.pipeline: Pipeline

    def open(
        self,
        world: World,
        *books: Book,
        accept: Confidence = Confidence.HIGH,
        write: Confidence = Confidence.MEDIUM,
    ) -> None:
        self.sites = self.catalogues(world)
        self.library = StubLibrary(*books)
        registry = self.sites.registry
        self.pipeline = Pipeline(self.transaction, self.library, registry, RULES, self.clock, accept, write=write)

    async def refresh(self, mode: RefreshMode = RefreshMode.FULL, **options: Any) -> None:
        before = len(await messages_sent(self.database, RefreshBooks))
        await self.pipeline.refresh(RefreshMetadata(mode=mode, run_id=uuid4(), **options))
        for command in (await messages_sent(self.database, RefreshBooks))[before:]:
            await self.pipeline.refresh_books(command.model_copy(update={"anew": True}))

    async def proposals(self, status: ProposalStatus = ProposalStatus.OPEN) -> list[Proposal]:
        handlers = ProposalHandlers(self.transaction, self.library, self.clock)
        return (await handlers.list_proposals(ListProposals(status=status, limit=500, sort="field"))).items

    async def written(self) -> set[str]:
        return {change.field for write in await messages_sent(self.database, WriteMetadata) for change in write.changes}


@pytest.fixture
def scene(transaction: Transactions, clock: ManualClock, database: Database, catalogues: Callable[..., Any]) -> Scene:
    return Scene(transaction, clock, database, catalogues)


async def test_nearly_all_proposals_for_recordings_that_nothing_identifies_are_right(
    scene: Scene, shipped: Callable[[str], World]
) -> None:
    world = shipped("traps")
    known = library_of(world).shelf
    scene.open(world, *(book.model_copy(update=OF_THE_RECORDING) for book in known.values()))
    await scene.refresh()
    judged = [
        same_value(each.field, each.new, right)
        for each in await scene.proposals()
        if (right := stored_value(known[each.book_id], each.field))
    ]
    assert len(judged) > 100
    assert judged.count(False) <= 3, "a recording that no provider lists has the narrator of the listed one"
    assert not any(each.confidence is Confidence.HIGH for each in await scene.proposals())


async def test_a_refresh_proposes_what_it_does_not_write(scene: Scene) -> None:
    scene.open(one_recording(), BOOK)
    await scene.refresh()
    found = await scene.proposals()
    assert [each.field for each in found] == ["asin", "narrators"]
    assert {each.kind for each in found} == {ProposalKind.PROVIDER_VALUE}
    assert all(each.run_id and each.book_title == BOOK.title for each in found)
    assert await scene.written() & {"asin", "narrators"} == set()


async def test_the_setting_lets_plausible_changes_be_written(scene: Scene) -> None:
    scene.open(one_recording(), BOOK, accept=Confidence.MEDIUM)
    await scene.refresh(RefreshMode.NEW)
    assert await scene.proposals() == []
    assert await scene.written() >= {"asin", "narrators"}


async def test_the_setting_lets_only_sure_matches_be_written_and_proposes_the_rest(scene: Scene) -> None:
    of_another_year = a_record(published="1987-01-01", description="A boy named Tip.")
    book = BOOK.model_copy(update={"description": None, "publisher": "Emerald Audio"})
    scene.open(a_world(providers={"audible": [of_another_year], "hardcover": []}), book, write=Confidence.HIGH)
    await scene.refresh()
    assert await scene.written() == set()
    (held,) = [each for each in await scene.proposals() if each.field == "description"]
    assert (held.new, held.confidence, held.kind) == (
        "A boy named Tip.", Confidence.MEDIUM, ProposalKind.PROVIDER_VALUE,
    )  # fmt: skip
    await scene.refresh()
    assert held.id in [each.id for each in await scene.proposals()]
    scene.open(a_world(providers={"audible": [of_another_year], "hardcover": []}), book)
    await scene.refresh()
    assert "description" in await scene.written()


async def test_the_setting_writes_what_a_sure_match_says(scene: Scene) -> None:
    book = a_book(description=None)
    known = a_world(providers={"audible": [a_record(description="A boy named Tip.")], "hardcover": []})
    scene.open(known, book, write=Confidence.HIGH)
    await scene.refresh()
    assert "description" in await scene.written()


async def test_a_proposal_is_outdated_when_the_providers_no_longer_lead_to_it(scene: Scene) -> None:
    scene.open(one_recording(), BOOK)
    await scene.refresh()
    scene.library.shelf[BOOK.id] = BOOK.model_copy(update={"narrators": ["Tom Reed"]})
    await scene.refresh()
    assert [each.field for each in await scene.proposals()] == ["asin"]
    assert [each.field for each in await scene.proposals(ProposalStatus.OUTDATED)] == ["narrators"]


async def test_a_refresh_without_a_provider_leaves_proposals_open(scene: Scene) -> None:
    scene.open(one_recording(), BOOK)
    await scene.refresh()
    scene.sites.hardcover.outcomes.switch_on(Outcome(kind="forbidden"))
    scene.library.shelf[BOOK.id] = BOOK.model_copy(update={"title": "Another Title That Nobody Searched"})
    await scene.refresh()
    assert [each.field for each in await scene.proposals()] == ["asin", "narrators"]


async def test_a_dry_run_lists_new_proposals_and_makes_none(scene: Scene) -> None:
    scene.open(one_recording(), BOOK)
    await scene.refresh(dry_run=True)
    (finished,) = await messages_sent(scene.database, RunFinished)
    assert finished.details["plan"]["counts"]["propose_change"] == 2
    assert await scene.proposals() == []
    await scene.refresh()
    handlers = ProposalHandlers(scene.transaction, scene.library, scene.clock)
    declined = ProposalSelection(filter=ProposalFilter(field="asin"))
    await handlers.decline(DeclineProposals(selection=declined, decided_by="kitchen tablet"))
    await scene.refresh(dry_run=True)
    finished = (await messages_sent(scene.database, RunFinished))[-1]
    assert "propose_change" not in finished.details["plan"]["counts"], "one is open and one was declined"


def one_recording() -> World:
    return a_world(providers={"audible": [a_record()], "hardcover": []})
