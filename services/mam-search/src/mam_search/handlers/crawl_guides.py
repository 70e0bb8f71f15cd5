"""Crawls the guides and forum topics: each message fetches one page and sends the message for the next."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from shared.chassis.clock import Clock
from shared.chassis.errors import RemoteAnsweredNonsense, RemoteError, RemoteRefusedUs, RemoteThrottled, TryAgainLater
from shared.chassis.logging import logger
from shared.contracts.mam.crawler import CrawlGuides, CrawlState
from shared.contracts.runs import Plan, PlannedAction, RunOutcome, RunTally
from shared.translatable import about, all_of, translatable

from mam_search.domain.crawl import Crawl, CrawlRules, WaitingPage
from mam_search.domain.guide_ports import (
    CrawledPage,
    CrawlLease,
    CrawlTransaction,
    GuideExport,
    PageGone,
    SitePages,
)
from mam_search.domain.refusals import BrowserStopped, PageChanged, SessionRefused

FAILURES_ALLOWED = 3
"""A crawl ends after this many consecutive pages that could not be read."""
PAUSE_AFTER_FAILURE = timedelta(minutes=1)
"""How long a crawl waits after a page that the site did not send. A browser that ended or hung is no reason to wait."""
LONGEST_WAIT_SECONDS = 900.0
"""A crawl that has to wait longer for the site asks again after this time."""
SHORTEST_WAIT_SECONDS = 5.0
"""How long a crawl waits at least before the next page, which logs in."""
_OUTCOMES = {CrawlState.COMPLETED: RunOutcome.COMPLETED, CrawlState.STOPPED: RunOutcome.COMPLETED}

Outcome = CrawledPage | PageGone | RemoteError
"""The result of reading one page."""
CrawlTransactions = Callable[[], AbstractAsyncContextManager[CrawlTransaction]]


@dataclass(frozen=True)
class CrawlParts:
    """What a crawl works with."""

    pages: SitePages
    lease: CrawlLease
    export: GuideExport
    rules: CrawlRules


class CrawlGuidesHandler:
    """Carries out `CrawlGuides`. All state is in Postgres, so that any replica continues where another stopped."""

    def __init__(self, transaction: CrawlTransactions, parts: CrawlParts, clock: Clock) -> None:
        self._transaction = transaction
        self._pages = parts.pages
        self._lease = parts.lease
        self._export = parts.export
        self._rules = parts.rules
        self._clock = clock
        self._log = logger(service="mam-search")

    async def crawl(self, command: CrawlGuides) -> None:
        """Fetch the next page of a crawl, or end the crawl.

        Raises `TryAgainLater` while another replica crawls, requests to the site are paused or a login is due.
        """
        command = command if command.run_id else command.model_copy(update={"run_id": uuid4()})
        if command.dry_run:
            await self._plan(command)
            return
        async with self._lease.held():
            page = await self._next(command)
            if page is not None:
                outcome = await self._read(page)
                async with self._transaction() as tx:
                    if await tx.first_time():
                        await self._store(tx, command, page, outcome)

    async def _plan(self, command: CrawlGuides) -> None:
        """End a dry run with the known pages that a crawl would fetch. Nothing is requested."""
        async with self._transaction() as tx:
            if await tx.first_time():
                due = await tx.due(self._rules, self._clock.now())
                actions = [PlannedAction.of("fetch_page", each) for each in due[: self._rules.max_pages]]
                words = "pages that these lists and guides lead to are not known yet"
                notes = [translatable("plan.pages_unknown", words)]
                await tx.runs.started(command.run_id)
                tx.runs.finished(command.run_id, RunTally(), details=Plan.of(actions, notes=notes).as_details())

    async def _next(self, command: CrawlGuides) -> WaitingPage | None:
        """Start the crawl of a new run, and return its next page; None if the crawl has ended."""
        async with self._transaction() as tx:
            crawl = await tx.crawl(_run_of(command))
            if crawl is None:
                crawl = await tx.start(_run_of(command), self._rules, self._clock.now())
                await tx.runs.started(command.run_id)
            if crawl.state is not CrawlState.RUNNING:
                return None
            limit = self._rules.reached_limit(crawl.fetched, crawl.started_at, self._clock.now())
            page = await tx.next_page()
            if page is not None and limit is None:
                return page
        await self._finish(command, limit if page is not None else None)
        return None

    async def _read(self, page: WaitingPage) -> Outcome:
        """Read a page. Raises `TryAgainLater` if the site asks to wait, or a login can replace the session."""
        try:
            return await self._pages.fetch(page.address)
        except RemoteThrottled as wait:
            seconds = min(wait.retry_after_seconds, LONGEST_WAIT_SECONDS)
            raise TryAgainLater(seconds, wait.detail) from wait
        except SessionRefused as refused:
            if refused.retry_after_seconds is None:
                return refused
            raise TryAgainLater(max(refused.retry_after_seconds, SHORTEST_WAIT_SECONDS), refused.detail) from refused
        except (PageGone, RemoteError) as error:
            return error

    async def _store(self, tx: CrawlTransaction, command: CrawlGuides, page: WaitingPage, outcome: Outcome) -> None:
        """Store the outcome of one page, and send the message for the next page, or end the crawl."""
        crawl, now = await tx.crawl(_run_of(command)), self._clock.now()
        if crawl is None or crawl.state is not CrawlState.RUNNING:
            return
        line, next_at = page.address.path, None
        match outcome:
            case CrawledPage():
                crawl.unchanged += await tx.fetched(page, outcome, self._rules, now)
                crawl.fetched, crawl.failures_in_a_row = crawl.fetched + 1, 0
                line = outcome.text.title if outcome.text else line
            case PageGone():
                await tx.gone(page)
                crawl.fetched, crawl.failures_in_a_row = crawl.fetched + 1, 0
                line = f"{line} does not exist any more"
            case PageChanged():
                await tx.failed(page, outcome.detail)
                crawl.failed += 1
                crawl.end(CrawlState.FAILED, now, outcome.detail)
            case RemoteRefusedUs():
                crawl.end(CrawlState.FAILED, now, outcome.detail)
            case RemoteError():
                line = about(page.address.path, outcome.detail)
                await tx.failed(page, outcome.detail)
                crawl.failed, crawl.failures_in_a_row = crawl.failed + 1, crawl.failures_in_a_row + 1
                crawl.problem = line
                if crawl.failures_in_a_row >= FAILURES_ALLOWED:
                    crawl.end(CrawlState.FAILED, now, line)
                elif not isinstance(outcome, (RemoteAnsweredNonsense, BrowserStopped)):
                    next_at = now + crawl.failures_in_a_row * PAUSE_AFTER_FAILURE
        await tx.update(crawl)
        if crawl.state is CrawlState.RUNNING:
            tx.runs.progressed(command.run_id, _tally(crawl, await tx.waiting()), line)
            tx.send(command, at=next_at)
        else:
            self._end_run(tx, crawl, await tx.waiting())

    async def _finish(self, command: CrawlGuides, limit: str | None) -> None:
        """Export the guides and end a crawl that has fetched every page or reached a limit."""
        problem = await self._exported()
        async with self._transaction() as tx:
            crawl = await tx.crawl(_run_of(command))
            if crawl is not None and crawl.state is CrawlState.RUNNING and await tx.first_time():
                state = CrawlState.STOPPED if limit else CrawlState.COMPLETED
                crawl.end(state, self._clock.now(), all_of([each for each in (limit, problem) if each]))
                await tx.update(crawl)
                self._end_run(tx, crawl, await tx.waiting())

    async def _exported(self) -> str | None:
        try:
            await self._export.write_all()
        except OSError as error:
            self._log.warning("guides_not_exported", because=str(error))
            why = error.strerror or str(error)
            return translatable("run.guides_not_exported", f"the guides could not be exported: {why}", why=why)
        return None

    def _end_run(self, tx: CrawlTransaction, crawl: Crawl, waiting: int) -> None:
        figures = {"fetched": crawl.fetched, "unchanged": crawl.unchanged, "failed": crawl.failed, "waiting": waiting}
        tx.runs.finished(
            crawl.run_id,
            _tally(crawl, waiting),
            outcome=_OUTCOMES.get(crawl.state, RunOutcome.FAILED),
            problems=[crawl.problem] if crawl.problem else [],
            details=figures,
        )
        self._log.info("crawl_ended", state=crawl.state.value, problem=crawl.problem, **figures)


def _run_of(command: CrawlGuides) -> UUID:
    """The run of a command, which `crawl` has set."""
    assert command.run_id is not None, "crawl sets it"  # noqa: S101
    return command.run_id


def _tally(crawl: Crawl, waiting: int) -> RunTally:
    done = crawl.fetched + crawl.failed
    return RunTally(expected=done + waiting, processed=done, succeeded=crawl.fetched, failed=crawl.failed)
