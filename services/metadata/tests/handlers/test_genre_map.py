"""The genre map: stored, applied to what providers list, and proposed for the library."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from metadata.domain.transactions import Transactions
from metadata.handlers import genre_map as handlers
from metadata.handlers.corrections import CorrectionHandlers
from metadata.handlers.genre_map import GenreMapHandlers
from metadata.handlers.proposals import ProposalHandlers
from metadata.handlers.propose_changes import ProposeChangesHandler
from metadata.handlers.refresh_metadata import RefreshRules
from metadata_builders import Pipeline, StubLibrary, a_book, messages_sent
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.contracts.library.metadata_writes import MetadataWritten, WriteMetadata
from shared.contracts.metadata.corrections import UndoCorrection
from shared.contracts.metadata.genre_map import GenreMap, GenreRules, GetGenreMap, ProposeMappedGenres, SetGenreMap
from shared.contracts.metadata.proposals import (
    AcceptProposals,
    ListProposals,
    Proposal,
    ProposalFilter,
    ProposalKind,
    ProposalSelection,
    ProposeChanges,
)
from shared.contracts.metadata.refreshes import RefreshBook
from shared.testing.clocks import ManualClock

MAPPED = ProposalKind.GENRE_MAPPED
FIRST = a_book(genres=["Sci-Fi"], tags=["Audiobook"])
SECOND = a_book(id=uuid4(), abs_id="item-2", title="Ozma of Oz", path="Ozma", genres=["Romance"])


class Scene:
    """Two books, the handlers of the genre map and of proposals, and the delivery of the commands they send."""

    def __init__(self, transaction: Transactions, database: Database, clock: ManualClock) -> None:
        self.database = database
        self.library = StubLibrary(FIRST, SECOND)
        self.genre_map = GenreMapHandlers(transaction, self.library, clock)
        self.propose_changes = ProposeChangesHandler(transaction, self.library, clock)
        self.proposals = ProposalHandlers(transaction, self.library, clock)
        self.corrections = CorrectionHandlers(transaction, clock)
        self.delivered = 0

    async def set(self, **genres: Any) -> GenreMap:
        return await self.genre_map.set(SetGenreMap(rules=GenreRules(genres=genres), changed_by="kitchen tablet"))

    async def deliver(self) -> list[ProposeMappedGenres]:
        """Handle every command that the genre map led to, and return those for pages of books."""
        handled = 0
        while commands := (await messages_sent(self.database, ProposeMappedGenres))[handled:]:
            for command in commands:
                await self.genre_map.propose(command)
            handled += len(commands)
        for each in (await messages_sent(self.database, ProposeChanges))[self.delivered :]:
            await self.propose_changes.propose(each)
            self.delivered += 1
        return await messages_sent(self.database, ProposeMappedGenres)

    async def open(self) -> list[Proposal]:
        return (await self.proposals.list_proposals(ListProposals(kind=MAPPED, sort="field"))).items


@pytest.fixture
def scene(transaction: Transactions, database: Database, clock: ManualClock) -> Scene:
    return Scene(transaction, database, clock)


async def test_a_map_is_stored_and_its_changes_are_proposed(scene: Scene, clock: ManualClock) -> None:
    assert await scene.genre_map.get(GetGenreMap()) == GenreMap(genres={})
    stored = await scene.set(**{"Sci-Fi": "Science Fiction", "audiobook": None})
    assert await scene.genre_map.get(GetGenreMap()) == stored
    assert (stored.changed_by, stored.changed_at) == ("kitchen tablet", clock.now())
    await scene.deliver()
    assert [(each.book_id, each.field, each.new) for each in await scene.open()] == [
        (FIRST.id, "genres", ["Science Fiction"]),
        (FIRST.id, "tags", []),
    ]


async def test_proposals_to_which_a_changed_map_no_longer_leads_are_outdated(scene: Scene) -> None:
    await scene.set(**{"Sci-Fi": "Science Fiction", "audiobook": None})
    await scene.deliver()
    await scene.set(Romance="Love")
    await scene.deliver()
    assert [(each.book_id, each.new) for each in await scene.open()] == [(SECOND.id, ["Love"])]


async def test_an_accepted_proposal_is_written_and_can_be_undone(scene: Scene, database: Database) -> None:
    await scene.set(**{"Sci-Fi": "Science Fiction"})
    await scene.deliver()
    selection = ProposalSelection(filter=ProposalFilter(kind=MAPPED))
    await scene.proposals.accept(AcceptProposals(selection=selection, decided_by="kitchen tablet"))
    (write,) = await messages_sent(database, WriteMetadata)
    (change,) = write.changes
    assert (change.field, change.new) == ("genres", ["Science Fiction"])
    written = MetadataWritten(book_id=FIRST.id, written=[change.correction_id])
    await scene.corrections.written(written)
    await scene.corrections.undo(UndoCorrection(id=change.correction_id))
    undo = (await messages_sent(database, WriteMetadata))[-1]
    assert (undo.changes[0].field, undo.changes[0].new) == ("genres", ["Sci-Fi"])


async def test_a_large_library_is_read_in_pages(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handlers, "BOOKS_AT_A_TIME", 1)
    await scene.set(**{"Sci-Fi": "Science Fiction", "Romance": "Love"})
    assert [each.offset for each in await scene.deliver()] == [0, 1]
    assert {each.book_id for each in await scene.open()} == {FIRST.id, SECOND.id}


async def test_genres_of_providers_are_written_by_the_map(
    scene: Scene,
    catalogues: Callable[..., Any],
    transaction: Transactions,
    database: Database,
    clock: ManualClock,
) -> None:
    world = a_world(providers={"audible": [a_record(genres=["Fantasy", "Audiobook"])]})
    bare = a_book(genres=[], tags=["Fantasy"])
    rules = RefreshRules(batch_size=10, daily_max=10, new_days=7, dry_run=False)
    pipeline = Pipeline(transaction, StubLibrary(bare), catalogues(world).registry, rules, clock)
    await scene.set(Fantasy="Magic", Audiobook=None)
    await pipeline.refresh_book(RefreshBook(book_id=bare.id))
    (write,) = await messages_sent(database, WriteMetadata)
    assert {each.field: each.new for each in write.changes}["genres"] == ["Magic"]
    proposals = ProposalHandlers(transaction, StubLibrary(bare), clock)
    mapped = (await proposals.list_proposals(ListProposals(kind=MAPPED))).items
    assert [(each.field, each.new) for each in mapped] == [("tags", ["Magic"])]
