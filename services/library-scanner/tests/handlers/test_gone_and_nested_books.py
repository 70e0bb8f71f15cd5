"""Books that are gone from the library await a decision; books within another item are owned."""

from typing import Any

import pytest
from gap_scene import TITLES, Scene, in_oz
from library_builders import an_item, sent_messages
from library_scanner.domain.item import AudioFile
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.update_missing_book import UpdateMissingBookHandler
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.books import ListBooks
from shared.contracts.library.missing_books import (
    MissingBookIdentified,
    MissingBookUpdate,
    OwnedBookGone,
    UpdateMissingBook,
)
from shared.contracts.values import MissingStatus, SeriesPlace
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def archive(scene: Scene, *places: int) -> None:
    """Archive these books, as a scan does when Audiobookshelf no longer has them."""
    scene.clock.forward(seconds=1)
    async with scene.transaction() as tx:
        known = await tx.books.by_abs_ids([f"item-{place}" for place in places])
        await tx.books.archive([stored.book.id for stored in known.values()], scene.clock.now())
        await tx.counts.update()


async def test_an_owned_book_that_is_gone_awaits_a_decision_and_is_not_a_gap(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await archive(scene, 3)
    for _ in range(2):
        await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    assert [one.title for one in await scene.missing(status=[MissingStatus.IDENTIFIED])] == [TITLES[3]]
    (missing,) = await scene.missing(status=[MissingStatus.WAS_OWNED])
    assert (missing.title, missing.evidence[-1].rule) == (TITLES[2], "was owned")
    assert [one.missing_book.title for one in await sent_messages(scene.database, MissingBookIdentified)] == [TITLES[3]]
    assert [one.missing_book.id for one in await sent_messages(scene.database, OwnedBookGone)] == [missing.id]
    assert (await scene.series()).missing == 1


async def test_a_gone_book_of_an_author_awaits_a_decision_too(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await archive(scene, 3)
    await scene.compare_author(in_oz(1), in_oz(2), in_oz(3))
    assert [(one.title, one.status) for one in await scene.missing()] == [(TITLES[2], MissingStatus.WAS_OWNED)]


@pytest.mark.parametrize(
    ("answer", "after"), [("identified", MissingStatus.IDENTIFIED), ("ignored", MissingStatus.IGNORED)]
)
async def test_the_decision_about_a_gone_book_is_kept(scene: Scene, answer: Any, after: MissingStatus) -> None:
    await scene.owns(1, 2, 3)
    await archive(scene, 3)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    (missing,) = await scene.missing()
    update = MissingBookUpdate(status=answer)
    await UpdateMissingBookHandler(scene.transaction, scene.clock).update(
        UpdateMissingBook(id=missing.id, update=update)
    )
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert [(one.id, one.status) for one in await scene.missing()] == [(missing.id, after)]
    assert len(await sent_messages(scene.database, OwnedBookGone)) == 1


async def test_a_gone_book_that_returns_needs_no_decision(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await archive(scene, 3)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.owns(3)
    assert [one.status for one in await scene.missing()] == [MissingStatus.COMPLETED]


async def test_an_imported_book_that_is_deleted_awaits_a_decision(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.owns(3)
    await archive(scene, 3)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert [one.status for one in await scene.missing()] == [MissingStatus.WAS_OWNED]


async def test_books_within_another_item_are_owned(scene: Scene) -> None:
    """Folders below a book belong to its item, and several files in an author's folder are one item."""
    hour = 3600.0
    flat = an_item(
        abs_id="flat",
        title=TITLES[0],
        path="L. Frank Baum/Oz",
        series=(SeriesPlace(name="Oz", sequence="1"),),
        files=(AudioFile("Wizard.mp3", 8 * hour), AudioFile(f"2 - {TITLES[1]}/01.mp3", 8 * hour)),
    )
    heap = an_item(
        abs_id="heap",
        title="L. Frank Baum",
        path="L. Frank Baum",
        authors=(),
        files=(AudioFile(f"03 - {TITLES[2]}.m4b", 8 * hour), AudioFile("The Sea Fairies.m4b", 8 * hour)),
    )
    async with scene.transaction() as tx:
        await sync_items(tx, [flat, heap], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()
    await scene.compare_series(*(in_oz(place) for place in (1, 2, 3, 4)))
    assert [one.title for one in await scene.missing()] == [TITLES[3]]
    books = (await scene.lists.list_books(ListBooks(sort="title"))).items
    assert [book.contents for book in books] == [
        [f"03 - {TITLES[2]}.m4b", "The Sea Fairies.m4b"], [f"2 - {TITLES[1]}/"],
    ]  # fmt: skip


async def test_a_gap_is_closed_if_its_book_is_within_another_item(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.owns(2, files=(AudioFile("Land.mp3", 30_000), AudioFile(f"3 - {TITLES[2]}/Ozma.mp3", 30_000)))
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert [one.status for one in await scene.missing()] == [MissingStatus.COMPLETED]
