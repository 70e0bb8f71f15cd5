"""Import lists are read, matched with the providers, and become missing books."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from import_list_scene import Scene
from metadata.adapters.postgres.statistics import StoredFigures
from metadata.domain.refusals import UnknownImportList
from metadata.domain.transactions import Transactions
from metadata_builders import messages_sent
from sandbox.outcomes import Outcome
from sandbox.testing import a_record, a_world
from sandbox.world import ReadingList
from shared.chassis.database import Database, Transaction
from shared.chassis.errors import TryAgainLater
from shared.contracts.library.listed_works import WorkState
from shared.contracts.metadata.import_lists import EntryState, ImportListNeedsPerson
from shared.contracts.values import Confidence, MissingReason
from shared.testing.clocks import ManualClock

BAUM = "L. Frank Baum"
OZMA, SKY = "Ozma of Oz", "Sky Island"


def record(number: int, title: str, **changes: Any) -> Any:
    values = {"id": str(number), "title": title, "authors": [BAUM], "series": [], "asin": f"B0OZ{number:06d}"}
    return a_record(**values | changes)


AUDIBLE = [
    record(3, OZMA, series=[{"name": "Oz", "sequence": "3"}]),
    record(4, SKY),
    record(5, "The Sea Fairies", authors=[BAUM], published="2999-01-01"),
    record(6, "Emma", authors=["Jane Austen"]),
    record(7, "Emma", authors=["Alexander McCall"]),
]
HARDCOVER = [
    record(8, "The Master Key", format="print", asin=None, isbn="9781402894626", narrators=[]),
    record(9, OZMA, format="print", asin=None, isbn="9780306406157", narrators=[]),
]


@pytest.fixture
def there(catalogues: Callable[..., Any]) -> Any:
    """The stand-ins of the providers, and the service's connections to them."""
    return catalogues(a_world(providers={"audible": AUDIBLE, "hardcover": HARDCOVER}))


@pytest.fixture
def a_scene(database: Database, transaction: Transactions, clock: ManualClock, there: Any) -> Callable[..., Scene]:
    return lambda **options: Scene(database, transaction, clock, there.registry, clients=there.clients, **options)


async def test_what_is_surely_absent_becomes_a_missing_book_and_the_rest_has_its_reason(
    a_scene: Callable[..., Scene], database: Database, clock: ManualClock
) -> None:
    scene = a_scene()
    scene.library.states[SKY] = WorkState.OWNED
    lists = await scene.create()
    await scene.upload(
        lists.id, f"{OZMA} - {BAUM}", f"{SKY} - {BAUM}", "Emma", "No Such Book - Nobody", f"The Master Key - {BAUM}"
    )
    end = await scene.run()
    assert await scene.states(lists.id) == {
        OZMA: EntryState.WANTED,
        SKY: EntryState.OWNED,
        "Emma": EntryState.DOUBTFUL,
        "No Such Book": EntryState.UNMATCHED,
        "The Master Key": EntryState.LEFT_OUT,
    }
    (ozma,) = await scene.entries(lists.id, state=EntryState.WANTED)
    assert ozma.work is not None
    assert (ozma.work.asin, ozma.work.narrators) == ("B0OZ000003", [])
    assert ozma.confidence in (Confidence.HIGH, Confidence.MEDIUM)
    assert ozma.reasons
    assert ozma.missing_book_id == scene.library.missing[OZMA]
    (request,) = scene.library.requests
    assert (request.reason, request.priority, request.max_automatic) == (MissingReason.LIST, 50, 0)
    assert request.source == "the list “To read”"
    assert end.details["added"] == [f"{OZMA} by {BAUM}"]
    assert end.details["doubtful"] == ["Emma"]
    assert end.outcome == "completed"
    shown = await scene.shown(lists.id)
    assert (shown.counts[EntryState.WANTED], shown.removed) == (1, 0)
    figures = await StoredFigures(database.transactions(Transaction)).counted(clock.now())
    assert figures["import_lists_by_kind"] == {"plain_list": 1}
    assert figures["import_lists_with_problem"] == 0
    assert figures["import_list_entries_by_state"] == {state.value: 1 for state in shown.counts}


async def test_a_second_run_adds_and_matches_nothing_again(a_scene: Callable[..., Scene], there: Any) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}", "Emma")
    await scene.run()
    before = await scene.entries(lists.id)
    sent = len(there.audible.outcomes.requests)
    reading = await scene.upload(lists.id, f"{OZMA}  -  {BAUM}", "EMMA")
    assert (reading.entries, reading.added, reading.removed) == (2, 0, 0)
    end = await scene.run()
    assert end.details["added"] == []
    assert await scene.entries(lists.id) == before
    assert len(scene.library.missing) == 1
    assert len(there.audible.outcomes.requests) == sent


async def test_the_isbn_of_a_printed_book_leads_to_its_audiobook_and_a_wrong_one_is_doubtful(
    a_scene: Callable[..., Scene],
) -> None:
    scene = a_scene()
    lists = await scene.create(kind="goodreads_export", shelf="")
    await scene.upload(
        lists.id,
        "Book Id,Title,Author,ISBN13",
        '1,,,="9780306406157"',
        '2,Something Else,Somebody,="9780306406157"',
    )
    await scene.run()
    right, wrong = sorted(await scene.entries(lists.id), key=lambda each: each.title)
    assert (right.state, right.confidence) == (EntryState.WANTED, Confidence.HIGH)
    assert right.work is not None
    assert (right.work.title, right.work.asin) == (OZMA, "B0OZ000003")
    assert wrong.state in (EntryState.DOUBTFUL, EntryState.UNMATCHED)
    assert [each.entry.title for each in wrong.candidates] == [OZMA]


async def test_a_dry_run_reports_what_the_run_then_does_and_changes_nothing(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}", "Emma")
    before = await scene.entries(lists.id)
    plan = (await scene.run(dry_run=True)).details["plan"]
    assert {each["what"]: each["kind"] for each in plan["actions"]} == {
        f"{OZMA} by {BAUM}": "identify_gap",
        "Emma": "ask_person",
    }
    assert await scene.entries(lists.id) == before
    assert scene.library.missing == {}
    assert await messages_sent(scene.database, ImportListNeedsPerson) == []
    await scene.run()
    assert list(scene.library.missing) == [OZMA]


async def test_new_doubtful_entries_are_announced_once(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, "Emma")
    await scene.run()
    await scene.run()
    (event,) = await messages_sent(scene.database, ImportListNeedsPerson)
    assert (event.list_name, event.entries, event.doubtful) == ("To read", 1, 1)


async def test_a_provider_that_fails_leaves_the_entry_for_the_next_run(
    a_scene: Callable[..., Scene], there: Any
) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, f"No Such Book - {BAUM}")
    there.audible.outcomes.switch_on(Outcome(kind="broken"))
    end = await scene.run()
    assert await scene.states(lists.id) == {"No Such Book": EntryState.NEW}
    assert any(each.startswith("audible: ") for each in end.problems)
    assert end.details["lists"][0]["postponed"] == 1


async def test_a_run_matches_a_limited_number_of_entries_and_the_next_one_continues(
    a_scene: Callable[..., Scene],
) -> None:
    scene = a_scene(matches_per_run=1)
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}", f"{SKY} - {BAUM}")
    await scene.run()
    assert sorted((await scene.states(lists.id)).values()) == [EntryState.NEW, EntryState.WANTED]
    await scene.run()
    assert set((await scene.states(lists.id)).values()) == {EntryState.WANTED}


async def test_an_entry_without_result_is_matched_again_after_a_month(
    a_scene: Callable[..., Scene], clock: ManualClock
) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, "No Such Book - Nobody")
    await scene.run()
    (first,) = await scene.entries(lists.id)
    clock.forward(seconds=29 * 86_400)
    await scene.run()
    assert await scene.entries(lists.id) == [first]
    clock.forward(seconds=2 * 86_400)
    await scene.run()
    (again,) = await scene.entries(lists.id)
    assert again.matched_at == clock.now()


async def test_a_book_that_is_no_longer_listed_stays_wanted_unless_the_list_says_otherwise(
    a_scene: Callable[..., Scene],
) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}", f"{SKY} - {BAUM}")
    await scene.run()
    ozma = scene.library.missing[OZMA]
    reading = await scene.upload(lists.id, f"{SKY} - {BAUM}")
    assert reading.removed == 1
    await scene.run()
    assert (await scene.states(lists.id, removed=True)) == {OZMA: EntryState.WANTED}
    assert scene.library.withdrawals == []
    await scene.update(lists.id, removed_entries="withdraw")
    plan = (await scene.run(dry_run=True)).details["plan"]
    assert plan["counts"] == {"close_gap": 1}
    await scene.run()
    assert scene.library.withdrawals[-1].missing_book_ids == [ozma]
    assert (await scene.states(lists.id, removed=True)) == {OZMA: EntryState.LEFT_OUT}
    await scene.upload(lists.id, f"{OZMA} - {BAUM}", f"{SKY} - {BAUM}")
    await scene.run()
    assert set((await scene.states(lists.id)).values()) == {EntryState.WANTED}


async def test_a_book_that_another_list_names_is_not_withdrawn(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    mine = await scene.create(removed_entries="withdraw")
    other = await scene.create(name="Someday")
    for each in (mine, other):
        await scene.upload(each.id, f"{OZMA} - {BAUM}")
    await scene.run()
    await scene.upload(mine.id, f"{SKY} - {BAUM}")
    await scene.run()
    assert scene.library.withdrawals == []


async def test_only_enabled_or_named_lists_are_imported_with_their_settings(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    lists = await scene.create(enabled=False, auto_download=True, priority=77)
    await scene.upload(lists.id, f"{OZMA} - {BAUM}")
    assert (await scene.run()).tally.expected == 0
    await scene.run(list_ids=[lists.id])
    (request,) = scene.library.requests
    assert (request.max_automatic, request.priority) == (1, 77)
    with pytest.raises(UnknownImportList):
        await scene.run(list_ids=[uuid4()])


async def test_without_the_library_a_run_waits(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}")
    scene.library.away = True
    with pytest.raises(TryAgainLater):
        await scene.run()
    assert await scene.states(lists.id) == {OZMA: EntryState.NEW}


async def test_a_book_that_disappears_from_the_library_is_matched_and_wanted(a_scene: Callable[..., Scene]) -> None:
    scene = a_scene()
    scene.library.states[OZMA] = WorkState.OWNED
    lists = await scene.create()
    await scene.upload(lists.id, f"{OZMA} - {BAUM}")
    await scene.run()
    (owned,) = await scene.entries(lists.id)
    assert (owned.state, owned.work) == (EntryState.OWNED, None)
    assert owned.book_id is not None
    scene.library.states.clear()
    await scene.run()
    assert await scene.states(lists.id) == {OZMA: EntryState.WANTED}


@pytest.fixture
def small(catalogues: Callable[..., Any], shipped: Callable[[str], Any]) -> Any:
    """The stand-ins with the small world, which has a list at Hardcover."""
    return catalogues(shipped("small"))


@pytest.fixture
def at_hardcover(database: Database, transaction: Transactions, clock: ManualClock, small: Any) -> Scene:
    return Scene(database, transaction, clock, small.registry, clients=small.clients)


LIST = {"kind": "hardcover_list", "address": "https://hardcover.app/@reader/lists/to-listen"}


async def test_a_list_at_a_site_is_read_and_matched(at_hardcover: Scene) -> None:
    at_hardcover.library.states["The Time Machine"] = WorkState.OWNED
    lists = await at_hardcover.create(**LIST)
    end = await at_hardcover.run()
    states = await at_hardcover.states(lists.id)
    assert states["The Time Machine"] is EntryState.OWNED
    assert states["The White Company"] is EntryState.WANTED
    assert states["Queen Zixi of Ix"] is EntryState.LEFT_OUT
    assert "The White Company" in at_hardcover.library.missing
    assert end.problems == []
    assert (await at_hardcover.shown(lists.id)).problem is None


@pytest.mark.parametrize("kind", ["away", "html", "empty", "no_list_scope"])
async def test_a_list_that_cannot_be_read_removes_nothing_and_says_why(
    at_hardcover: Scene, small: Any, kind: str
) -> None:
    lists = await at_hardcover.create(**LIST, removed_entries="withdraw")
    await at_hardcover.run()
    before = await at_hardcover.entries(lists.id)
    small.hardcover.outcomes.switch_on(Outcome(kind=kind))
    end = await at_hardcover.run()
    assert (end.outcome, end.tally.failed) == ("failed", 1)
    assert end.problems[0].startswith("To read: ")
    assert await at_hardcover.entries(lists.id) == before
    assert at_hardcover.library.withdrawals == []
    assert (await at_hardcover.shown(lists.id)).problem
    small.hardcover.outcomes.clear()
    await at_hardcover.run()
    assert (await at_hardcover.shown(lists.id)).problem is None


async def test_a_list_that_comes_back_empty_removes_nothing(
    database: Database, transaction: Transactions, clock: ManualClock, catalogues: Callable[..., Any]
) -> None:
    shelf = ReadingList(site="hardcover", user="reader", name="to-listen", books=["8"])
    full = catalogues(a_world(providers={"hardcover": HARDCOVER}, reading_lists=[shelf]))
    scene = Scene(database, transaction, clock, full.registry, clients=full.clients)
    lists = await scene.create(**LIST, removed_entries="withdraw")
    await scene.run()
    empty = shelf.model_copy(update={"books": []})
    gone = catalogues(a_world(providers={"hardcover": HARDCOVER}, reading_lists=[empty]))
    later = Scene(database, transaction, clock, gone.registry, clients=gone.clients)
    await later.run()
    assert len(await later.entries(lists.id)) == 1
    shown = await later.shown(lists.id)
    assert (shown.removed, shown.problem) == (0, "the list is empty: its entries stay as they are")
