"""A crawl fetches each page once, continues where it stopped, and fetches again only what has changed."""

import asyncio
import dataclasses
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest
from crawls import RULES, Crawls, HttpPages
from mam_search.adapters.browser.process import BrowserOptions, BrowserProcess
from mam_search.adapters.postgres.page_tables import UnreadablePageRow
from mam_search.domain.ports import Page
from mam_search.domain.refusals import BrowserStopped, SessionRefused
from mam_search.handlers.crawl_guides import PAUSE_AFTER_FAILURE
from mam_search.handlers.crawler import CrawlerHandlers
from sandbox.mam import Mam
from sandbox.outcomes import Outcome
from sandbox.testing import a_world
from sandbox.world import Board, Post, SiteGuide, Topic
from sandbox.worldmaking.small import small_world
from shared.chassis.errors import RemoteError, RemoteUnavailable, TryAgainLater
from shared.contracts.mam.crawler import CrawlGuides, CrawlState, GetCrawler
from shared.contracts.mam.guides import GuideKind
from shared.contracts.mam.sessions import SessionKind, SessionState
from shared.contracts.runs import RunFinished, RunOutcome, RunProgressed, RunStarted
from sqlalchemy import select

LISTS = {"/guides/": 1, "/f/b/21/p/1": 1, "/f/b/34/p/1": 1}


def a_guide(number: int, html: str = "<h2>Ports</h2><p>Open one.</p>", **changes: object) -> SiteGuide:
    known = {"title": f"Guide {number}", "author": "Nib", "category": "Clients", "changed": "2026-01-01 10:00:00"}
    return SiteGuide.model_validate({"number": number, "html": html, **known, **changes})


def a_post(number: int, posted: str = "2026-02-01 10:00:00") -> Post:
    return Post(number=number, author="Nib", posted=posted, html=f"<p>Post {number}</p>")


@pytest.fixture
def guides() -> list[SiteGuide]:
    return [a_guide(11), a_guide(12, framed=True), a_guide(13)]


@pytest.fixture
async def crawls(database_url: str, guides: list[SiteGuide]) -> AsyncIterator[Crawls]:
    posts = [a_post(number, f"2026-01-0{number} 10:00:00") for number in range(2, 8)]
    help_topics = [Topic(number=501, title="Short", posts=[a_post(1)]), Topic(number=502, title="Long", posts=posts)]
    voices = Topic(number=601, title="Voices", posts=[a_post(90)])
    boards = [Board(number=21, name="Help", topics=help_topics), Board(number=34, name="Books", topics=[voices])]
    made = Crawls(a_world(guides=guides, boards=boards), database_url)
    yield made
    await made.aclose()


def fails(crawls: Crawls, kind: str, path: str = "*", **options: object) -> None:
    crawls.site.outcomes.switch_on(Outcome.model_validate({"kind": kind, "path": path, **options}))


async def test_a_crawl_stores_every_guide_and_topic_page_and_requests_each_page_once(crawls: Crawls) -> None:
    await crawls.run()
    requests = crawls.requests()
    assert set(requests.values()) == {1}
    assert {"/guides/frame.php?gid=12", "/f/t/502/p/2", "/f/b/34/p/1"} <= requests.keys()
    stored = await crawls.guides.find(None, None, limit=50, offset=0)
    assert sorted(each.address.removeprefix("http://mam") for each in stored.items) == [
        "/f/t/501/p/1", "/f/t/502/p/1", "/f/t/502/p/2", "/f/t/601/p/1",
        "/guides/?gid=11", "/guides/?gid=12", "/guides/?gid=13",
    ]  # fmt: skip


async def test_the_run_reports_its_progress_and_its_figures(crawls: Crawls) -> None:
    run_id = await crawls.run()
    (started,) = await crawls.events(RunStarted.subject)
    progress = [RunProgressed.model_validate_json(each) for each in await crawls.events(RunProgressed.subject)]
    (finished,) = [RunFinished.model_validate_json(each) for each in await crawls.events(RunFinished.subject)]
    assert json.loads(started)["run_id"] == str(run_id)
    assert [each.tally.processed for each in progress] == list(range(1, 11))
    assert "Guide 11" in [each.line for each in progress]
    assert (finished.outcome, finished.tally.succeeded) == (RunOutcome.COMPLETED, 10)
    assert finished.details == {"fetched": 10, "unchanged": 0, "failed": 0, "waiting": 0}


async def test_a_page_that_has_not_changed_is_not_fetched_again(crawls: Crawls) -> None:
    await crawls.run()
    crawls.requests()
    crawls.clock.forward(days=1)
    await crawls.run()
    assert crawls.requests() == LISTS
    assert (await crawls.crawler.status()).unchanged == 6


async def test_only_the_edited_guide_and_the_end_of_the_topic_with_a_new_post_are_fetched_again(crawls: Crawls) -> None:
    await crawls.run()
    crawls.requests()
    crawls.clock.forward(days=1)
    crawls.site.guides.change(13, html="<p>Use a fixed port.</p>", changed="2026-03-01 09:00:00")
    crawls.site.forum.add_post(502, a_post(8, "2026-03-02 10:00:00"))
    crawls.site.forum.add_post(502, a_post(9, "2026-03-02 11:00:00"))
    crawls.site.forum.add_post(502, a_post(10, "2026-03-02 12:00:00"))
    await crawls.run()
    assert crawls.requests() == {**LISTS, "/guides/?gid=13": 1, "/f/t/502/p/2": 1, "/f/t/502/p/3": 1}
    assert [each.title for each in (await crawls.guides.find("fixed", None, limit=5, offset=0)).items] == ["Guide 13"]
    assert (await crawls.guides.find('"post 10"', GuideKind.TOPIC, limit=5, offset=0)).items[0].page == 3


async def test_a_crawl_without_a_browser_ends_at_once_and_says_how_to_install_it(crawls: Crawls) -> None:
    class PagesWithoutBrowser:
        async def read(self, _path: str) -> NoReturn:
            await BrowserProcess(BrowserOptions("http://mam", program="/nowhere/chromium")).start()
            raise AssertionError("it started")

    await crawls.run(crawls.replica(pages=PagesWithoutBrowser()))
    status = await crawls.crawler.status()
    assert (status.state, status.fetched) == (CrawlState.FAILED, 0)
    assert "apt-get install --no-install-recommends chromium" in status.problem


async def test_an_old_page_is_fetched_again_even_if_no_list_says_that_it_has_changed(crawls: Crawls) -> None:
    await crawls.run()
    crawls.requests()
    crawls.clock.forward(days=31)
    await crawls.run()
    assert sum(crawls.requests().values()) == 11


async def test_another_replica_continues_a_killed_crawl_at_its_page(crawls: Crawls) -> None:
    run_id = await crawls.run(at_most=4)
    before = crawls.requests()
    await crawls.run(crawls.replica(), run_id)
    after = crawls.requests()
    assert len(before) == 4
    assert not before.keys() & after.keys()
    assert sum((before + after).values()) == 11
    assert len(await crawls.events(RunFinished.subject)) == 1


async def test_a_new_run_continues_with_the_pages_that_an_earlier_crawl_left(crawls: Crawls) -> None:
    await crawls.run(crawls.replica(dataclasses.replace(RULES, max_pages=5)))
    first = crawls.requests()
    status = await crawls.crawler.status()
    assert (status.state, status.fetched, status.waiting) == (CrawlState.STOPPED, 5, 4)
    assert "MAM_CRAWL_MAX_PAGES" in status.problem
    await crawls.run()
    second = crawls.requests()
    assert first.keys() & second.keys() == LISTS.keys()
    assert (await crawls.crawler.status()).state is CrawlState.COMPLETED


async def test_replicas_with_the_same_message_fetch_each_page_once(crawls: Crawls) -> None:
    command, replicas = CrawlGuides(run_id=uuid4()), [crawls.replica() for _ in range(3)]
    refused = 0
    for _ in range(12):
        results = await asyncio.gather(*(each.crawl(command) for each in replicas), return_exceptions=True)
        refused += sum(isinstance(each, TryAgainLater) for each in results)
        assert all(each is None or isinstance(each, TryAgainLater) for each in results)
    assert set(crawls.requests().values()) == {1}
    assert (await crawls.crawler.status()).state is CrawlState.COMPLETED


async def test_a_crawl_stops_at_its_time_limit(crawls: Crawls) -> None:
    run_id = await crawls.run(at_most=2)
    crawls.clock.forward(hours=5)
    await crawls.run(run_id=run_id)
    status = await crawls.crawler.status()
    assert (status.state, status.fetched) == (CrawlState.STOPPED, 2)
    assert "MAM_CRAWL_MAX_MINUTES" in status.problem


async def test_guides_are_followed_up_to_the_depth_and_topics_up_to_the_number_of_pages(crawls: Crawls) -> None:
    crawls.site.guides.change(11, html='<p>See <a href="/guides/?gid=13">this</a> and <a href="/f/t/700/p/1">that</a>.')
    await crawls.run(crawls.replica(dataclasses.replace(RULES, max_depth=1, pages_per_topic=1)))
    requests = crawls.requests()
    assert "/guides/?gid=13" in requests  # the index lists it
    assert not {"/f/t/502/p/2", "/f/t/700/p/1"} & requests.keys()
    await crawls.run(crawls.replica(dataclasses.replace(RULES, max_depth=0)))
    assert crawls.requests() == LISTS


async def test_only_the_chosen_boards_are_crawled(crawls: Crawls) -> None:
    await crawls.run(crawls.replica(dataclasses.replace(RULES, boards=frozenset({34}))))
    assert {each for each in crawls.requests() if each.startswith("/f/")} == {"/f/b/34/p/1", "/f/t/601/p/1"}


async def test_a_selector_that_matches_nothing_ends_the_crawl_and_keeps_the_page_for_a_report(
    crawls: Crawls,
) -> None:
    fails(crawls, "new_markup", "/guides/", times=1)
    await crawls.run()
    (finished,) = [RunFinished.model_validate_json(each) for each in await crawls.events(RunFinished.subject)]
    assert finished.outcome is RunOutcome.FAILED
    assert "the selector 'a[href*=\"gid=\"]' does not match in /guides/" in finished.problems[0]
    async with crawls.database.engine.connect() as connection:
        (kept,) = (await connection.execute(select(UnreadablePageRow.__table__))).mappings()
    assert (kept["path"], kept["selector"]) == ("/guides/", 'a[href*="gid="]')
    assert "Guide 11" in kept["html"]
    assert "userMenu" not in kept["html"]
    crawler = CrawlerHandlers(crawls.crawler, crawls.unreadable, ())
    (shown,) = (await crawler.get(GetCrawler())).unreadable_pages
    assert (shown.path, shown.selector, shown.read_at) == ("/guides/", 'a[href*="gid="]', crawls.clock.now())
    await crawls.run()
    assert (await crawls.crawler.status()).state is CrawlState.COMPLETED


async def test_a_challenge_ends_the_crawl_and_the_next_one_starts_with_the_same_page(crawls: Crawls) -> None:
    fails(crawls, "challenge", "/guides/", times=1)
    await crawls.run()
    status = await crawls.crawler.status()
    assert (status.state, status.fetched, status.next_address) == (CrawlState.FAILED, 0, "/guides/")
    await crawls.run()
    assert (await crawls.crawler.status()).state is CrawlState.COMPLETED


class RenewedByLogin(HttpPages):
    """Pages whose session dies at the first of them. A login replaces it."""

    def __init__(self, site: Mam, retry_after_seconds: float | None) -> None:
        super().__init__(site)
        self._refused: SessionRefused | None = SessionRefused(SessionKind.BROWSER, SessionState.DEAD)
        self._refused.retry_after_seconds = retry_after_seconds

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        refused, self._refused = self._refused, None
        if refused is not None:
            raise refused
        return await super().read(path, person_waits=person_waits)


async def test_a_crawl_goes_on_when_a_login_replaces_a_dead_session(crawls: Crawls) -> None:
    replica, run_id = crawls.replica(pages=RenewedByLogin(crawls.site, 300.0)), uuid4()
    with pytest.raises(TryAgainLater) as waiting:
        await crawls.run(replica, run_id)
    assert waiting.value.delay_seconds == 300
    await crawls.run(replica, run_id)
    assert (await crawls.crawler.status()).state is CrawlState.COMPLETED


async def test_a_dead_session_that_only_a_person_can_replace_ends_the_crawl(crawls: Crawls) -> None:
    await crawls.run(crawls.replica(pages=RenewedByLogin(crawls.site, None)))
    assert (await crawls.crawler.status()).state is CrawlState.FAILED


async def test_a_crawl_waits_while_the_site_asks_to(crawls: Crawls) -> None:
    fails(crawls, "throttled", times=1, retry_after_seconds=70)
    with pytest.raises(TryAgainLater) as waiting:
        await crawls.run()
    assert waiting.value.delay_seconds == 70
    assert (await crawls.crawler.status()).state is CrawlState.RUNNING


async def test_a_page_that_cannot_be_read_is_tried_last_by_the_next_crawl(crawls: Crawls) -> None:
    fails(crawls, "broken", "/f/t/501/p/1", times=1)
    await crawls.run()
    status = await crawls.crawler.status()
    assert (status.state, status.failed, status.fetched) == (CrawlState.COMPLETED, 1, 9)
    assert "/f/t/501/p/1" in status.problem
    crawls.site.guides.change(13, changed="2026-03-01 09:00:00")
    crawls.requests()
    await crawls.run()
    assert list(crawls.requests())[-2:] == ["/guides/?gid=13", "/f/t/501/p/1"]


async def test_a_crawl_ends_when_the_site_is_unavailable(crawls: Crawls) -> None:
    fails(crawls, "away")
    await crawls.run()
    status = await crawls.crawler.status()
    assert (status.state, status.failed, status.fetched) == (CrawlState.FAILED, 3, 0)
    assert sum(crawls.requests().values()) == 3


class FailingOnce(HttpPages):
    """Pages of which the first fails."""

    def __init__(self, site: Mam, error: RemoteError) -> None:
        super().__init__(site)
        self._error: RemoteError | None = error

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        error, self._error = self._error, None
        if error is not None:
            raise error
        return await super().read(path, person_waits=person_waits)


@pytest.mark.parametrize(
    ("error", "waits"), [(BrowserStopped("mam", "it ended"), False), (RemoteUnavailable("mam", "away"), True)]
)
async def test_a_crawl_waits_if_the_site_sends_no_page_but_not_if_its_browser_ended(
    crawls: Crawls, error: RemoteError, waits: bool
) -> None:
    replica, command = crawls.replica(pages=FailingOnce(crawls.site, error)), CrawlGuides(run_id=uuid4())
    await replica.crawl(command)
    assert (await crawls.next_message_at() == crawls.clock.now() + PAUSE_AFTER_FAILURE) is waits
    await crawls.run(replica, command.run_id)
    status = await crawls.crawler.status()
    assert (status.state, status.failed) == (CrawlState.COMPLETED, 1)


async def test_a_guide_that_the_site_deleted_is_not_found_any_more(crawls: Crawls) -> None:
    await crawls.run()
    del crawls.site.guides.by_number[13]
    crawls.clock.forward(days=31)
    await crawls.run()
    found = await crawls.guides.find(None, GuideKind.GUIDE, limit=5, offset=0)
    assert sorted(each.title for each in found.items) == ["Guide 11", "Guide 12"]


async def test_a_dry_run_lists_the_pages_that_a_crawl_would_fetch_and_requests_none(crawls: Crawls) -> None:
    await crawls.run(crawls.replica(dataclasses.replace(RULES, max_pages=4)))
    crawls.requests()
    run_id = uuid4()
    await crawls.replica().crawl(CrawlGuides(run_id=run_id, dry_run=True))
    finished = RunFinished.model_validate_json((await crawls.events(RunFinished.subject))[-1])
    planned = [each["what"] for each in finished.details["plan"]["actions"]]
    assert (finished.run_id, planned[:3]) == (run_id, list(LISTS))
    assert "/guides/?gid=13" in planned
    assert not crawls.requests()


class DyingPages(HttpPages):
    """Pages that disappear with their replica while one is read."""

    async def read(self, path: str, *, person_waits: bool = False) -> Page:
        await super().read(path, person_waits=person_waits)
        raise asyncio.CancelledError


async def test_a_replica_that_dies_while_it_reads_a_page_leaves_the_page_to_another(crawls: Crawls) -> None:
    run_id = await crawls.run(at_most=2)
    with pytest.raises(asyncio.CancelledError):
        await crawls.run(crawls.replica(pages=DyingPages(crawls.site)), run_id)
    crawls.requests()
    await crawls.run(crawls.replica(), run_id)
    assert sum(crawls.requests().values()) == 9


async def test_a_message_that_comes_twice_after_the_crawl_ended_does_nothing(crawls: Crawls) -> None:
    run_id = await crawls.run()
    crawls.requests()
    await crawls.replica().crawl(CrawlGuides(run_id=run_id))
    assert not crawls.requests()
    assert len(await crawls.events(RunFinished.subject)) == 1


async def test_the_guides_are_exported_at_the_end_of_a_crawl(crawls: Crawls, tmp_path: Path) -> None:
    crawls.folder = tmp_path / "guides"
    await crawls.run()
    files = sorted(path.name for path in crawls.folder.iterdir())
    assert files[0] == "guide-11-guide-11.md"
    assert len(files) == 7
    assert "Open one." in (crawls.folder / files[0]).read_text()


async def test_every_page_of_the_shipped_world_is_read(database_url: str) -> None:
    made = Crawls(small_world(), database_url)
    await made.run()
    status = await made.crawler.status()
    assert (status.state, status.failed, status.guides) == (CrawlState.COMPLETED, 0, 27)
    assert status.topic_pages == 13
    await made.aclose()
