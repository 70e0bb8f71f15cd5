"""Gaps of series and authors, from bibliographies as the providers return them."""

from uuid import uuid4

import pytest
from gap_scene import Scene, in_oz
from library_builders import a_work, sent_messages
from library_scanner.domain.transaction import Transactions
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.workflow.current_index import CurrentIndex
from shared.chassis.database import Database
from shared.contracts.library.missing_books import (
    MissingBookClosed,
    MissingBookIdentified,
)
from shared.contracts.library.series import CompletionStatus, FindSeriesGaps
from shared.contracts.metadata.bibliographies import CataloguedWork
from shared.contracts.runs import RunFinished, RunOutcome
from shared.contracts.values import MissingReason, MissingStatus, SeriesPlace
from shared.testing.clocks import ManualClock


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: ManualClock) -> Scene:
    return Scene(database, transaction, clock)


async def test_a_series_with_too_few_owned_works_has_no_gaps(scene: Scene) -> None:
    await scene.owns(1)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), least_owned=2)
    assert await scene.missing() == []


async def test_a_missing_book_has_the_title_of_its_audiobook(scene: Scene) -> None:
    await scene.owns(1, 2)
    third = [SeriesPlace(name="Oz", sequence="3")]
    printed = a_work("Princess Ozma", series=third, published_year=1907, is_audio=False)
    await scene.compare_series(
        in_oz(1), in_oz(2), printed, a_work("The Deadly Desert", series=third, published_year=2010)
    )
    assert [one.title for one in await scene.missing()] == ["The Deadly Desert"]


async def test_volumes_with_one_title_and_different_subtitles_are_missing_books_of_their_own(scene: Scene) -> None:
    await scene.owns(1, 2)

    def volume(place: str, subtitle: str) -> CataloguedWork:
        series = [SeriesPlace(name="Oz", sequence=place)]
        return a_work("The Emerald Road", id=f"AUDIBLE:{place}", subtitle=subtitle, series=series)

    volumes = [volume("5", "The Dark Night"), volume("6", "The Bright Day")]
    for _ in range(2):
        await scene.compare_series(in_oz(1), in_oz(2), *volumes)
        await scene.compare_author(in_oz(1), in_oz(2), *volumes)
        missing = await scene.missing()
        assert sorted((each.sequence, each.subtitle) for each in missing) == [
            ("5", "The Dark Night"), ("6", "The Bright Day"),
        ]  # fmt: skip


async def test_a_work_that_is_not_owned_becomes_a_missing_book_with_evidence(scene: Scene) -> None:
    await scene.owns(1, 2)
    paper = in_oz(3, id="HARDCOVER:3", provider="HARDCOVER", is_audio=None, isbn="9780000000019", duration_minutes=None)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3, asin="B0OZ000003"), paper)
    (missing,) = await scene.missing()
    assert (missing.title, missing.authors, missing.series, missing.sequence) == (
        "Ozma of Oz", ["L. Frank Baum"], "Oz", "3",
    )  # fmt: skip
    assert (missing.reason, missing.status) == (MissingReason.SERIES_GAP, MissingStatus.IDENTIFIED)
    assert (missing.asin, missing.duration_minutes, missing.duration_choices) == ("B0OZ000003", 300, [300])
    assert missing.source == "AUDIBLE, HARDCOVER"
    assert any(reason.rule == "audio edition" for reason in missing.evidence)
    series = await scene.series()
    assert (series.owned, series.missing, series.total, series.completion_status) == (
        2, 1, 3, CompletionStatus.PARTIAL,
    )  # fmt: skip
    assert [one.missing_book.id for one in await sent_messages(scene.database, MissingBookIdentified)] == [missing.id]


async def test_a_bibliography_delivered_twice_changes_nothing(scene: Scene) -> None:
    await scene.owns(1, 2)
    for _ in range(2):
        await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert len(await scene.missing()) == 1
    assert len(await sent_messages(scene.database, MissingBookIdentified)) == 1


async def test_a_work_without_an_audiobook_edition_is_not_missing(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3, is_audio=False), in_oz(4, is_audio=None))
    assert await scene.missing() == []


async def test_a_gap_of_an_author_and_a_series_is_one_missing_book_of_the_series(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_author(in_oz(1), in_oz(2), in_oz(3))
    assert [one.reason for one in await scene.missing()] == [MissingReason.AUTHOR_GAP]
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3, id="HARDCOVER:3", provider="HARDCOVER"))
    await scene.compare_author(in_oz(1), in_oz(2), in_oz(3))
    assert [(one.reason, one.series_id) for one in await scene.missing()] == [
        (MissingReason.SERIES_GAP, (await scene.series()).id)
    ]
    assert ((await scene.author()).missing, (await scene.series()).missing) == (1, 1)


async def test_no_gap_is_closed_while_a_provider_of_its_evidence_fails(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3, id="AUDIBLE:3"))
    omnibus = in_oz(3, id="AUDIBLE:3").model_copy(update={"language": "German"})
    other = in_oz(1, id="HARDCOVER:1", provider="HARDCOVER")
    await scene.compare_series(omnibus, other, answered=["hardcover"], failures={"audible": "no answer in time"})
    assert [one.status for one in await scene.missing()] == [MissingStatus.IDENTIFIED]
    assert "audible: no answer in time" in ((await scene.series()).last_check_problem or "")
    await scene.compare_series(omnibus, other)
    assert [one.status for one in await scene.missing()] == [MissingStatus.IGNORED]
    closed = await sent_messages(scene.database, MissingBookClosed)
    assert [(one.book_id, "German" in one.why) for one in closed] == [(None, True)]


async def test_a_bibliography_without_any_answer_fails_and_closes_no_gap(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3))
    run_id = uuid4()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id))
    await scene.compare_series(answered=[], failures={"audible": "away"}, run_id=run_id)
    assert [one.status for one in await scene.missing()] == [MissingStatus.IDENTIFIED]
    (finished,) = await sent_messages(scene.database, RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "audible: away" in finished.problems[0]


async def test_a_missing_book_is_closed_when_the_book_appears(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.owns(3)
    (missing,) = await scene.missing()
    assert missing.status is MissingStatus.COMPLETED
    assert missing.book_id is not None
    assert [one.book_id for one in await sent_messages(scene.database, MissingBookClosed)] == [missing.book_id]
    assert ((await scene.series()).owned, (await scene.series()).missing) == (3, 0)


async def test_no_more_gaps_than_the_limit_are_stored_and_stored_ones_remain(scene: Scene) -> None:
    scene.compare_bibliography = BibliographyCollectedHandler(
        scene.transaction,
        scene.clock,
        CurrentIndex(scene.transaction),
        languages=("en",),
        series_max_missing=1,
        author_max_missing=1,
    )
    await scene.owns(1)
    await scene.compare_series(in_oz(1), in_oz(3), in_oz(4))
    assert [one.title for one in await scene.missing()] == ["Ozma of Oz"]
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    assert [(one.title, one.status) for one in await scene.missing(sort="title")] == [
        ("The Marvelous Land of Oz", MissingStatus.IDENTIFIED),
        ("Ozma of Oz", MissingStatus.IDENTIFIED),
    ]
