"""Reads and writes of items at the same time become few requests, and each has its own result."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from library_builders import TOKEN, LibraryAtStandIn, a_book, a_world, the_library
from library_scanner.adapters.audiobookshelf.batches import BatchedItems, Gathering
from library_scanner.adapters.audiobookshelf.pace import Pace
from library_scanner.adapters.audiobookshelf.parsing import batch_payload
from library_scanner.domain.field_writes import UnwritableValue
from sandbox.audiobookshelf.edits import edit
from sandbox.audiobookshelf.shelf import Shelf
from sandbox.journal import Journal
from sandbox.outcomes import Failure, Outcome
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteUnavailable
from shared.contracts.library.field_values import FIELDS

from sandbox import audiobookshelf

BOOKS = 6


class Scene:
    """A server with six items, and what was sent to it."""

    def __init__(self, folder: Path) -> None:
        books = [a_book(number) for number in range(1, BOOKS + 1)]
        self.stand_in = audiobookshelf.create(a_world(*books), library_folder=folder, token=TOKEN)
        self.library: LibraryAtStandIn = the_library(self.stand_in)
        self.items = BatchedItems(self.library)

    async def ids(self) -> list[str]:
        (library,) = await self.library.libraries()
        found = [mark.abs_id async for page in self.library.marks(library.id) for mark in page]
        self.stand_in.outcomes.requests.clear()
        return found

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Method and last part of the path of each request."""
        return [(each.method, each.path.rpartition("/")[2]) for each in self.stand_in.outcomes.requests]


@pytest.fixture
def scene(library_folder: Path) -> Scene:
    return Scene(library_folder)


async def test_writes_at_the_same_time_are_one_request_and_are_read_back(scene: Scene) -> None:
    first, *others = await scene.ids()
    under_way = asyncio.create_task(scene.items.write(first, {"publisher": "Reilly 0"}))
    await asyncio.sleep(0)
    found = await asyncio.gather(
        *(scene.items.write(each, {"publisher": f"Reilly {number}"}) for number, each in enumerate(others, 1))
    )
    assert (await under_way).publisher == "Reilly 0"
    assert [(each.abs_id, each.publisher) for each in found] == [
        (each, f"Reilly {number}") for number, each in enumerate(others, 1)
    ]
    assert scene.sent == [("PATCH", "media"), ("POST", "update"), ("POST", "get")]


async def test_reads_at_the_same_time_are_one_request_and_an_unknown_item_is_none(scene: Scene) -> None:
    ids = await scene.ids()
    found = await asyncio.gather(*(scene.items.item(each) for each in [*ids, "unknown"]))
    assert [each and each.abs_id for each in found] == [*ids, None]
    assert scene.sent == [("POST", "get")]
    assert await scene.items.item(ids[0]) == found[0]
    assert scene.sent[1:] == [("GET", ids[0])]


async def test_two_writes_of_one_item_follow_each_other(scene: Scene) -> None:
    first, other, _, *_ = await scene.ids()
    writes = [(first, "A"), (other, "B"), (other, "C"), (other, "D")]
    found = await asyncio.gather(*(scene.items.write(each, {"publisher": text}) for each, text in writes))
    assert [each.publisher for each in found] == ["A", "B", "C", "D"]
    assert scene.sent == [("POST", "update"), ("POST", "get"), ("PATCH", "media"), ("PATCH", "media")]


async def test_an_item_that_is_gone_does_not_prevent_the_other_writes(scene: Scene) -> None:
    ids = await scene.ids()
    await scene.library.remote.request("DELETE", f"api/items/{ids[2]}")
    found = await asyncio.gather(
        *(scene.items.write(each, {"publisher": "Reilly"}) for each in ids), return_exceptions=True
    )
    assert isinstance(found.pop(2), RemoteAnsweredNonsense)
    assert [getattr(each, "publisher", each) for each in found] == ["Reilly"] * (BOOKS - 1)


async def test_every_write_fails_while_the_server_is_unavailable(scene: Scene) -> None:
    ids = await scene.ids()
    scene.stand_in.outcomes.switch_on(Outcome(kind=Failure.AWAY, path="*/items/*"))
    found = await asyncio.gather(
        *(scene.items.write(each, {"publisher": "Reilly"}) for each in ids), return_exceptions=True
    )
    assert [type(each) for each in found] == [RemoteUnavailable] * BOOKS


async def test_a_value_that_must_not_be_sent_is_refused_alone(scene: Scene) -> None:
    first, other, *_ = await scene.ids()
    refused, written = await asyncio.gather(
        scene.items.write(first, {"title": " "}), scene.items.write(other, {"title": "Ozma"}), return_exceptions=True
    )
    assert isinstance(refused, UnwritableValue)
    assert getattr(written, "title", written) == "Ozma"


async def test_who_is_cancelled_while_waiting_is_not_sent() -> None:
    requests: list[list[str]] = []
    go_on = asyncio.Event()

    async def send(wanted: Mapping[str, int]) -> Mapping[str, int | RemoteError]:
        requests.append(list(wanted))
        await go_on.wait()
        return wanted

    gathering = Gathering[int, int](send, at_most=2)
    tasks = [asyncio.create_task(gathering(name, number)) for number, name in enumerate("abcde")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[2].cancel()
    go_on.set()
    assert await asyncio.gather(*tasks[:2], *tasks[3:]) == [0, 1, 3, 4]
    assert requests == [["a", "b"], ["d", "e"]]


async def test_closing_ends_the_request_that_is_under_way_and_those_that_wait() -> None:
    async def send(wanted: Mapping[str, int]) -> Mapping[str, int | RemoteError]:
        await asyncio.sleep(60)
        return wanted

    gathering = Gathering[int, int](send, at_most=1)
    tasks = [asyncio.create_task(gathering(name, 0)) for name in "ab"]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await gathering.aclose()
    assert [type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)] == [asyncio.CancelledError] * 2


async def test_requests_that_change_items_are_spaced(scene: Scene) -> None:
    paced = the_library(scene.stand_in, pace=Pace(0.05))
    now = asyncio.get_running_loop().time
    ids = await scene.ids()
    began = now()
    for each in ids[:3]:
        await paced.write(each, {"publisher": "Reilly"})
    assert now() - began >= 0.1


VALUES = some.dictionaries(
    some.sampled_from(FIELDS),
    some.one_of(
        some.none(), some.booleans(), some.text(max_size=9), some.lists(some.one_of(some.none(), some.text(max_size=9)))
    ),
    max_size=4,
)


@given(some.lists(VALUES, min_size=1, max_size=4))
def test_no_update_of_several_items_crashes_audiobookshelf(values: list[dict]) -> None:  # type: ignore[type-arg]  # any values
    shelf = Shelf(a_world(*(a_book(number) for number in range(1, 5))), Path("/library"), Journal(None))
    try:
        payload = batch_payload(dict(zip(shelf.items, values, strict=False)))
    except UnwritableValue:
        return
    assert len({each["id"] for each in payload}) == len(payload) == len(values)
    for each in payload:
        assert isinstance(each["mediaPayload"]["metadata"], dict)
        edit(shelf, shelf.items[each["id"]], each["mediaPayload"])
