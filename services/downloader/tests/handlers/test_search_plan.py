"""A dry run reports what a run would do and changes nothing; the run then does exactly that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from downloader.adapters.postgres.tables import METADATA
from downloader.handlers.search_wanted import SearchWantedHandler
from downloader.workflow.search_plan import SearchPlanner
from sandbox.outcomes import Outcome
from sandbox.testing import an_offer
from shared.chassis.errors import RemoteUnavailable
from shared.contracts.downloads.commands import MonitorDownloads, RetryFailedDownloads, SearchForDownload, SearchWanted
from shared.contracts.downloads.downloads import Download, DownloadStatus, ErrorType, ListDownloads
from shared.contracts.runs import Plan, PlannedAction, RunCancelled, RunFinished, RunOutcome
from shared.contracts.values import Indexer
from sqlalchemy import select

from .conftest import DEAD, GOOD, Bench

Make = Callable[..., Any]
AWAY = RemoteUnavailable("MyAnonamouse", "no answer in time")
TITLES = ("Ozma of Oz", "The Emerald City of Oz", "The Road to Oz", "Tik-Tok of Oz")


async def everything(bench: Bench) -> dict[str, list[str]]:
    """Every row of every table except the outbox."""
    async with bench.transaction() as tx:
        tables = [table for table in METADATA.sorted_tables if table.name != "outbox"]
        return {table.name: sorted(map(str, await tx.session.execute(select(table)))) for table in tables}


async def planned(bench: Bench, handler: Any, command: Any) -> tuple[Plan, RunFinished]:
    """The plan of a dry run. Nothing else is sent or stored."""
    before, said = await everything(bench), len(await bench.sent_subjects())
    await handler(command)

    assert await everything(bench) == before
    assert {each.split(".")[1] for each in (await bench.sent_subjects())[said:]} == {"runs"}
    finished = (await bench.sent(RunFinished))[-1]
    assert finished.run_id == command.run_id
    return Plan.model_validate(finished.details["plan"]), finished


async def plan_of_search(bench: Bench) -> tuple[Plan, RunFinished]:
    return await planned(bench, bench.search_wanted.search_wanted, SearchWanted(run_id=uuid4(), dry_run=True))


def by_kind(plan: Plan, kind: str) -> list[PlannedAction]:
    return [each for each in plan.actions if each.kind == kind]


async def downloads(bench: Bench) -> dict[str, Download]:
    return {each.title: each for each in (await bench.list_downloads.list_downloads(ListDownloads())).items}


@pytest.fixture
def four_wanted(bench: Bench, a_missing_book: Make, a_release: Make) -> None:
    """Four missing books, by rising priority. MyAnonamouse has three of them, one with two torrents."""
    bench.library.missing = [
        a_missing_book(title=title, sequence=None, series=None, priority=place) for place, title in enumerate(TITLES)
    ]
    offers: list[dict[str, Any]] = [
        *({"id": f"9000{place}", "title": title} for place, title in enumerate(TITLES[:3])),
        {"id": "90010", "title": TITLES[1], "seeders": 2},
    ]
    bench.mam.releases = [a_release(**each, series=[]) for each in offers]
    bench.mam.torrents = {each["id"]: an_offer(id=each["id"], title=each["title"]) for each in offers}


@pytest.mark.parametrize("free_slots", [1, 2, 50])
async def test_a_search_grabs_exactly_what_its_dry_run_planned(
    bench: Bench, four_wanted: None, free_slots: int
) -> None:
    bench.account.slots = free_slots
    plan, _ = await plan_of_search(bench)
    await bench.search_wanted.search_wanted(SearchWanted(run_id=uuid4()))
    await bench.deliver()

    found = await downloads(bench)
    grabbed = {title: each.release_id for title, each in found.items() if each.release_id is not None}
    planned = {each.what.partition(" by ")[0]: each.words.partition("(MAM ")[2][:5] for each in by_kind(plan, "grab")}
    assert planned == grabbed
    assert len(grabbed) == plan.slots == min(free_slots, 3)
    assert plan.size_bytes == 144_000_000 * len(grabbed)
    statuses = [found[title].status for title in TITLES]
    assert plan.counts == {
        "queue": 4,
        "grab": len(grabbed),
        "try_later": statuses.count(DownloadStatus.FAILED),
    } | ({"wait": waiting} if (waiting := statuses.count(DownloadStatus.QUEUED)) else {})


async def test_a_dry_run_plans_neither_a_release_nor_disk_space_twice(
    bench: Bench, four_wanted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def room_for_two() -> int:
        return int(2.5 * 144_000_000)

    monkeypatch.setattr(bench.context_loader, "free_bytes", room_for_two)
    plan, _ = await plan_of_search(bench)

    assert (plan.counts["grab"], plan.counts["wait"]) == (2, 1)
    assert "GiB free" in by_kind(plan, "wait")[0].words


async def test_a_dry_run_sends_as_many_queries_as_a_search(bench: Bench, four_wanted: None) -> None:
    await plan_of_search(bench)
    requests = (bench.mam.searches, bench.prowlarr.searches, bench.mam.fetches)
    await bench.search_wanted.search_wanted(SearchWanted())
    await bench.deliver()

    assert requests == (4, 1, 0)
    assert (bench.mam.searches, bench.prowlarr.searches) == (8, 2)


async def test_no_more_books_are_searched_than_a_plan_can_list(bench: Bench, four_wanted: None) -> None:
    few = SearchPlanner(bench.transaction, bench.indexer_search, bench.pack_search, bench.clock, max_books=3)
    search_wanted = SearchWantedHandler(bench.transaction, bench.library, few, bench.clock)
    plan, finished = await planned(bench, search_wanted.search_wanted, SearchWanted(run_id=uuid4(), dry_run=True))

    assert (bench.mam.searches, finished.tally.expected, plan.counts["queue"]) == (3, 3, 3)
    assert plan.notes[-1] == "1 more books would be searched after these 3."


async def test_a_book_that_needs_a_person_is_planned_to_wait(bench: Bench, four_wanted: None) -> None:
    bench.context_loader.limits = type(bench.limits)(min_free_disk_bytes=0)
    plan, _ = await plan_of_search(bench)

    assert (plan.counts["wait"], plan.slots, plan.size_bytes) == (3, 0, 0)
    assert all("waiting for approval" in each.words for each in by_kind(plan, "wait"))


async def test_an_unavailable_indexer_is_in_the_plan_and_in_the_problems(
    bench: Bench, a_missing_book: Make, a_release: Make
) -> None:
    bench.library.missing = [a_missing_book(), a_missing_book(title="Ozma of Oz")]
    bench.mam.error = AWAY
    bench.prowlarr.releases = [a_release(id="1:x", indexer=Indexer.PROWLARR, indexer_name="AudioTracker")]
    plan, finished = await plan_of_search(bench)

    assert (plan.counts["grab"], plan.counts["put_off"], plan.slots) == (1, 1, 0)
    assert finished.problems == ["Ozma of Oz: MyAnonamouse: no answer in time"]
    assert (finished.outcome, finished.tally.failed) == (RunOutcome.COMPLETED, 1)


async def test_only_downloads_that_a_search_would_handle_are_planned(
    bench: Bench, a_missing_book: Make, stored: Make
) -> None:
    due, waits, running = (a_missing_book(title=title) for title in TITLES[:3])
    await stored(due, searched_at=bench.clock.now())
    later = {"status": DownloadStatus.FAILED, "error_type": ErrorType.NO_RELEASE}
    bench.clock.forward(days=1)
    await stored(waits, **later, next_retry_at=bench.clock.now().replace(year=2027))
    await stored(running, status=DownloadStatus.DOWNLOADING, info_hash="a" * 40)
    bench.library.missing = [due, waits, running]
    plan, finished = await plan_of_search(bench)

    assert [each.what for each in plan.actions] == [f"{due.title} by L. Frank Baum"]
    assert finished.tally.expected == 1


async def test_the_last_retry_is_planned_as_an_abandonment(bench: Bench, a_missing_book: Make, stored: Make) -> None:
    book = a_missing_book()
    await stored(book, offer_failures=3)
    bench.library.missing = [book]
    plan, _ = await plan_of_search(bench)

    assert [each.kind for each in plan.actions] == ["abandon"]


async def test_a_cancelled_dry_run_searches_no_further_book(bench: Bench, four_wanted: None) -> None:
    run_id = uuid4()
    async with bench.transaction() as tx:
        await tx.runs.cancel(RunCancelled(run_id=run_id, task="wanted_search").run_id)
    await bench.search_wanted.search_wanted(SearchWanted(run_id=run_id, dry_run=True))

    assert bench.mam.searches == 0


@pytest.fixture
async def downloading(bench: Bench, wanted: Make) -> Callable[..., Any]:
    async def start(*offers: Any) -> UUID:
        download_id: UUID = await wanted(*offers)
        await bench.search_for_download.search(SearchForDownload(download_id=download_id))
        await bench.deliver()
        return download_id

    return start


async def plan_of_monitoring(bench: Bench) -> Plan:
    plan, _ = await planned(bench, bench.monitor_downloads.monitor, MonitorDownloads(run_id=uuid4(), dry_run=True))
    return plan


async def test_a_sync_with_the_client_imports_what_its_dry_run_planned(bench: Bench, downloading: Make) -> None:
    download_id = await downloading(GOOD)
    bench.seconds.now += 60
    plan = await plan_of_monitoring(bench)
    await bench.monitor_downloads.monitor(MonitorDownloads())

    assert [(each.kind, each.what) for each in plan.actions] == [("import", "The Marvelous Land of Oz")]
    assert (await bench.download(download_id)).status is DownloadStatus.COMPLETED


async def test_a_dry_run_does_not_remove_a_dead_torrent_from_the_client(bench: Bench, downloading: Make) -> None:
    download_id = await downloading(DEAD)
    info_hash = (await bench.download(download_id)).info_hash or ""
    bench.seconds.now += 60
    await bench.monitored(hours=1)
    bench.clock.forward(hours=24)
    plan = await plan_of_monitoring(bench)

    assert [each.kind for each in plan.actions] == ["block_release", "remove_torrent"]
    assert await bench.client.find([info_hash]) is not None


async def test_missing_files_are_planned_as_a_retry(bench: Bench, downloading: Make) -> None:
    await downloading(DEAD)
    bench.server.outcomes.switch_on(Outcome(kind="missingFiles"))
    plan = await plan_of_monitoring(bench)

    assert [(each.kind, each.words) for each in plan.actions] == [
        ("try_later", "the torrent's files are missing on the disk; they are downloaded again")
    ]


async def test_a_dry_run_of_retries_lists_each_and_sends_none(
    bench: Bench, stored: Make, a_missing_book: Make, a_release: Make
) -> None:
    due = {"next_retry_at": bench.clock.now(), "status": DownloadStatus.FAILED}
    chosen = {"release": a_release(), "choice_id": uuid4(), "info_hash": "a" * 40}
    await stored(a_missing_book(title=TITLES[0]), **due, error="nothing on offer")
    await stored(
        a_missing_book(title=TITLES[1]), **due, **chosen, error="qBittorrent is away", error_type=ErrorType.CLIENT
    )
    await stored(a_missing_book(title=TITLES[2]), status=DownloadStatus.QUEUED, next_retry_at=bench.clock.now())
    await stored(a_missing_book(title=TITLES[3]))
    plan, _ = await planned(
        bench,
        bench.retry_failed_downloads.retry_failed,
        RetryFailedDownloads(run_id=uuid4(), dry_run=True, at_once=True),
    )

    assert {each.what: each.kind for each in plan.actions} == {
        TITLES[0]: "search_again",
        TITLES[1]: "grab_again",
        TITLES[2]: "search_again",
    }
    assert {each.what: each.words for each in plan.actions}[TITLES[0]] == "failed: nothing on offer"
