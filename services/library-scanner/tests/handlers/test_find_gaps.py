"""Runs that request bibliographies, and their dry runs."""

from uuid import uuid4

import pytest
from gap_scene import TITLES, Scene, in_oz
from library_builders import an_item, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.missing_books import (
    MissingBookIdentified,
)
from shared.contracts.library.series import FindSeriesGaps
from shared.contracts.metadata.bibliographies import BibliographyOf, CollectBibliography
from shared.contracts.runs import Plan, RunFinished, RunOutcome
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def test_the_bibliography_of_each_series_with_enough_books_is_requested_in_one_run(scene: Scene) -> None:
    await scene.owns(1, 2, asin="B0OZ000001")
    run_id = uuid4()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id))
    request = await sent_messages(scene.database, CollectBibliography)
    assert [(one.name, one.authors, one.known_asins, one.known_titles) for one in request] == [
        ("Oz", ["L. Frank Baum"], ["B0OZ000001"], sorted(TITLES[:2]))
    ]
    await scene.compare_series(in_oz(1), in_oz(2), run_id=run_id)
    finished = await sent_messages(scene.database, RunFinished)
    assert [(one.outcome, one.tally.succeeded) for one in finished] == [(RunOutcome.COMPLETED, 1)]


async def test_a_series_with_one_book_is_skipped_and_the_run_finishes_immediately(scene: Scene) -> None:
    await scene.owns(1)
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4()))
    assert await sent_messages(scene.database, CollectBibliography) == []
    assert [one.outcome for one in await sent_messages(scene.database, RunFinished)] == [RunOutcome.COMPLETED]


async def test_a_series_has_gaps_if_the_catalogue_places_another_owned_book_in_it(scene: Scene) -> None:
    await scene.owns(1)
    stray = an_item(abs_id="stray", title="Ozma of Oz", path="Ozma", series=())
    async with scene.transaction() as tx:
        await sync_items(tx, [stray], scene.clock, read_at=scene.clock.now())
        await tx.counts.update()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4()))
    assert [(one.name, one.least_owned) for one in await sent_messages(scene.database, CollectBibliography)] == [
        ("Oz", 2)
    ]

    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), least_owned=2)
    assert [one.title for one in await scene.missing()] == ["The Marvelous Land of Oz"]


async def test_the_bibliographies_of_frequent_authors_are_requested(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    request = await sent_messages(scene.database, CollectBibliography)
    assert [(one.of, one.name, one.authors) for one in request] == [(BibliographyOf.AUTHOR, "L. Frank Baum", [])]


async def test_books_with_the_initials_of_an_author_count_for_the_author(scene: Scene) -> None:
    await scene.owns(1, authors=("Lyman Baum",))
    await scene.owns(2, authors=("L. Baum",))
    await scene.owns(3, authors=("Baum",))
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    assert [one.name for one in await sent_messages(scene.database, CollectBibliography)] == ["Lyman Baum"]


async def test_initials_that_match_two_authors_count_for_neither(scene: Scene) -> None:
    await scene.owns(1, authors=("Lyman Baum",))
    await scene.owns(2, authors=("Lucy Baum",))
    await scene.owns(3, 4, authors=("L. Baum",))
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    assert await sent_messages(scene.database, CollectBibliography) == []


async def test_a_dry_run_with_nothing_to_compare_has_an_empty_plan(scene: Scene) -> None:
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4(), dry_run=True))
    [finished] = await sent_messages(scene.database, RunFinished)
    assert Plan.model_validate(finished.details["plan"]) == Plan()


async def test_a_dry_run_reports_its_plan_if_its_last_series_is_no_longer_followed(scene: Scene) -> None:
    await scene.owns(1, 2)
    run_id = uuid4()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id, dry_run=True))
    await scene.follow_series("none")
    await scene.compare_series(in_oz(3), run_id=run_id)
    [finished] = await sent_messages(scene.database, RunFinished)
    assert Plan.model_validate(finished.details["plan"]) == Plan()


async def test_a_dry_run_reports_the_gaps_and_stores_none(scene: Scene) -> None:
    await scene.owns(1, 2)
    run_id = uuid4()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id, dry_run=True))
    scene.clock.ticks = True
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), run_id=run_id)
    [finished] = await sent_messages(scene.database, RunFinished)
    assert finished.details["plan"]["counts"] == {"identify_gap": 1}
    assert finished.details["plan"]["actions"][0]["what"] == "Ozma of Oz by L. Frank Baum"
    assert await sent_messages(scene.database, MissingBookIdentified) == []
    assert await scene.missing() == []
    assert (await scene.series()).last_checked_at is None

    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4()))
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert [f"{each.title} by L. Frank Baum" for each in await scene.missing()] == [
        each["what"] for each in finished.details["plan"]["actions"]
    ]
