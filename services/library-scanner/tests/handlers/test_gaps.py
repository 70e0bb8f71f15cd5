"""Gaps of series and authors, from bibliographies as the providers give them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from gap_scene import TITLES, Scene, in_oz
from library_builders import a_work, an_item, sent_messages
from library_scanner.domain.ports import Transactions
from library_scanner.handlers.compare_bibliography import BibliographyCollectedHandler
from library_scanner.workflow.sync_items import sync_items
from shared.chassis.database import Database
from shared.contracts.downloads.downloads import ErrorType
from shared.contracts.downloads.events import DownloadFailed, DownloadImported, DownloadWanted, ReleaseGrabbed
from shared.contracts.library.authors import FindAuthorGaps
from shared.contracts.library.missing_books import (
    MissingBookClosed,
    MissingBookIdentified,
)
from shared.contracts.library.series import CompletionStatus, FindSeriesGaps
from shared.contracts.metadata.bibliographies import BibliographyOf, CollectBibliography
from shared.contracts.runs import Plan, RunFinished, RunOutcome
from shared.contracts.values import Indexer, MissingReason, MissingStatus, SeriesPlace


@pytest.fixture
def scene(database: Database, transaction: Transactions, clock: Any) -> Scene:
    return Scene(database, transaction, clock)


async def test_each_series_with_enough_books_is_asked_for_within_one_run(scene: Scene) -> None:
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


async def test_a_series_with_one_book_is_not_asked_for_and_the_run_ends_at_once(scene: Scene) -> None:
    await scene.owns(1)
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4()))
    assert await sent_messages(scene.database, CollectBibliography) == []
    assert [one.outcome for one in await sent_messages(scene.database, RunFinished)] == [RunOutcome.COMPLETED]


async def test_a_series_has_gaps_when_the_catalogue_finds_another_of_its_books_owned(scene: Scene) -> None:
    await scene.owns(1)
    stray = an_item(abs_id="stray", title="Ozma of Oz", path="Ozma", series=())
    async with scene.transaction() as tx:
        await sync_items(tx, [stray], scene.clock)
        await tx.counts.renew()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4()))
    assert [(one.name, one.least_owned) for one in await sent_messages(scene.database, CollectBibliography)] == [
        ("Oz", 2)
    ]

    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), least_owned=2)
    assert [one.title for one in await scene.missing()] == ["The Marvelous Land of Oz"]


async def test_a_series_of_which_one_book_is_owned_after_all_has_no_gaps(scene: Scene) -> None:
    await scene.owns(1)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), least_owned=2)
    assert await scene.missing() == []


async def test_a_gap_goes_by_the_title_of_its_audiobook(scene: Scene) -> None:
    await scene.owns(1, 2)
    third = [SeriesPlace(name="Oz", sequence="3")]
    printed = a_work("Princess Ozma", series=third, published_year=1907, is_audio=False)
    await scene.compare_series(
        in_oz(1), in_oz(2), printed, a_work("The Deadly Desert", series=third, published_year=2010)
    )
    assert [one.title for one in await scene.missing()] == ["The Deadly Desert"]


async def test_frequent_authors_are_asked_for(scene: Scene) -> None:
    await scene.owns(1, 2, 3)
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    request = await sent_messages(scene.database, CollectBibliography)
    assert [(one.of, one.name, one.authors) for one in request] == [(BibliographyOf.AUTHOR, "L. Frank Baum", [])]


async def test_books_that_give_an_author_by_initials_count_as_theirs(scene: Scene) -> None:
    await scene.owns(1, authors=("Lyman Baum",))
    await scene.owns(2, authors=("L. Baum",))
    await scene.owns(3, authors=("Baum",))
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    assert [one.name for one in await sent_messages(scene.database, CollectBibliography)] == ["Lyman Baum"]


async def test_an_initial_that_fits_two_authors_counts_for_neither(scene: Scene) -> None:
    await scene.owns(1, authors=("Lyman Baum",))
    await scene.owns(2, authors=("Lucy Baum",))
    await scene.owns(3, 4, authors=("L. Baum",))
    await scene.find_gaps.find_author_gaps(FindAuthorGaps(run_id=uuid4()))
    assert await sent_messages(scene.database, CollectBibliography) == []


async def test_a_work_not_owned_becomes_a_missing_book_with_its_evidence(scene: Scene) -> None:
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


async def test_the_same_bibliography_heard_twice_changes_nothing(scene: Scene) -> None:
    await scene.owns(1, 2)
    for _ in range(2):
        await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    assert len(await scene.missing()) == 1
    assert len(await sent_messages(scene.database, MissingBookIdentified)) == 1


async def test_a_work_without_an_audiobook_edition_is_not_missing(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3, is_audio=False), in_oz(4, is_audio=None))
    assert await scene.missing() == []


async def test_the_gap_of_an_author_and_of_a_series_is_one_missing_book_and_the_series_wins(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_author(in_oz(1), in_oz(2), in_oz(3))
    assert [one.reason for one in await scene.missing()] == [MissingReason.AUTHOR_GAP]
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3, id="HARDCOVER:3", provider="HARDCOVER"))
    await scene.compare_author(in_oz(1), in_oz(2), in_oz(3))
    assert [(one.reason, one.series_id) for one in await scene.missing()] == [
        (MissingReason.SERIES_GAP, (await scene.series()).id)
    ]
    assert ((await scene.author()).missing, (await scene.series()).missing) == (1, 1)


async def test_a_provider_that_failed_after_it_gave_evidence_closes_nothing(scene: Scene) -> None:
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


async def test_no_provider_answering_is_a_failure_and_not_an_empty_list(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(3))
    run_id = uuid4()
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id))
    await scene.compare_series(answered=[], failures={"audible": "away"}, run_id=run_id)
    assert [one.status for one in await scene.missing()] == [MissingStatus.IDENTIFIED]
    (finished,) = await sent_messages(scene.database, RunFinished)
    assert finished.outcome is RunOutcome.FAILED
    assert "audible: away" in finished.problems[0]


async def test_a_missing_book_is_closed_with_the_book_that_turned_up(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    await scene.owns(3)
    (missing,) = await scene.missing()
    assert missing.status is MissingStatus.COMPLETED
    assert missing.book_id is not None
    assert [one.book_id for one in await sent_messages(scene.database, MissingBookClosed)] == [missing.book_id]
    assert ((await scene.series()).owned, (await scene.series()).missing) == (3, 0)


async def test_no_more_than_the_limit_is_told_and_what_was_told_stays(scene: Scene) -> None:
    scene.compare_bibliography = BibliographyCollectedHandler(
        scene.transaction, scene.clock, languages=("en",), series_max_missing=1, author_max_missing=1
    )
    await scene.owns(1)
    await scene.compare_series(in_oz(1), in_oz(3), in_oz(4))
    assert [one.title for one in await scene.missing()] == ["Ozma of Oz"]
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3), in_oz(4))
    assert [(one.title, one.status) for one in await scene.missing(sort="title")] == [
        ("Ozma of Oz", MissingStatus.IDENTIFIED),
        ("The Marvelous Land of Oz", MissingStatus.IDENTIFIED),
    ]


async def test_the_status_follows_the_download(scene: Scene) -> None:
    await scene.owns(1, 2)
    await scene.compare_series(in_oz(1), in_oz(2), in_oz(3))
    missing_id = (await scene.missing())[0].id
    seen = []
    for step in _steps(missing_id):
        await step(scene.download_events)
        seen.append((await scene.missing())[0].status)
    assert seen == [
        MissingStatus.QUEUED, MissingStatus.DOWNLOADING, MissingStatus.QUEUED, MissingStatus.FAILED,
        MissingStatus.DOWNLOADING, MissingStatus.COMPLETED,
    ]  # fmt: skip


def _steps(missing_id: UUID) -> list[Any]:
    ids = {"download_id": uuid4(), "missing_book_id": missing_id}
    grabbed = ReleaseGrabbed(**ids, indexer=Indexer.MAM, release_id="1", release_title="Ozma", info_hash="a" * 40)
    failed = DownloadFailed(**ids, error_type=ErrorType.NETWORK, reason="away")
    later = failed.model_copy(update={"next_retry_at": "2026-03-02T00:00:00Z"})
    return [
        lambda events: events.wanted(DownloadWanted(**ids)),
        lambda events: events.grabbed(grabbed),
        lambda events: events.failed(later),
        lambda events: events.failed(failed),
        lambda events: events.grabbed(grabbed),
        lambda events: events.imported(DownloadImported(**ids, book_id=uuid4())),
    ]


async def test_a_dry_run_without_anything_to_compare_plans_nothing(scene: Scene) -> None:
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=uuid4(), dry_run=True))
    [finished] = await sent_messages(scene.database, RunFinished)
    assert Plan.model_validate(finished.details["plan"]) == Plan()


async def test_a_dry_run_whose_last_series_nobody_watches_any_more_tells_its_plan(scene: Scene) -> None:
    await scene.owns(1, 2)
    run_id, series_id = uuid4(), (await scene.series()).id
    await scene.find_gaps.find_series_gaps(FindSeriesGaps(run_id=run_id, dry_run=True))
    async with scene.transaction() as tx:
        await tx.watchlist.monitor(series_id, False)
    await scene.compare_series(in_oz(3), run_id=run_id)
    [finished] = await sent_messages(scene.database, RunFinished)
    assert Plan.model_validate(finished.details["plan"]) == Plan()


async def test_a_dry_run_tells_the_gaps_it_would_find_and_keeps_none(scene: Scene) -> None:
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
