"""A person decides about the entries of import lists, and the decision stays."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from import_list_scene import Scene
from metadata.domain.refusals import InvalidDecision, UnknownImportList, UnknownListEntry, UnknownSort
from metadata.domain.transactions import Transactions
from pydantic import ValidationError
from sandbox.testing import a_record, a_world
from shared.chassis.database import Database
from shared.chassis.errors import ServiceUnavailable
from shared.contracts.library.listed_works import WorkState
from shared.contracts.metadata.import_lists import DecideImportListEntry, EntryDecision, EntryState, ImportListEntry
from shared.testing.clocks import ManualClock

EMMAS = [
    a_record(id="6", title="Emma", authors=["Jane Austen"], series=[], asin="B0OZ000006"),
    a_record(id="7", title="Emma", authors=["Alexander McCall"], series=[], asin="B0OZ000007"),
]


@pytest.fixture
async def scene(
    database: Database, transaction: Transactions, clock: ManualClock, catalogues: Callable[..., Any]
) -> Scene:
    return Scene(database, transaction, clock, catalogues(a_world(providers={"audible": EMMAS})).registry)


async def listed(scene: Scene, line: str) -> ImportListEntry:
    """The entry of one book, after a run."""
    lists = await scene.create()
    await scene.upload(lists.id, line)
    await scene.run()
    (entry,) = await scene.entries(lists.id)
    return entry


async def decide(scene: Scene, entry_id: UUID, **decision: Any) -> ImportListEntry:
    request = DecideImportListEntry(id=entry_id, decision=EntryDecision(**decision), decided_by="my key")
    return await scene.decisions.decide(request)


async def test_a_chosen_candidate_is_wanted_at_once_and_stays_chosen(scene: Scene) -> None:
    entry = await listed(scene, "Emma")
    assert entry.state is EntryState.DOUBTFUL
    austen = next(each.entry for each in entry.candidates if each.entry.authors == ["Jane Austen"])
    decided = await decide(scene, entry.id, choice="candidate", candidate=austen.id)
    assert (decided.state, decided.decided_by) == (EntryState.WANTED, "my key")
    assert scene.library.requests[-1].works[0].sure
    assert scene.library.requests[-1].works[0].authors == ["Jane Austen"]
    await scene.run()
    (after,) = await scene.entries(entry.list_id)
    assert after == decided


async def test_a_book_that_may_be_owned_waits_and_a_person_may_want_it_all_the_same(scene: Scene) -> None:
    scene.library.states["Emma"] = WorkState.MAYBE_OWNED
    entry = await listed(scene, "Emma - Jane Austen")
    assert entry.state is EntryState.DOUBTFUL
    assert entry.work is not None
    decided = await decide(scene, entry.id, choice="candidate", candidate=entry.work.id)
    assert decided.state is EntryState.WANTED


async def test_an_unknown_book_can_be_wanted_as_it_is_listed(scene: Scene) -> None:
    entry = await listed(scene, "No Such Book - Nobody")
    decided = await decide(scene, entry.id, choice="as_listed")
    assert decided.state is EntryState.WANTED
    assert scene.library.requests[-1].works[0].title == "No Such Book"


async def test_an_ignored_entry_stays_ignored_and_its_missing_book_is_closed(scene: Scene) -> None:
    entry = await listed(scene, "Emma - Jane Austen")
    assert entry.state is EntryState.WANTED
    ignored = await decide(scene, entry.id, choice="ignore")
    assert (ignored.state, ignored.missing_book_id) == (EntryState.IGNORED, None)
    assert scene.library.withdrawals[-1].missing_book_ids == [entry.missing_book_id]
    await scene.run()
    assert await scene.entries(entry.list_id) == [ignored]


async def test_a_decision_can_be_forgotten(scene: Scene) -> None:
    entry = await listed(scene, "Emma - Jane Austen")
    await decide(scene, entry.id, choice="ignore")
    forgotten = await decide(scene, entry.id, choice="match_again")
    assert (forgotten.state, forgotten.decided_by, forgotten.work) == (EntryState.NEW, None, None)
    await scene.run()
    assert (await scene.entries(entry.list_id))[0].state is EntryState.WANTED


async def test_decisions_that_do_not_fit_are_refused(scene: Scene) -> None:
    entry = await listed(scene, "Emma")
    with pytest.raises(InvalidDecision, match="no candidate 'AUDIBLE:X'"):
        await decide(scene, entry.id, choice="candidate", candidate="AUDIBLE:X")
    with pytest.raises(InvalidDecision, match="no author"):
        await decide(scene, entry.id, choice="as_listed")
    with pytest.raises(UnknownListEntry):
        await decide(scene, uuid4(), choice="ignore")
    with pytest.raises(ValidationError, match="give `candidate`"):
        EntryDecision.model_validate({"choice": "candidate"})
    assert await scene.entries(entry.list_id) == [entry]


async def test_nothing_is_stored_while_the_library_is_away(scene: Scene) -> None:
    entry = await listed(scene, "Emma")
    scene.library.away = True
    with pytest.raises(ServiceUnavailable):
        await decide(scene, entry.id, choice="candidate", candidate=entry.candidates[0].entry.id)
    assert await scene.entries(entry.list_id) == [entry]


async def test_entries_are_filtered_and_sorted(scene: Scene) -> None:
    lists = await scene.create()
    await scene.upload(lists.id, "B - One", "A - Two", "C - Three")
    assert [each.title for each in await scene.entries(lists.id, sort="title")] == ["A", "B", "C"]
    assert [each.title for each in await scene.entries(lists.id, sort="-title", limit=1, offset=1)] == ["B"]
    assert await scene.entries(lists.id, state=EntryState.OWNED) == []
    await scene.upload(lists.id, "A - Two")
    assert len(await scene.entries(lists.id, removed=None)) == 3
    with pytest.raises(UnknownSort):
        await scene.entries(lists.id, sort="color")
    with pytest.raises(UnknownImportList):
        await scene.entries(uuid4())
